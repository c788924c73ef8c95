import type { Column } from '../../kql/schema';

/** Kept rows: store-form files of one shape, read in order. */
export interface KeptRows {
  readonly files: readonly string[];
  readonly columns: readonly Column[];
  /** Rows of each file, where they are known: a page then opens only the files it lies in. */
  readonly counts?: readonly number[];
  /** Every file has every column, in this order. */
  readonly whole?: boolean;
}

/** Columns are named by position, because a result may hold two of one name but for case. */
export type Filter =
  | { readonly column: number; readonly test: 'equals' | 'not-equals' | 'in' | 'not-in'; readonly values: readonly string[] }
  | { readonly column: number; readonly test: 'contains' | 'not-contains' | 'starts-with'; readonly text: string }
  | { readonly column: number; readonly test: 'range'; readonly from?: string; readonly to?: string }
  /** `empty` is '' for strings and null for everything else; `null` alone is the null of dynamic and typed columns. */
  | { readonly column: number; readonly test: 'empty' | 'not-empty' };

export interface SortKey {
  readonly column: number;
  readonly descending: boolean;
}

/** What of the kept rows is looked at: every part is optional, filters are joined by and. */
export interface View {
  readonly rows: KeptRows;
  readonly filters?: readonly Filter[];
  /** Each word must occur in some column, whatever its case. */
  readonly search?: string;
  readonly sort?: readonly SortKey[];
}

/** A view asked for something its columns cannot answer; `column` is the position. */
export class ViewError extends Error {
  override readonly name = 'ViewError';
  constructor(
    readonly code: 'no-such-column' | 'not-a-value',
    readonly column: number,
    message: string,
  ) {
    super(message);
  }
}
