import { identifier } from '../engine/sql/quote';
import type { Column, KqlType } from '../kql/schema';
import { physicalNames, storeType } from './store-form';
import { decimalText, wireRow } from './wire-form';

const value = (type: KqlType, x: string): string => {
  if (type === 'string') return `coalesce(${x}, '')`;
  return type === 'decimal' ? decimalText(x) : x;
};

/** The SELECT that gives a translated query's result in store form, under the physical names of its columns. */
export function storeSelect(result: {
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly physical: readonly string[];
}): string {
  const names = physicalNames(result.columns);
  const fields = result.columns.map((column, index) => {
    const x = identifier(result.physical[index] ?? column.name);
    return `CAST(${value(column.type, x)} AS ${storeType[column.type]}) AS ${identifier(names[index] ?? column.name)}`;
  });
  return `SELECT ${fields.join(', ') || 'NULL AS empty'} FROM (\n${result.sql}\n)`;
}

/** The SELECT that gives a translated query's result as one wire-form text a row. */
export function wireSelect(result: {
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly physical: readonly string[];
}): string {
  const expressions = result.columns.map((column, index) => {
    const x = identifier(result.physical[index] ?? column.name);
    return column.type === 'decimal' ? decimalText(x) : x;
  });
  return `SELECT ${wireRow(result.columns, expressions)} FROM (\n${result.sql}\n)`;
}
