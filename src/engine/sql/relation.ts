import type { FileFormat, Relation, RelationColumn } from '../requests';
import { identifier, literals } from './quote';

const empty = (column: RelationColumn): string => `${column.sqlType === 'VARCHAR' ? "''" : 'NULL'}::${column.sqlType}`;

const field = (column: RelationColumn, present: ReadonlySet<string>): string => {
  const source = column.source ?? column.name;
  const name = identifier(column.name);
  if (!present.has(source.toLowerCase())) return `${empty(column)} AS ${name}`;
  if (column.expression !== undefined) return `CAST(${column.expression} AS ${column.sqlType}) AS ${name}`;
  return source === column.name ? name : `${identifier(source)} AS ${name}`;
};

/** The statement that makes a relation known to the queries of a connection; `present` are the columns its files have, in lower case. */
export function relationStatement(relation: Relation, present: ReadonlySet<string>): string {
  const name = identifier(relation.name);
  const { position } = relation;
  if (relation.files.length === 0) {
    const columns = position === undefined ? relation.columns : [...relation.columns, { name: position, sqlType: 'BIGINT' }];
    return `CREATE TABLE ${name} (${columns.map((column) => `${identifier(column.name)} ${column.sqlType}`).join(', ')})`;
  }
  const numbered = position === undefined ? [] : [`(file_index::BIGINT << 40) + file_row_number AS ${identifier(position)}`];
  const fields = [...relation.columns.map((column) => field(column, present)), ...numbered];
  return `CREATE VIEW ${name} AS SELECT ${fields.join(', ') || '*'} FROM ${reader(relation)}${relation.filter === undefined ? '' : ` WHERE ${relation.filter}`}`;
}

/** Text columns as they stand in the file, where the relation says which it wants; else whatever DuckDB makes of them. */
const options: Readonly<Record<FileFormat, (columns: readonly RelationColumn[]) => string>> = {
  parquet: () => '',
  csv: (columns) => `, header = true${columns.length > 0 ? ', all_varchar = true' : ', sample_size = 20000'}`,
  ndjson: (columns) => {
    const typed = columns.map(
      (column) => `${identifier(column.source ?? column.name)}: '${column.sqlType === 'JSON' ? 'JSON' : 'VARCHAR'}'`,
    );
    return `, format = 'newline_delimited'${typed.length > 0 ? `, columns = {${typed.join(', ')}}` : ', sample_size = 20000, maximum_depth = 2'}`;
  },
};

const functions: Readonly<Record<FileFormat, string>> = { parquet: 'read_parquet', csv: 'read_csv', ndjson: 'read_json' };

/** The table function over a relation's files: one shape, or columns added over time. */
export function reader({ files, format = 'parquet', columns, whole }: Pick<Relation, 'files' | 'format' | 'columns' | 'whole'>): string {
  const mixed = files.length > 1 && whole !== true && (format !== 'ndjson' || columns.length === 0);
  const union = mixed ? ', union_by_name = true' : '';
  return `${functions[format]}(${literals(files)}${options[format](columns)}${union})`;
}
