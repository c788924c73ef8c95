import type { Column, KqlType } from '../../kql/schema';
import { literal } from '../../engine/sql/quote';
import { datetimeText, timespanText, wireValue } from '../wire-form';

export interface CsvOptions {
  /** Put an apostrophe before text that a spreadsheet would run as a formula. */
  readonly safe: boolean;
}

/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"). */
const formula = '^[=+@\\t\\r\\n\\-]';
const formulaStart = new RegExp(formula);
const textual = new Set<KqlType>(['string', 'dynamic', 'guid']);

const quoted = (text: string): string =>
  `CASE WHEN regexp_matches(${text}, '[",\\r\\n]|^\\s|\\s$') THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`;

const harmless = (text: string): string => `CASE WHEN regexp_matches(${text}, '${formula}') THEN '''' || ${text} ELSE ${text} END`;

/** The wire form without JSON's quotes; written anew, as quotes put on and taken off again cost seconds in hundreds of columns. */
const bare: Partial<Record<KqlType, (x: string) => string>> = {
  datetime: datetimeText,
  timespan: timespanText,
  real: (x) => `trim(nullif(${wireValue('real', x)}, 'null'), '"')`,
};

const plainText = (type: KqlType, x: string): string =>
  type === 'string' ? x : `coalesce(${bare[type]?.(x) ?? `CAST(${x} AS VARCHAR)`}, '')`;

/** SQL of one field (RFC 4180): the wire form without JSON's quotes, nothing for null. */
function csvField(type: KqlType, x: string, { safe }: CsvOptions): string {
  const text = plainText(type, x);
  if (!textual.has(type)) return text;
  return quoted(safe && type !== 'guid' ? `(${harmless(text)})` : text);
}

/** SQL of a line without its line break. */
export function csvRow(columns: readonly Column[], expressions: readonly string[], options: CsvOptions): string {
  const fields = columns.map((column, index) => csvField(column.type, expressions[index] ?? 'NULL', options));
  return fields.length === 0 ? `''` : `concat(${fields.join(`, ',', `)})`;
}

/** One text as a field, by the same rules. */
export const csvText = (value: string, { safe }: CsvOptions): string => {
  const text = safe && formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The first line, without its line break; column names come from queries and are as hostile as values. */
export const csvHeader = (columns: readonly Column[], options: CsvOptions): string =>
  columns.map((column) => csvText(column.name, options)).join(',');

/** SQL of a row as a JSON object on one line, its members in column order. */
export function jsonObject(columns: readonly Column[], expressions: readonly string[]): string {
  const members = columns.map(
    (column, index) => `${literal(`${JSON.stringify(column.name)}:`)}, ${wireValue(column.type, expressions[index] ?? 'NULL')}`,
  );
  return `concat('{', ${members.length === 0 ? '' : `${members.join(`, ',', `)}, `}'}')`;
}
