import type { KeptRelation, ResultPages } from '../ports';
import type { Column } from '../../../kql/schema';
import type { ChartPlanning } from '../charts/chart-plan';
import type { Facet } from './present-facet';
import { chartAsk, chartPlanning, chosenChart, type RenderHint } from './run-chart';
import { openColumns, shownColumns } from './shown-columns';
import { fits, toView } from './to-view';
import type { ViewState } from './view-state';

export const rowsPerPage = 100;

export interface LookedAt {
  readonly rows: KeptRelation;
  readonly state: ViewState;
  readonly render: RenderHint | undefined;
  /** Rows of the whole result, as the ledger counts them. */
  readonly total: number;
  readonly owner: string;
}

/** A row in wire form: of its columns those of one part (`shown`, in this order). */
export interface OpenRow {
  readonly text: string;
  readonly more: boolean;
  readonly shown: readonly number[];
  readonly part: number;
}

/** What one look at kept rows brought: everything the page shows, before it is put into words. */
export interface Look {
  readonly columns: readonly Column[];
  readonly chosen: readonly number[];
  readonly shown: readonly number[];
  readonly part: number;
  readonly offset: number;
  /** Rows in wire form, of the columns `shown` alone and in their order. */
  readonly texts: readonly string[];
  readonly more: boolean;
  /** Rows of this view. */
  readonly count: number;
  readonly facet: Facet | null;
  readonly chart: ChartPlanning | null;
  /** The open row; null where none is open or the view has no such row. */
  readonly panel: OpenRow | null;
}

const facetValues = 30;

const isNarrowed = ({ filters, search }: ViewState, { columns }: KeptRelation): boolean =>
  search.trim() !== '' || filters.some((filter) => fits(filter, columns));

const askingOf = (owner: string, signal: AbortSignal | undefined) => (signal ? { owner, signal } : { owner });

/** Looks at kept rows: each part of the page is one statement over the kept files, and only what the view shows is asked. */
export const createResultsRoom = ({ views }: { readonly views: ResultPages }) => {
  const chartOf = async ({ rows, state, render, owner }: LookedAt, signal?: AbortSignal): Promise<ChartPlanning | null> => {
    const kind = chosenChart(state, render);
    if (kind === null) return null;
    const source = { kind, columns: rows.columns, render };
    const asked = chartAsk(source);
    if (typeof asked === 'string') return { ok: false, why: asked };
    return chartPlanning(source, asked.roles, await views.chart(toView(rows, state), asked.ask, askingOf(owner, signal)));
  };

  const panelOf = async ({ rows, state, owner }: LookedAt, chosen: readonly number[], signal?: AbortSignal): Promise<Look['panel']> => {
    if (state.row === null) return null;
    const open = openColumns(state, chosen, rows.columns);
    const bounds = { offset: state.row, limit: 1, columns: open.shown };
    const page = await views.page(toView(rows, state), bounds, askingOf(owner, signal));
    const [text] = page.rows;
    return text === undefined ? null : { text, more: page.more, ...open };
  };

  return Object.freeze({
    chartOf,
    /** `signal`: nobody waits for the look any more. */
    look: async (at: LookedAt, signal?: AbortSignal): Promise<Look> => {
      const { rows, state, total, owner } = at;
      const view = toView(rows, state);
      const asking = askingOf(owner, signal);
      const bounds = { offset: (state.page - 1) * rowsPerPage, limit: rowsPerPage };
      const columns = shownColumns(state, rows.columns, state.lean ? await views.constants(rows, asking) : null);
      const [page, count, facet, chart, panel] = await Promise.all([
        views.page(view, { ...bounds, columns: columns.shown }, asking),
        isNarrowed(state, rows) ? views.count(view, bounds, asking) : total,
        state.facet === null ? null : views.facet(view, { column: state.facet, limit: facetValues }, asking),
        chartOf(at, signal),
        panelOf(at, columns.chosen, signal),
      ]);
      return { columns: rows.columns, ...columns, offset: bounds.offset, texts: page.rows, more: page.more, count, facet, chart, panel };
    },
  });
};

export type ResultsRoom = ReturnType<typeof createResultsRoom>;
