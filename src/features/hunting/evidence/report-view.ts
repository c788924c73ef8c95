import { cellView, columnView, visible, type CellView } from '../kept/cell-view';
import type { Column } from '../../../kql/schema';
import { countText as count, runView } from '../runs/present-run';
import { splitRow } from '../kept/row-cells';
import { plainPage } from '../runs/run-page';
import type { RunWithSlices } from '../runs/stored-runs';
import type { LedgerLineView } from '../views';

/** `views/documents/evidence.ejs`: a page that reads without Quarry. */
export interface EvidenceReport {
  readonly title: string;
  readonly verdict: string;
  readonly verdictText: string;
  readonly reasons: readonly string[];
  readonly query: string;
  readonly window: string;
  readonly asked: string;
  readonly took: string;
  readonly by: string;
  readonly notes: string;
  readonly ledger: readonly LedgerLineView[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly CellView[])[];
  readonly rowsText: string;
  readonly made: string;
}

export interface ReportSource {
  readonly found: RunWithSlices;
  readonly columns: readonly Column[];
  /** The first rows in wire form; the data files have all of them. */
  readonly texts: readonly string[];
  readonly total: number;
  readonly notes: string;
  readonly by: string;
  readonly now: number;
}

const rowsText = (shown: number, total: number): string =>
  shown < total ? `The first ${count(shown)} of ${count(total)} rows; the data files have all of them.` : `All ${count(total)} rows.`;

/** What the evidence page says: the same words as the page of the run. */
export const evidenceReport = ({ found, columns, texts, total, notes, by, now }: ReportSource): EvidenceReport => {
  const view = runView({ ...plainPage, found, results: null, progress: new Map(), now });
  return {
    title: `Quarry run ${found.run.id}`,
    verdict: view.verdict,
    verdictText: view.verdictText,
    reasons: view.reasons,
    query: visible(view.query),
    window: view.window,
    asked: view.asked,
    took: view.took,
    by,
    notes: visible(notes),
    ledger: view.ledger,
    columns: columns.map(columnView),
    rows: texts.map((text) => splitRow(text).map((json, at) => cellView(columns[at]?.type ?? 'dynamic', json))),
    rowsText: rowsText(texts.length, total),
    made: new Date(now).toISOString(),
  };
};
