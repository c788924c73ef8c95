import { isFinished, type Cut, type Run, type RunState, type Slice, type TenantLedger, type Verdict } from './run';

export interface Ledger {
  readonly verdict: Verdict;
  readonly tenants: readonly TenantLedger[];
}

/** The worst first: what a tenant's line names when its slices were cut by several things. */
const cutRank: readonly Cut[] = ['disconnected', 'interrupted', 'cancel', 'error', 'quota', 'time', 'bytes', 'rows'];

const worstCut = (slices: readonly Slice[]): Cut | null => cutRank.find((cut) => slices.some((slice) => slice.cut === cut)) ?? null;

const stateOf = (slices: readonly Slice[]): RunState => {
  const has = (state: RunState): boolean => slices.some((slice) => slice.state === state);
  if (has('running')) return 'running';
  if (has('queued')) return slices.every((slice) => slice.state === 'queued') ? 'queued' : 'running';
  if (has('cancelled')) return 'cancelled';
  return has('failed') ? 'failed' : 'done';
};

const newestOf = (slices: readonly Slice[]): string | null =>
  slices.reduce<string | null>((newest, { newest: own }) => (own !== null && (newest === null || own > newest) ? own : newest), null);

const total = (slices: readonly Slice[], amount: (slice: Slice) => number): number => slices.reduce((sum, slice) => sum + amount(slice), 0);

const countNotes = (slices: readonly Slice[]): readonly string[] => {
  if (slices.every((slice) => slice.counted === null || slice.cut !== 'rows')) return [];
  const counted = total(slices, (slice) => Math.max(slice.counted ?? 0, slice.rows));
  const more = counted > total(slices, (slice) => slice.rows);
  return [more ? `The service counts ${counted} rows in all.` : 'A count by the service names no more rows than its limit.'];
};

const notesOf = (slices: readonly Slice[], userTake: number | undefined): readonly string[] => {
  const doubts = new Set(slices.flatMap((slice) => slice.doubts));
  const rows = total(slices, (slice) => slice.rows);
  const own = userTake !== undefined && rows === userTake ? [`The query itself asks for at most ${userTake} rows.`] : [];
  return [...doubts, ...countNotes(slices), ...own];
};

/** `all` holds the slices that finer ones replaced too: their calls were made all the same. */
const lineOf = (all: readonly Slice[], userTake: number | undefined): TenantLedger => {
  const slices = all.filter((slice) => slice.state !== 'split');
  const failed = slices.find((slice) => slice.failure !== null);
  const last = slices.findLast((slice) => slice.requestId !== null);
  const first = slices[0]!;
  return {
    tenantId: first.tenantId,
    tenantName: first.tenantName,
    state: stateOf(slices),
    rows: total(slices, (slice) => slice.rows),
    bytes: total(slices, (slice) => slice.bytes),
    cut: worstCut(slices),
    error: failed?.failure?.message ?? null,
    requestId: failed?.requestId ?? last?.requestId ?? null,
    newest: newestOf(slices),
    calls: total(all, (slice) => slice.calls),
    retries: total(all, (slice) => slice.attempts.length),
    slices: slices.length,
    notes: notesOf(slices, userTake),
  };
};

const byTenant = (slices: readonly Slice[]): readonly (readonly Slice[])[] => {
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) {
    const group = groups.get(slice.tenantId) ?? [];
    group.push(slice);
    groups.set(slice.tenantId, group);
  }
  return [...groups.values()];
};

const isWhole = (slice: Slice): boolean => slice.state === 'done' && slice.cut === null && slice.failure === null;

const verdictOf = (run: Pick<Run, 'state'>, slices: readonly Slice[]): Verdict => {
  const counted = slices.filter((slice) => slice.state !== 'split');
  if (counted.length === 0 || !isFinished(run.state) || counted.some((slice) => !isFinished(slice.state))) return 'unknown';
  if (run.state !== 'done' || !counted.every(isWhole)) return 'partial';
  return counted.some((slice) => slice.doubts.length > 0) ? 'unknown' : 'complete';
};

const order: readonly Verdict[] = ['partial', 'unknown', 'complete'];
export const worse = (left: Verdict, right: Verdict): Verdict =>
  order.find((verdict) => verdict === left || verdict === right) ?? 'unknown';

/**
 * What was asked, what came, and whether it is all: derived from the slices alone, so that no code path can claim more than
 * they show. A refinement is never more whole than what it was made from.
 */
export const ledgerOf = (run: Pick<Run, 'state' | 'analysis' | 'inherited' | 'kind'>, slices: readonly Slice[]): Ledger => {
  const own = verdictOf(run, slices);
  const lines = byTenant(slices).map((group) => lineOf(group, run.analysis.userTake));
  if (!run.inherited) return { verdict: own, tenants: lines };
  return { verdict: worse(own, run.inherited.verdict), tenants: run.inherited.tenants };
};

/** The state of a run from its slices, when none is left to work on. */
export const finalState = (slices: readonly Slice[]): RunState => {
  const counted = slices.filter((slice) => slice.state !== 'split');
  if (counted.some((slice) => slice.cut === 'interrupted')) return 'failed';
  if (counted.some((slice) => slice.state === 'cancelled')) return 'cancelled';
  return counted.length > 0 && counted.every((slice) => slice.state === 'failed') ? 'failed' : 'done';
};

export const rowsOf = (slices: readonly Slice[]): number =>
  total(
    slices.filter((slice) => slice.state === 'done'),
    (slice) => slice.rows,
  );
