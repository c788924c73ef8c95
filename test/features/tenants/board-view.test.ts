import { boardView } from '../../../src/features/tenants/board/board-view';
import { expiryRows } from '../../../src/features/tenants/board/expiry-rows';
import { judgeTenant } from '../../../src/features/tenants/board/judge-tenant';
import { tableRows } from '../../../src/features/tenants/board/table-rows';
import type { TenantFacts } from '../../../src/features/tenants/board/board-facts';
import { aTenant } from './a-tenant';

const tenantId = '29111d4a-3437-4659-b483-7396f1644aed';
const at = Date.UTC(2026, 10, 23, 8);
const reader = { tenantId, tenantName: 'contoso.example', roles: ['viewer', 'hunter', 'administrator'] };

const board = (facts: readonly TenantFacts[], who = reader) =>
  boardView({ provider: 'graph', tableCalls: 8 }, { facts, reader: who, expiries: [] });
const only = (facts: Partial<TenantFacts> = {}) => board([aTenant({ facts })]).rows[0]!;
const seen = (state: 'granted' | 'missing' | 'withdrawn' | 'no-service', code: string | null = null): TenantFacts['seen'] => [
  { permission: 'graph/ThreatHunting.Read.All', state, seenAt: at, code, correlationId: code && 'c-1' },
];

describe('the state of an organization', () => {
  it('of somebody whose own consent is missing leads to what an administrator agrees to, and is no withdrawal', () => {
    const lastFailure = { at: at + 1, runId: 'x', code: 'consent-missing', message: 'Yours is missing.', requestId: 'q' };
    const { state, problems } = only({ hunting: { lastGood: { at, runId: 'r' }, lastFailure, tables: [] } });
    expect(state).toBe('trouble');
    expect(problems[0]?.link?.href).toBe(`/connect?organization=${tenantId}&bundle=hunt`);
  });

  it.each<[string, Partial<TenantFacts>, string]>([
    ['all well', {}, 'works'],
    ['no token yet', { tenant: { ...aTenant().tenant, lastSuccessAt: null } }, 'not used yet'],
    ['consent withdrawn, seen at a token', { seen: seen('withdrawn', 'entra-65001') }, 'reconnect'],
    ['consent never given', { seen: seen('missing', 'entra-65001') }, 'reconnect'],
    ['consent withdrawn, marked', { withdrawal: { since: at, code: 'entra-700016' } }, 'reconnect'],
    ['no licence', { seen: seen('no-service', 'entra-650052') }, 'no licence'],
    [
      'a call that was refused since',
      {
        hunting: {
          lastGood: { at, runId: 'r' },
          lastFailure: { at: at + 1, runId: 'x', code: 'forbidden', message: 'No role.', requestId: 'q' },
          tables: [],
        },
      },
      'trouble',
    ],
    [
      'a call that was refused before a good one',
      {
        hunting: {
          lastGood: { at: at + 2, runId: 'r' },
          lastFailure: { at, runId: 'x', code: 'forbidden', message: 'No role.', requestId: 'q' },
          tables: [],
        },
      },
      'works',
    ],
    [
      'a query that was wrong',
      {
        hunting: {
          lastGood: null,
          lastFailure: { at, runId: 'x', code: 'query-refused', message: 'Correct it.', requestId: 'q' },
          tables: [],
        },
      },
      'works',
    ],
    [
      'a check that nothing answered',
      { checks: [{ table: 'AlertInfo', outcome: 'failed', at: at + 1, code: 'service-failed', requestId: 'r' }] },
      'trouble',
    ],
  ])('with %s is said in one word', (_what, facts, state) => {
    expect(judgeTenant(aTenant({ facts }), 'graph').state).toBe(state);
    expect(only(facts)).toMatchObject({ state, mark: expect.any(String) });
  });

  it('comes with what mends it, the link with the tenant in it, and the ids', () => {
    const [problem] = only({ seen: seen('withdrawn', 'entra-65001') }).problems;
    expect(problem).toMatchObject({
      mark: 'bad',
      link: { href: `/connect?organization=${tenantId}&bundle=hunt` },
      code: 'entra-65001',
      correlationId: 'c-1',
    });
    expect(problem?.remedy).toMatch(/administrators/);
    const [licence] = only({ seen: seen('no-service', 'entra-650052') }).problems;
    expect(licence?.says).toMatch(/no Microsoft Defender for Endpoint or Defender XDR licence/);
    expect(licence?.remedy).toMatch(/licence/);
  });

  it('tells of the last failure in words', () => {
    const tenant = { ...aTenant().tenant, lastFailure: { at, code: 'entra-7000112', correlationId: 'c-3' } };
    expect(only({ tenant }).lastFailure).toMatchObject({
      says: expect.stringMatching(/switched Quarry off/),
      code: 'entra-7000112',
      correlationId: 'c-3',
    });
  });
});

