/** A value to compare a column's values with: a number for a column of numbers, a text for any other. */
export type Key = string | number | bigint;

/** Which rows a view keeps; null passes nothing but `blank` and what is turned round by `not`. */
export type Test = { readonly column: number; readonly not: boolean } & (
  | { readonly kind: 'values'; readonly values: readonly Key[]; readonly blank: boolean }
  | { readonly kind: 'range'; readonly from?: Key; readonly to?: Key }
  | { readonly kind: 'text'; readonly text: string; readonly at: 'anywhere' | 'start' }
  | { readonly kind: 'blank' }
);

/** A word that must occur in one of the columns. */
export interface Word {
  readonly word: string;
  readonly columns: readonly number[];
}

export interface SortKey {
  readonly column: number;
  readonly descending: boolean;
}

/** What a chart is drawn from: see src/kusto/results/chart-rows.ts. */
export interface Groups {
  readonly x: number;
  /** Steps along the axis; undefined: by the values themselves. */
  readonly steps: number | undefined;
  readonly series: readonly number[];
  readonly y: readonly number[];
  readonly of: 'sum' | 'max';
  /** Those of `y` whose greatest value is written as a page writes it; all else are numbers. */
  readonly asTexts: readonly number[];
  readonly mostSeries: number;
  readonly limit: number;
}

export type Wanted =
  /** The numbers of rows, counted over all files; `offset` and `limit` count in the view's order. */
  | { readonly kind: 'places'; readonly offset: number; readonly limit: number }
  /** Rows of these numbers as JSON arrays of `columns`, whatever the view. */
  | { readonly kind: 'texts'; readonly rows: readonly number[]; readonly columns: readonly number[] }
  | { readonly kind: 'facet'; readonly column: number; readonly limit: number }
  | { readonly kind: 'groups'; readonly groups: Groups };

/** One question to an index. */
export interface Question {
  readonly tests: readonly Test[];
  readonly words: readonly Word[];
  readonly sort: readonly SortKey[];
  readonly wanted: Wanted;
}

/** The first line of an answer; further lines follow it as `wanted` says. Null: the index cannot tell exactly, so somebody else has to. */
export type Headline = { readonly count: number; readonly totals?: readonly number[] } | null;
