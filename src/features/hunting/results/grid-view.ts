import type { CellView } from '../kept/cell-view';

export interface LinkView {
  readonly label: string;
  readonly href: string;
}

export interface ChoiceView extends LinkView {
  readonly current: boolean;
}

export interface GridColumnView {
  readonly name: string;
  readonly type: string;
  readonly position: number;
  readonly numeric: boolean;
  /** For `aria-sort`: only the first key of a sort has one. */
  readonly sorted: 'ascending' | 'descending' | null;
  /** `1`, `2` ... where several columns sort. */
  readonly sortRank: string;
  readonly sortHref: string;
  readonly actions: readonly LinkView[];
}

export interface GridCellView extends CellView {
  /** Where the value has line breaks or tabs: its pieces, every second one such a character. */
  readonly pieces: readonly string[] | null;
  /** What the cell's look follows from. */
  readonly classes: string;
}

export interface GridRowView {
  readonly number: string;
  readonly open: boolean;
  readonly href: string;
  readonly cells: readonly GridCellView[];
}

export interface FacetView {
  readonly column: string;
  readonly closeHref: string;
  readonly summary: string;
  readonly values: readonly {
    readonly cell: CellView;
    readonly count: string;
    /** Of the most frequent value, 0 to 100: the length of its bar. */
    readonly share: number;
    /** Null: the value is too long for an address. */
    readonly onlyHref: string | null;
    readonly withoutHref: string | null;
  }[];
}

/** Some of many columns, and the way to the others. */
export interface PartsView {
  readonly label: string;
  readonly text: string;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

/** A node of a dynamic value's tree: `path` is what KQL needs to reach it. */
export interface TreeView {
  readonly key: string;
  readonly path: string;
  readonly text: string | null;
  readonly children: readonly TreeView[];
}

export interface PanelFieldView {
  readonly name: string;
  readonly type: string;
  /** False: a column that the table leaves out. */
  readonly inTable: boolean;
  readonly cell: CellView;
  /** A value that scrolls in a box of its own, so that the next field is not far. */
  readonly long: boolean;
  /** Where all of a value is that is too long for the panel. */
  readonly wholeHref: string | null;
  readonly tree: readonly TreeView[];
  /** That the tree has not all of the value. */
  readonly treeNote: string | null;
  readonly actions: readonly LinkView[];
}

export interface PanelView {
  readonly title: string;
  readonly closeHref: string;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
  /** Which of the columns it shows, where there are too many for one panel. */
  readonly parts: PartsView | null;
  readonly fields: readonly PanelFieldView[];
}

export interface ChartView {
  readonly name: string;
  readonly description: string;
  readonly lightHref: string;
  readonly darkHref: string;
  readonly width: number;
  readonly height: number;
  readonly notes: readonly string[];
  readonly downloads: readonly LinkView[];
}

/** `views/partials/results/grid.ejs`: kept rows as a reader looks at them. */
export interface GridView {
  readonly path: string;
  readonly caption: string;
  /** That the rows are still looked for, and how long so far; null once they are here. */
  readonly looking: string | null;
  /** How many rows the view has, and of how many. */
  readonly count: string;
  readonly columns: readonly GridColumnView[];
  readonly rows: readonly GridRowView[];
  readonly zone: string;
  readonly chips: readonly LinkView[];
  /** What is to be said of filters that their columns cannot answer; the rows are shown without them. */
  readonly leftOutFilters: readonly string[];
  readonly clearHref: string | null;
  /** The view's other choices, for a form that changes one of them. */
  readonly kept: readonly { readonly name: string; readonly value: string }[];
  readonly search: string;
  readonly tests: readonly { readonly value: string; readonly label: string }[];
  readonly columnChoices: readonly { readonly position: number; readonly name: string; readonly shown: boolean }[];
  readonly allColumnsHref: string | null;
  readonly lean: ChoiceView;
  readonly leftOut: string | null;
  /** Which of the view's columns stand side by side, where there are too many for one table. */
  readonly columnParts: PartsView | null;
  readonly zones: readonly string[];
  readonly charts: readonly ChoiceView[];
  readonly chart: ChartView | null;
  readonly noChart: string | null;
  readonly facet: FacetView | null;
  readonly panel: PanelView | null;
  readonly previousHref: string | null;
  readonly nextHref: string | null;
  /** In place of a table without rows. */
  readonly emptyText: { readonly text: string; readonly lastHref: string | null };
  readonly pageText: string;
  readonly exports: readonly LinkView[];
}