describe('the board', () => {
  it('shows the reader’s own organization first where nobody connected it, with its link', () => {
    const { rows } = board([], { ...reader, roles: [] });
    expect(rows).toMatchObject([{ state: 'not connected', own: true, open: true }]);
    expect(rows[0]?.problems[0]?.link?.href).toBe(`/connect?organization=${tenantId}&bundle=hunt`);
  });

  it('offers to disconnect to the organization’s own administrators alone', () => {
    expect(only().disconnectHref).toBe(`/tenants/${tenantId}/disconnect`);
    expect(board([aTenant()], { ...reader, roles: ['viewer', 'hunter'] }).rows[0]?.disconnectHref).toBeNull();
    const guest = board([aTenant({ tenantId: 'd55c210d-8a1d-4018-9a2a-c20a6dfc0d90' })]).rows;
    expect(guest.map(({ disconnectHref }) => disconnectHref)).toEqual([null, null]);
  });

  it('unfolds few organizations, and of many those in trouble', () => {
    const many = ['a', 'b', 'c', 'd'].map((digit) => aTenant({ tenantId: `${digit}${tenantId.slice(1)}`, troubled: digit === 'c' }));
    expect(
      board(many)
        .rows.slice(1)
        .map(({ open }) => open),
    ).toEqual([false, false, true, false]);
    expect(board(many.slice(0, 2)).rows.every(({ open }) => open)).toBe(true);
  });

  it('invites nobody to allow what nothing uses', () => {
    const groups = only().consents;
    expect(groups.map(({ title, href }) => [title, href])).toEqual([
      ['Hunt only', null],
      ['Indicators', null],
      ['Response', null],
      ['Timeline events', null],
    ]);
    expect(only({ seen: seen('missing') }).consents[0]?.href).toBe(`/connect?organization=${tenantId}&bundle=hunt`);
  });

  it('raises no alarm for what nothing uses', () => {
    const indicators = only().consents.find(({ title }) => title === 'Indicators');
    expect(indicators?.rows).toMatchObject([{ state: 'missing', mark: '' }]);
    expect(only({ seen: seen('missing') }).consents[0]?.rows).toMatchObject([{ state: 'missing', mark: 'warn' }]);
  });

  it('says what is known of the licence', () => {
    expect(only().licence).toMatchObject({ state: 'present', mark: 'good' });
    const nothing = { lastGood: null, lastFailure: null, tables: [] };
    expect(only({ hunting: nothing, checks: [] }).licence.state).toBe('unknown');
    expect(only({ seen: seen('no-service', 'entra-500011') }).licence).toMatchObject({ state: 'missing', mark: 'bad' });
    const endpoint = {
      permission: 'mde/Ti.ReadWrite',
      state: 'no-service',
      seenAt: at,
      code: 'entra-650052',
      correlationId: null,
    } as const;
    expect(only({ seen: [...seen('granted'), endpoint] })).toMatchObject({
      state: 'works',
      licence: { state: 'partly', mark: 'warn', detail: expect.stringMatching(/answered you.*no WindowsDefenderATP/) },
    });
  });
});

describe('the tables of an organization', () => {
  const states = (facts: TenantFacts) => Object.fromEntries(tableRows(facts).map(({ name, state }) => [name, state]));

  it('are those that were checked and those that answered a run, the newest word counting', () => {
    const facts = aTenant();
    expect(states(facts)).toEqual({
      AlertInfo: 'answers, empty',
      CloudAppEvents: 'refused',
      DeviceProcessEvents: 'answers',
      EmailEvents: 'not there',
    });
    const later = aTenant({ facts: { hunting: { ...facts.hunting, tables: [{ name: 'EmailEvents', at: at + 1 }] } } });
    expect(states(later)).toMatchObject({ EmailEvents: 'answers' });
  });

  it('that never answered were asked by a process that is gone', () => {
    const waiting = { table: 'EmailEvents', outcome: 'waiting', at: Date.now() - 6 * 60_000, code: null, requestId: null } as const;
    expect(states(aTenant({ facts: { checks: [waiting] } }))).toMatchObject({ EmailEvents: 'interrupted' });
    expect(only({ checks: [waiting] }).checking).toBe(false);
    expect(only({ checks: [{ ...waiting, at: Date.now() }] }).checking).toBe(true);
  });
});

describe('what ends when', () => {
  const day = 86_400_000;
  const session = { endsAt: at, idleMinutes: 60, tokenEndsAt: null };
  it.each([
    [{ kind: 'certificate', endsAt: at + 90 * day }, 'holds', 'good'],
    [{ kind: 'certificate', endsAt: at + 10 * day }, 'ends soon', 'warn'],
    [{ kind: 'secret', endsAt: at - 1 }, 'expired', 'bad'],
    [{ kind: 'secret', endsAt: null }, 'unknown', ''],
  ] as const)('%j is said with a word and a colour', (credential, word, mark) => {
    expect(expiryRows(credential, session, at)[0]).toMatchObject({ word, mark });
  });
});
