import type { Column } from '../schema';
import { sqlName } from './literal';

/** A column in sight: `sql` is how SQL names it here, quoted and, in a join, qualified. */
export interface RelationColumn extends Column {
  readonly sql: string;
}

/** What make-graph makes of tables; only graph operators take it. */
export interface Graph {
  /** `id`: the hidden column of node ids. */
  readonly nodes: { readonly from: string; readonly columns: readonly RelationColumn[]; readonly id: string };
  /** `id`: a hidden number; `source` and `target`: the columns of node ids. */
  readonly edges: {
    readonly from: string;
    readonly columns: readonly RelationColumn[];
    readonly id: string;
    readonly source: string;
    readonly target: string;
  };
}

/** A tabular value while translating: something to select from, its columns in KQL's order, and whether its row order has meaning. */
export interface Relation {
  readonly from: string;
  readonly columns: readonly RelationColumn[];
  /** After sort, top, serialize, range: row_number() and friends may look at neighbours, and the result keeps the order. */
  readonly ordered: boolean;
  /** Inside mv-apply and partition: the hidden column that tells the sub-tables apart; every operator works within it. */
  readonly partition?: string | undefined;
  /** Of columns that parse_json() made of a text that is still there: the SQL of that text, by the column's own SQL. */
  readonly parsed?: ReadonlyMap<string, string> | undefined;
  /** What `union withsource` and `$table` call these rows. */
  readonly source?: string;
  readonly graph?: Graph;
}

/**
 * Gives each column a physical name. DuckDB folds case even in quoted names, KQL does not (LogonId and LogonID may stand side by side):
 * later ones of such a group get a suffix.
 */
export function physicalColumns(columns: readonly Column[]): RelationColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column.name;
    for (let turn = 2; taken.has(name.toLowerCase()); turn += 1) name = `${column.name}#${turn}`;
    taken.add(name.toLowerCase());
    return { name: column.name, type: column.type, sql: sqlName(name) };
  });
}

/** The same columns seen through a table alias. */
export function qualified(columns: readonly RelationColumn[], alias: string): RelationColumn[] {
  return columns.map((column) => ({ ...column, sql: `${alias}.${column.sql}` }));
}

/** "expression AS name", or the bare name where they are the same. */
export const selected = (expression: string, name: string): string => (expression === name ? name : `${expression} AS ${name}`);
