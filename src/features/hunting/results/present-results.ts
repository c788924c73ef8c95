import { ledgerOf, rowsOf } from '../runs/ledger';
import type { KeptRelation } from '../ports';
import { countText } from '../runs/present-run';
import type { GridView, LinkView } from './grid-view';
import { rememberedGrid } from './remembered-grid';
import type { PatientLook } from './patient-look';
import { gridView } from './present-grid';
import type { Look, LookedAt } from './results-room';
import { shownColumns } from './shown-columns';
import type { ViewState } from './view-state';
import type { RunWithSlices } from '../runs/stored-runs';

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

const nothingYet = ({ columns }: KeptRelation, state: ViewState): Look => ({
  columns,
  ...shownColumns(state, columns, null),
  offset: 0,
  texts: [],
  more: false,
  count: 0,
  facet: null,
  chart: null,
  panel: null,
});

/** A run's kept rows as the reader looks at them; null where there is nothing to show. */
export const resultsView = async (
  found: RunWithSlices,
  rows: KeptRelation,
  { look, state, notes }: { readonly look: PatientLook; readonly state: ViewState; readonly notes: readonly string[] },
): Promise<GridView | null> => {
  if (!hasRows(found, rows)) return null;
  const sight = await look(lookedAt(found, rows, state));
  const { id } = found.run;
  const source = {
    runId: id,
    state,
    caption: captionOf(found),
    total: rowsOf(found.slices),
    exports: exportsOf(id),
    lookingMs: null,
    notes,
  };
  if ('look' in sight) return rememberedGrid({ ...source, look: sight.look });
  return gridView({ ...source, look: nothingYet(rows, state), lookingMs: sight.lookingMs });
};
