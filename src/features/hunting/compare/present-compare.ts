import { columnView } from '../kept/cell-view';
import { rowsOf } from '../runs/ledger';
import { countText, momentText } from '../runs/present-run';
import type { RunWithSlices } from '../runs/stored-runs';
import type { Comparison } from './compare-service';

/** `views/pages/hunting/compare.ejs`. */
export interface CompareView {
  readonly action: string;
  readonly runHref: string;
  readonly now: string;
  readonly query: string;
  readonly candidates: readonly { readonly id: string; readonly label: string; readonly selected: boolean }[];
  /** Null: there is no earlier run to compare with. */
  readonly keys: readonly { readonly name: string; readonly label: string; readonly type: string; readonly checked: boolean }[] | null;
}

const longestQuery = 70;

const describe = ({ run, slices }: RunWithSlices): string => {
  const line = run.query.trim().replace(/\s+/g, ' ');
  const query = line.length > longestQuery ? `${line.slice(0, longestQuery)}…` : line;
  const rows = rowsOf(slices);
  return `${momentText(run.createdAt)}, ${countText(rows)} ${rows === 1 ? 'row' : 'rows'}: ${query}`;
};

/** The form of a comparison: earlier runs of the same query first, the likely keys ticked. */
export const compareView = ({ now, earlier, candidates, keys, suggested }: Comparison): CompareView => ({
  action: `/hunting/runs/${now.run.id}/compare`,
  runHref: `/hunting/runs/${now.run.id}`,
  now: describe(now),
  query: now.run.query,
  candidates: candidates.map((other) => ({ id: other.run.id, label: describe(other), selected: other.run.id === earlier?.run.id })),
  keys: earlier
    ? keys.map((column) => ({
        ...columnView(column),
        name: column.name,
        label: columnView(column).name,
        checked: suggested.includes(column.name),
      }))
    : null,
});
