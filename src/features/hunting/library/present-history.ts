import { ledgerOf, rowsOf } from '../runs/ledger';
import { countText, durationText, momentText } from '../runs/present-run';
import { visible } from '../kept/cell-view';
import { elapsedMs } from '../runs/run-json';
import type { RunWithSlices } from '../runs/stored-runs';
import type { HuntingHistoryView } from '../views';

const kinds = { hunt: null, refine: 'on kept rows', explain: 'explains zero' } as const;

const line = (found: RunWithSlices, now: number): HuntingHistoryView['runs'][number] => {
  const { run, slices } = found;
  const ledger = ledgerOf(run, slices);
  return {
    href: `/hunting/runs/${run.id}`,
    query: visible(run.query.trim().slice(0, 300)),
    asked: momentText(run.createdAt),
    tenants: kinds[run.kind] ?? ledger.tenants.map((tenant) => tenant.tenantName).join(', '),
    state: run.state,
    verdict: ledger.verdict,
    rows: countText(rowsOf(slices)),
    took: durationText(elapsedMs(run, now)),
    kept: run.prunedAt === null,
  };
};

/** A page of runs, newest first; `full` is how many make a page after which older ones may follow. */
export const presentHistory = (
  runs: readonly RunWithSlices[],
  { now, full }: { readonly now: number; readonly full: number },
): HuntingHistoryView => ({
  runs: runs.map((found) => line(found, now)),
  olderHref: runs.length < full ? null : `/hunting/history?before=${runs.at(-1)!.run.createdAt}`,
});
