import { cellView, columnView } from './cell-view';
import { ledgerOf, rowsOf } from './ledger';
import type { KeptRelation, ResultPages } from './ports';
import { countText } from './present-run';
import { splitRow } from './row-cells';
import type { RunWithSlices } from './run-store';
import type { ResultsView } from './views';

export const rowsPerPage = 100;

const formats = ['csv', 'json', 'ndjson', 'parquet'] as const;

const captionOf = ({ run, slices }: RunWithSlices): string => {
  const rows = rowsOf(slices);
  const { verdict } = ledgerOf(run, slices);
  const whole = { complete: 'complete', partial: 'incomplete', unknown: 'perhaps incomplete' }[verdict];
  return `${countText(rows)}${verdict === 'partial' ? '+' : ''} ${rows === 1 ? 'row' : 'rows'}, ${whole}`;
};

/** One page of a run's kept rows; null where there is nothing to show. */
export const resultsView = async (
  found: RunWithSlices,
  rows: KeptRelation,
  { pages, page }: { readonly pages: ResultPages; readonly page: number },
): Promise<ResultsView | null> => {
  if (rows.files.length === 0 || found.run.prunedAt !== null) return null;
  const offset = (page - 1) * rowsPerPage;
  const { rows: texts, more } = await pages.page({ rows }, { offset, limit: rowsPerPage }, { owner: found.run.owner.objectId });
  const href = `/hunting/runs/${found.run.id}`;
  return {
    caption: captionOf(found),
    columns: rows.columns.map(columnView),
    rows: texts.map((text) => splitRow(text).map((json, index) => cellView(rows.columns[index]?.type ?? 'dynamic', json))),
    firstRow: offset + 1,
    previousHref: page > 1 ? `${href}?page=${page - 1}` : null,
    nextHref: more ? `${href}?page=${page + 1}` : null,
    exports: formats.map((format) => ({ label: format.toUpperCase(), href: `${href}/results.${format}` })),
  };
};
