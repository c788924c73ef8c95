/** Names of Kusto's scalar types, as `getschema` prints them. */
export type KqlType = 'bool' | 'int' | 'long' | 'real' | 'decimal' | 'string' | 'datetime' | 'timespan' | 'guid' | 'dynamic';

export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns that no file holds as they stand in `columns`, by name. */
  readonly derived?: Readonly<Record<string, Derived>>;
}

/**
 * Where a derived column comes from: another column, the JSON or the number in a column of text, one text for every row, the time of the
 * run, or nowhere (null, and '' for text).
 */
export type Derived =
  { readonly column: string } | { readonly json: string } | { readonly number: string } | { readonly text: string } | 'now' | 'nothing';

/** The tables a query may name. `id` is the cache key of the bound form of this schema: equal ids must mean equal tables. */
export interface Schema {
  readonly id: string;
  readonly tables: readonly Table[];
  /** Whether the hunting functions of two documented shapes have the wider one. */
  readonly wideFunctions?: boolean;
}

/**
 * The DuckDB type that carries a KQL type inside translated SQL (the "store form" differs in two places: int is INTEGER and
 * decimal is exact text in files; the translator converts at the table and at the result). datetime and timespan are ticks of 100 ns,
 * datetime counted from 0001-01-01T00:00:00Z. string is never NULL. dynamic(null) is SQL NULL.
 */
export const physicalTypes: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'BIGINT',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'JSON',
};
