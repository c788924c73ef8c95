import { ledgerOf, rowsOf } from '../runs/ledger';
import type { KeptRelation } from '../ports';
import { countText } from '../runs/present-run';
import type { GridView, LinkView } from './grid-view';
import { rememberedGrid } from './remembered-grid';
import type { LookedAt, ResultsRoom } from './results-room';
import type { ViewState } from './view-state';
import type { RunWithSlices } from '../runs/run-store';

const formats: readonly (readonly [format: string, label: string])[] = [
  ['csv', 'CSV, safe for spreadsheets'],
  ['csv?formulas=raw', 'CSV, raw'],
  ['xlsx', 'Excel workbook'],
  ['json', 'JSON'],
  ['ndjson', 'NDJSON'],
  ['parquet', 'Parquet'],
];

const captionOf = ({ run, slices }: RunWithSlices): string => {
  const rows = rowsOf(slices);
  const { verdict } = ledgerOf(run, slices);
  const whole = { complete: 'complete', partial: 'incomplete', unknown: 'perhaps incomplete' }[verdict];
  return `${countText(rows)}${verdict === 'partial' ? '+' : ''} ${rows === 1 ? 'row' : 'rows'}, ${whole}`;
};

const exportsOf = (id: string): LinkView[] => formats.map(([format, label]) => ({ label, href: `/hunting/runs/${id}/results.${format}` }));

/** Whether there are rows to look at: a run may have none, not yet, or no longer. */
export const hasRows = ({ run }: RunWithSlices, rows: KeptRelation): boolean => rows.files.length > 0 && run.prunedAt === null;

export const lookedAt = ({ run, slices }: RunWithSlices, rows: KeptRelation, state: ViewState): LookedAt => ({
  rows,
  state,
  render: run.analysis.render,
  total: rowsOf(slices),
  owner: run.owner.objectId,
});

/** A run's kept rows as the reader looks at them; null where there is nothing to show. */
export const resultsView = async (
  found: RunWithSlices,
  rows: KeptRelation,
  { room, state }: { readonly room: ResultsRoom; readonly state: ViewState },
): Promise<GridView | null> => {
  if (!hasRows(found, rows)) return null;
  const look = await room.look(lookedAt(found, rows, state));
  const { id } = found.run;
  return rememberedGrid({ runId: id, state, look, caption: captionOf(found), total: rowsOf(found.slices), exports: exportsOf(id) });
};
