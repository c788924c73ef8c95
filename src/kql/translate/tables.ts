import type { Derived, KqlType, Table } from '../schema';
import { sqlConstant, sqlName, sqlString } from './literal';
import { physicalColumns, type Relation, type RelationColumn } from './relation';
import type { Translation } from './translation';

function derivedSql(derived: Derived, type: KqlType, nowTicks: bigint): string {
  if (derived === 'nothing') return sqlConstant(null, type);
  if (derived === 'now') return sqlConstant(nowTicks, type);
  if ('column' in derived) return sqlName(derived.column);
  if ('number' in derived) return `kql_real_of_text(${sqlName(derived.number)})`;
  return 'json' in derived ? `kql_parse_json(${sqlName(derived.json)})` : sqlString(derived.text);
}

function stored({ name, type, sql }: RelationColumn, table: Table, nowTicks: bigint): string {
  const derived = table.derived?.[name];
  if (derived) return `${derivedSql(derived, type, nowTicks)} AS ${sql}`;
  return type === 'decimal' ? `CAST(${sql} AS DECIMAL(38,18)) AS ${sql}` : sql;
}

/** A table of the schema, in the form in which files hold it: decimals are exact text there, derived columns are not. */
export function tableRelation(table: Table, translation: Translation): Relation {
  translation.usesTable(table.name);
  const columns = physicalColumns(table.columns);
  const base: Relation = { from: sqlName(table.name), columns, ordered: false, source: table.name };
  const list = columns.map((column) => stored(column, table, translation.nowTicks));
  if (list.every((text, index) => text === columns[index]?.sql)) return base;
  return translation.step(`SELECT ${list.join(', ')} FROM ${base.from}`, columns, { source: table.name });
}
