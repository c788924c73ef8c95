import type { Relation, RelationColumn } from '../requests';
import { identifier, literals } from './quote';

const empty = (column: RelationColumn): string => `${column.sqlType === 'VARCHAR' ? "''" : 'NULL'}::${column.sqlType}`;

const field = (column: RelationColumn, present: ReadonlySet<string>): string => {
  const source = column.source ?? column.name;
  const name = identifier(column.name);
  if (!present.has(source)) return `${empty(column)} AS ${name}`;
  return source === column.name ? name : `${identifier(source)} AS ${name}`;
};

/** The statement that makes a relation known to the queries of a connection; `present` are the columns its files have. */
export function relationStatement(relation: Relation, present: ReadonlySet<string>): string {
  const name = identifier(relation.name);
  if (relation.files.length === 0) {
    const position = relation.position === undefined ? [] : [{ name: relation.position, sqlType: 'BIGINT' }];
    return `CREATE TABLE ${name} (${[...relation.columns, ...position].map((column) => `${identifier(column.name)} ${column.sqlType}`).join(', ')})`;
  }
  const position =
    relation.position === undefined ? [] : [`(file_index::BIGINT << 40) + file_row_number AS ${identifier(relation.position)}`];
  const fields = [...relation.columns.map((column) => field(column, present)), ...position].join(', ');
  return `CREATE VIEW ${name} AS SELECT ${fields} FROM ${reader(relation.files)}`;
}

/** Reads files of our own making: one shape, or columns added over time. */
export const reader = (files: readonly string[]): string =>
  `read_parquet(${literals(files)}${files.length > 1 ? ', union_by_name = true' : ''})`;
