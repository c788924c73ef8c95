import { timeText } from '../kept/cell-view';
import { ledgerOf, rowsOf, type Ledger } from './ledger';
import { diagnosticView } from '../form/present-diagnostic';
import { isFinished, type Cut, type Run, type Slice, type TenantLedger, type Verdict } from './run';
import { elapsedMs, reasonsOf, type RunProgress } from './run-json';
import type { RunWithSlices } from './stored-runs';
import type { GridView } from '../results/grid-view';
import { canBeSliced, sliceability } from '../slices/time-slices';
import type { HuntingRunView, LedgerLineView, RunActionView } from '../views';

const cutWords: Readonly<Record<Cut, string>> = {
  rows: 'the service’s row limit',
  bytes: 'the service’s size limit',
  time: 'the service’s time limit',
  quota: 'the organization’s quota',
  error: 'an error',
  cancel: 'your cancelling',
  interrupted: 'a stop of Quarry',
  disconnected: 'the organization’s disconnecting',
};

const stageWords: Readonly<Record<string, string>> = {
  waiting: 'waiting for its turn',
  'signing-in': 'getting a token',
  asking: 'asking the service',
  pausing: 'waiting before the next try',
  keeping: 'keeping the rows',
};

const verdictWords: Readonly<Record<Verdict, string>> = {
  complete: 'Complete: every organization answered, and nothing was cut.',
  partial: 'Incomplete: something is missing from this answer.',
  unknown: 'Unknown: this may not be the whole answer.',
};

export const countText = (count: number): string => count.toLocaleString('en-US');

