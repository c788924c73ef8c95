import type { Column, KqlType } from '../../kql/schema';

/** What a spreadsheet takes for a formula. Only text columns can hold such a thing: numbers stay numbers. */
const formula = /^[=+\-@\t\r]/;
const textual = new Set<KqlType>(['string', 'dynamic', 'guid']);

const quote = (text: string): string => (/[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const cellText = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

/** One value in wire form as a CSV cell: null is nothing at all, the empty string is `""`. */
export const csvCell = (type: KqlType, json: string, safe: boolean): string => {
  if (json === 'null') return '';
  const text = cellText(json);
  if (text === '') return '""';
  return quote(safe && textual.has(type) && formula.test(text) ? `'${text}` : text);
};

/** Kusto's way with doubled names. */
export const uniqueNames = (columns: readonly Column[]): readonly string[] => {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let unique = name;
    for (let turn = 1; taken.has(unique); turn += 1) unique = `${name}_${turn}`;
    taken.add(unique);
    return unique;
  });
};

export const csvHeader = (columns: readonly Column[], safe: boolean): string =>
  uniqueNames(columns)
    .map((name) => quote(safe && formula.test(name) ? `'${name}` : name))
    .join(',');
