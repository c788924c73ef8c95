import { ledgerOf, rowsOf, type Ledger } from './ledger';
import { isFinished, type Cut, type Run, type TenantLedger } from './run';
import type { RunWithSlices } from './stored-runs';
import type { Progress } from './live-runs';
import { sliceability } from '../slices/time-slices';

/** What a run is doing right now, by slice; empty when this process does not work on it. */
export type RunProgress = ReadonlyMap<string, Progress>;

const stagesOf = ({ slices }: RunWithSlices, progress: RunProgress): ReadonlyMap<string, string> => {
  const stages = new Map<string, string>();
  for (const slice of slices) {
    const at = progress.get(slice.id);
    if (at) stages.set(slice.tenantId, at.stage);
  }
  return stages;
};

const tenantJson = (line: TenantLedger, stage: string | undefined) => ({ ...line, ...(stage === undefined ? {} : { stage }) });

export const elapsedMs = (run: Run, now: number): number => (run.finishedAt ?? now) - (run.startedAt ?? run.createdAt);

const cutNames: Readonly<Record<Cut, string>> = {
  rows: 'the service’s row limit',
  bytes: 'its size limit',
  time: 'its time limit',
  quota: 'the quota',
  error: 'an error',
  cancel: 'a cancel',
  interrupted: 'a stop of Quarry',
  disconnected: 'the organization’s disconnecting',
};

/** Reasons in words why an answer is not, or may not be, whole; empty for a complete one. */
export const reasonsOf = (run: Pick<Run, 'state'>, ledger: Ledger): readonly string[] => {
  if (ledger.verdict === 'complete') return [];
  if (!isFinished(run.state)) return ['The run is not finished.'];
  return ledger.tenants.flatMap((line) => [
    ...(line.error !== null
      ? [`${line.tenantName}: ${line.error}`]
      : line.cut === null
        ? []
        : [`${line.tenantName}: cut by ${cutNames[line.cut]}`]),
    ...line.notes.map((note) => `${line.tenantName}: ${note}`),
  ]);
};

/** A run as JSON, for `GET /hunting/runs/:id.json`, the head of exports and the page's script. */
export const runJson = (found: RunWithSlices, progress: RunProgress, now: number) => {
  const { run, slices } = found;
  const ledger = ledgerOf(run, slices);
  const stages = stagesOf(found, progress);
  return {
    id: run.id,
    kind: run.kind,
    parentId: run.parentId,
    state: run.state,
    query: run.query,
    timespan: run.timespan,
    window: run.window,
    tenants: ledger.tenants.map((line) => line.tenantId),
    createdAt: new Date(run.createdAt).toISOString(),
    elapsedMs: elapsedMs(run, now),
    rows: rowsOf(slices),
    complete: ledger.verdict === 'complete',
    reasons: reasonsOf(run, ledger),
    ledger: { verdict: ledger.verdict, tenants: ledger.tenants.map((line) => tenantJson(line, stages.get(line.tenantId))) },
    diagnostics: run.analysis.notes,
    timeSlices: sliceability(run),
    provider: run.provider,
    by: run.owner.name,
    pruned: run.prunedAt !== null,
  };
};

export type RunJson = ReturnType<typeof runJson>;
