import { columnView } from '../kept/cell-view';
import type { Column } from '../../../kql/schema';
import type { ChartView, GridView, LinkView } from './grid-view';
import { chartChoices, chartView } from './present-chart';
import { gridColumns } from './present-columns';
import { facetView } from './present-facet';
import { chips, leftOutFilters, testChoices } from './present-filters';
import { panelView } from './present-panel';
import { gridRows } from './present-rows';
import { rowsPerPage, type Look } from './results-room';
import { partsView } from './present-parts';
import { viewHref, writeViewState, type ViewState } from './view-state';
import { offeredZones } from './zone-time';
import { countText as count } from '../runs/present-run';

export interface GridSource {
  readonly runId: string;
  readonly state: ViewState;
  readonly look: Look;
  /** Rows of the whole result and what the ledger says of them, e.g. `1,204 rows, complete`. */
  readonly caption: string;
  readonly total: number;
  /** How long these rows have been looked for without an end; null where they are here. */
  readonly lookingMs: number | null;
  readonly exports: readonly LinkView[];
  /** What of the address the view does not follow, in sentences. */
  readonly notes: readonly string[];
}

const rows = (number: number): string => `${count(number)} ${number === 1 ? 'row' : 'rows'}`;

const lookingText = ({ lookingMs, total }: GridSource): string | null =>
  lookingMs === null
    ? null
    : `Looking through ${rows(total)}, for ${Math.max(1, Math.round(lookingMs / 1000))} s so far. What is found appears here by itself.`;

/** How many rows there are to look at, and whether they are all. */
const countText = ({ look, caption, lookingMs }: GridSource, narrowed: boolean): string => {
  if (lookingMs !== null) return 'Looking …';
  return narrowed ? `${rows(look.count)} ${look.count === 1 ? 'matches' : 'match'}, of ${caption}` : caption;
};

const pageText = ({ offset, texts, count: all }: Look): string => {
  if (texts.length === 0) return 'No rows on this page';
  return `Rows ${count(offset + 1)} to ${count(offset + texts.length)} of ${count(all)}`;
};

/** Why a page has no rows: nothing matches, or it lies behind the last one. */
const emptyText = (path: string, { state, look }: GridSource): GridView['emptyText'] => {
  const last = Math.ceil(look.count / rowsPerPage);
  if (look.count === 0 || state.page <= last) return { text: 'No row matches.', lastHref: null };
  const text = `There is no page ${count(state.page)}: this view has ${rows(look.count)} on ${count(last)} ${last === 1 ? 'page' : 'pages'}.`;
  return { text, lastHref: viewHref(path, state, { page: last }) };
};

const leftOutText = ({ columns, chosen }: Look): string | null => {
  const missing = columns.length - chosen.length;
  return missing > 0 ? `${missing} of ${columns.length} hidden` : null;
};

const chartPart = (
  path: string,
  { state, look }: GridSource,
): { chart: ChartView | null; noChart: string | null; charts: GridView['charts'] } => {
  const planning = look.chart;
  const kind = planning?.ok ? planning.plan.kind : state.chart;
  return {
    chart: planning?.ok ? chartView(path, state, planning.plan) : null,
    noChart: planning && !planning.ok ? planning.why : null,
    charts: chartChoices(path, state, kind === 'none' ? null : kind),
  };
};

const facetPart = (path: string, { state, look }: GridSource): GridView['facet'] =>
  state.facet === null || look.facet === null
    ? null
    : facetView(look.facet, look.columns[state.facet] as Column, { path, state, position: state.facet });

/** The page of kept rows in words and links, from what was looked at. */
export const gridView = (source: GridSource): GridView => {
  const { runId, state, look, caption } = source;
  const path = `/hunting/runs/${runId}`;
  const { columns, chosen, shown, offset, texts, more, panel } = look;
  const inView = new Set(chosen);
  const narrowed = state.filters.length > 0 || state.search !== '';
  const kept = [...writeViewState({ ...state, page: 1, row: null })].map(([name, value]) => ({ name, value }));
  return {
    path,
    caption,
    looking: lookingText(source),
    count: countText(source, narrowed),
    columns: gridColumns({ path, state, columns, shown, chosen }),
    rows: gridRows(texts, { path, state, columns, shown, offset }),
    zone: state.zone,
    chips: chips(path, state, columns),
    leftOutFilters: [...source.notes, ...leftOutFilters(state, columns)],
    clearHref: narrowed ? viewHref(path, state, { filters: [], search: '' }) : null,
    kept,
    search: state.search,
    tests: testChoices,
    columnChoices: columns.map((column, position) => ({ position, name: columnView(column).name, shown: inView.has(position) })),
    allColumnsHref: state.columns === null && !state.lean ? null : viewHref(path, state, { columns: null, lean: false }),
    lean: { label: 'Hide empty and constant columns', href: viewHref(path, state, { lean: !state.lean }), current: state.lean },
    leftOut: leftOutText(look),
    columnParts: partsView('Columns', { ...look, all: chosen.length }, (part) => viewHref(path, state, { part })),
    zones: [...new Set([...offeredZones, state.zone])],
    ...chartPart(path, source),
    facet: facetPart(path, source),
    panel: panel && state.row !== null ? panelView(panel, { path, runId, state, columns, chosen, row: state.row }) : null,
    previousHref: state.page > 1 && texts.length > 0 ? viewHref(path, state, { page: state.page - 1 }) : null,
    emptyText: emptyText(path, source),
    nextHref: more ? viewHref(path, state, { page: state.page + 1 }) : null,
    pageText: pageText(look),
    exports: source.exports,
  };
};