export const durationText = (ms: number): string => {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`;
};

export const momentText = (time: number): string => timeText(`${new Date(time).toISOString().slice(0, 19)}Z`);

/** Where to sign in so that the service accepts it, coming back to this run. */
const signInHref = (slice: Slice | undefined): string | null => {
  if (slice?.failure?.code !== 'sign-in-again') return null;
  const query = new URLSearchParams({ return_to: `/hunting/runs/${slice.runId}`, tenant: slice.tenantId });
  if (slice.failure.claims !== undefined) query.set('claims', Buffer.from(slice.failure.claims).toString('base64url'));
  return `/auth/signin?${query.toString()}`;
};

const consentCodes: ReadonlySet<string> = new Set(['reconnect-needed', 'consent-missing']);

/** The page that an administrator of an organization reads which withdrew its consent, or never gave it to this person. */
const connectHref = (slice: Slice | undefined): string | null => {
  if (!slice?.failure || !consentCodes.has(slice.failure.code)) return null;
  return `/connect?${new URLSearchParams({ organization: slice.tenantId }).toString()}`;
};

const rowsText = (line: TenantLedger): string => `${countText(line.rows)}${line.cut !== null && line.rows > 0 ? '+' : ''}`;

const lineView = (line: TenantLedger, slices: readonly Slice[], progress: RunProgress): LedgerLineView => {
  const own = slices.filter((slice) => slice.tenantId === line.tenantId && slice.state !== 'split');
  const failed = own.find((slice) => slice.failure !== null);
  const stage = own.map((slice) => progress.get(slice.id)?.stage).find((found) => found !== undefined);
  const parts = line.slices > 1 ? `, in ${countText(line.slices)} time slices` : '';
  return {
    tenantName: line.tenantName,
    tenantId: line.tenantId,
    state: line.state,
    stage: stage === undefined ? null : (stageWords[stage] ?? null),
    rows: rowsText(line),
    cut: line.cut === null ? null : cutWords[line.cut],
    error: line.error,
    serviceText: failed?.failure?.serviceText ?? null,
    requestId: line.requestId,
    newest: line.newest === null ? null : timeText(line.newest),
    calls: `${countText(line.calls)} (${countText(line.retries)} without an answer)${parts}`,
    notes: line.notes,
    signInHref: signInHref(failed),
    connectHref: connectHref(failed),
  };
};

const statusText = (run: Run, ledger: Ledger, now: number): string => {
  const answered = ledger.tenants.filter((line) => line.state === 'done').length;
  const of = `${answered} of ${ledger.tenants.length} ${ledger.tenants.length === 1 ? 'organization' : 'organizations'}`;
  const took = durationText(elapsedMs(run, now));
  if (!isFinished(run.state)) return `${run.state === 'queued' ? 'Queued' : 'Running'} for ${took}: ${of} answered.`;
  if (run.state === 'cancelled') return `Cancelled after ${took}: ${of} had answered.`;
  if (run.state === 'failed') return `Failed after ${took}: ${of} answered.`;
  return `Finished in ${took}: ${of} answered.`;
};

const actionsOf = ({ run, slices }: RunWithSlices): readonly RunActionView[] => {
  if (run.kind !== 'hunt' || !isFinished(run.state) || run.prunedAt !== null) return [];
  const base = `/hunting/runs/${run.id}`;
  const missing = slices.filter((slice) => (slice.state === 'failed' && slice.cut !== 'disconnected') || slice.state === 'cancelled');
  const cut = slices.filter((slice) => slice.state !== 'split' && canBeSliced(run, slice));
  const actions: RunActionView[] = [];
  if (missing.length > 0) {
    actions.push({
      label: 'Ask again for what is missing',
      action: `${base}/retry`,
      explanation: 'What came whole is kept; only the rest is asked again.',
    });
  }
  if (cut.length > 0) {
    actions.push({
      label: 'Fetch all in time slices',
      action: `${base}/slices`,
      explanation:
        'The query works row by row, so slices of its time window add up exactly. Each slice is one call of the organization’s quota.',
    });
  }
  if (run.state === 'done' && rowsOf(slices) === 0) {
    actions.push({
      label: 'Explain zero',
      action: `${base}/explain`,
      explanation: 'One call per organization counts the rows after each line of the query.',
    });
  }
  return actions;
};

const notSliceable = ({ run, slices }: RunWithSlices): string | null => {
  const cut = slices.some((slice) => slice.state !== 'split' && (slice.cut === 'rows' || slice.cut === 'bytes' || slice.cut === 'time'));
  const able = sliceability(run);
  return run.kind === 'hunt' && cut && !able.exact ? able.why : null;
};

const emptyText = ({ run, slices }: RunWithSlices, ledger: Ledger): string | null => {
  if (run.prunedAt !== null) return 'The rows of this run are no longer kept. Run the query again to see them.';
  if (!isFinished(run.state) || rowsOf(slices) > 0) return null;
  const window = `between ${timeText(run.window.from)} and ${timeText(run.window.to)}`;
  if (ledger.verdict === 'complete') return `No rows: the query matched nothing ${window}, and every organization answered whole.`;
  return `No rows came ${window}, but the answer is not known to be whole: this does not mean that there are none.`;
};

export interface RunPage {
  readonly found: RunWithSlices;
  readonly progress: RunProgress;
  readonly now: number;
  readonly results: GridView | null;
  readonly refineQuery: string;
  readonly refineDiagnostics: HuntingRunView['diagnostics'];
}

/** A run's page. */
export const runView = (page: RunPage): HuntingRunView => {
  const { run, slices } = page.found;
  const ledger = ledgerOf(run, slices);
  const href = `/hunting/runs/${run.id}`;
  const live = !isFinished(run.state);
  return {
    id: run.id,
    state: run.state,
    status: statusText(run, ledger, page.now),
    verdict: ledger.verdict,
    verdictText: live ? 'Not known yet: the run is not finished.' : verdictWords[ledger.verdict],
    reasons: live ? [] : reasonsOf(run, ledger),
    query: run.query,
    window: `${timeText(run.window.from)} – ${timeText(run.window.to)}`,
    asked: momentText(run.createdAt),
    took: durationText(elapsedMs(run, page.now)),
    live,
    jsonHref: `${href}.json`,
    editHref: `/hunting?run=${run.id}`,
    mayHunt: true,
    parent: run.parentId === null ? null : { label: 'Made from the rows of this run', href: `/hunting/runs/${run.parentId}` },
    diagnostics: run.analysis.notes.map((note) => diagnosticView(note, run.query)),
    ledger: ledger.tenants.map((line) => lineView(line, run.kind === 'hunt' ? slices : [], page.progress)),
    cancelAction: live ? `${href}/cancel` : null,
    actions: actionsOf(page.found),
    notSliceable: notSliceable(page.found),
    results: page.results,
    emptyText: emptyText(page.found, ledger),
    refine:
      page.results === null || live ? null : { action: `${href}/refine`, query: page.refineQuery, diagnostics: page.refineDiagnostics },
  };
};
