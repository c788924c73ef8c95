import { aGrid } from './results/a-grid';
import type { Pages } from '../../../src/http/pages';
import type { DiagnosticView } from '../../../src/features/hunting/views';

const diagnostic: DiagnosticView = {
  severity: 'error',
  message: 'The name "Bogus" does not refer to any known table.',
  hint: 'Look it up in the schema.',
  where: 'line 1, column 1',
  excerpt: { line: 'Bogus | take 1', caret: '^^^^^' },
};

/** One plain view of each hunting page, for the test that renders every page. */
type HuntingPage = Extract<keyof Pages, `hunting/${string}`>;

export const huntingFixtures: { readonly [N in HuntingPage]: Pages[N] } = {
  'hunting/compare': {
    action: '/hunting/runs/r/compare',
    runHref: '/hunting/runs/r',
    now: '2026-01-01 00:00:00 UTC, 3 rows: DeviceInfo',
    query: 'DeviceInfo',
    candidates: [{ id: 'e', label: '2025-12-31 00:00:00 UTC, 2 rows: DeviceInfo', selected: true }],
    keys: [{ name: 'DeviceId', label: 'DeviceId', type: 'string', checked: true }],
  },
  'hunting/history': {
    runs: [
      {
        href: '/hunting/runs/r',
        query: 'DeviceInfo | take 1',
        asked: '2026-01-02 00:00:00 UTC',
        tenants: 'Contoso',
        state: 'done',
        verdict: 'complete',
        rows: '1',
        took: '2.0 s',
        kept: false,
      },
    ],
    olderHref: '/hunting/history?before=1',
  },
  'hunting/tables': {
    note: 'As documented.',
    tables: [{ name: 'DeviceInfo', href: '/schema/DeviceInfo', about: 'Devices', group: 'Devices', status: 'current', columns: 3 }],
  },
  'hunting/table': {
    name: 'DeviceInfo',
    about: 'Devices',
    status: 'current',
    note: 'As documented.',
    huntHref: '/hunting?query=DeviceInfo',
    columns: [{ name: 'Timestamp', type: 'datetime' }],
  },
  'hunting/new': {
    once: '6f9a8c0e-0000-4000-8000-000000000000',
    query: 'Bogus | take 1',
    timespans: [{ value: 'P7D', label: 'Last 7 days', selected: true }],
    tenants: [{ id: '11111111-1111-4111-8111-111111111111', name: 'Contoso', checked: true, budget: '45 of 45 calls left this minute' }],
    problems: ['Choose a time span.'],
    diagnostics: [diagnostic],
    signInHref: '/auth/signin',
  },
  'hunting/run': {
    id: 'r',
    state: 'done',
    status: 'Finished in 2.0 s: 1 of 2 organizations answered.',
    verdict: 'partial',
    verdictText: 'Incomplete: something is missing from this answer.',
    reasons: ['Fabrikam: cut by error'],
    query: 'DeviceInfo | take 1',
    window: '2026-01-01 00:00:00 UTC – 2026-01-02 00:00:00 UTC',
    asked: '2026-01-02 00:00:00 UTC',
    took: '2.0 s',
    live: true,
    jsonHref: '/hunting/runs/r.json',
    editHref: '/hunting?run=r',
    mayHunt: true,
    parent: { label: 'Made from the rows of this run', href: '/hunting/runs/p' },
    diagnostics: [diagnostic],
    ledger: [
      {
        tenantName: 'Fabrikam',
        tenantId: 't',
        state: 'failed',
        stage: 'asking the service',
        rows: '0',
        cut: 'an error',
        error: 'The service failed.',
        serviceText: 'sorry',
        requestId: 'r-1',
        newest: null,
        calls: '3 (3 without an answer)',
        notes: ['a note'],
        signInHref: '/auth/signin?return_to=%2Fhunting%2Fruns%2Fr',
        connectHref: '/connect?organization=t',
      },
    ],
    cancelAction: '/hunting/runs/r/cancel',
    actions: [{ label: 'Ask again', action: '/hunting/runs/r/retry', explanation: 'Only the rest is asked.' }],
    notSliceable: 'it summarizes',
    results: aGrid,
    emptyText: 'No rows.',
    refine: { action: '/hunting/runs/r/refine', query: 'Results | count', diagnostics: [diagnostic] },
  },
};
