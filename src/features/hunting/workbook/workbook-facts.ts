import { ledgerOf } from '../runs/ledger';
import { reasonsOf } from '../runs/run-json';
import type { RunWithSlices } from '../runs/stored-runs';

/** What the ledger sheet of a workbook says: the verdict and its reasons first, then who was asked what. */
export const workbookFacts = ({ run, slices }: RunWithSlices): (readonly [string, string])[] => {
  const ledger = ledgerOf(run, slices);
  return [
    ['Verdict', ledger.verdict],
    ...reasonsOf(run, ledger).map((reason) => ['Reason', reason] as const),
    ['Run', run.id],
    ['Asked', new Date(run.createdAt).toISOString()],
    ['Window', `${run.window.from} to ${run.window.to}`],
    ['Query', run.query],
    ...ledger.tenants.map(({ tenantName, tenantId, state, rows, cut, requestId }) => {
      const line = `${state}, ${rows} rows, cut by ${cut ?? 'nothing'}, request id ${requestId ?? 'none'}`;
      return [`${tenantName} (${tenantId})`, line] as const;
    }),
  ];
};
