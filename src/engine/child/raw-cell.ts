import { DuckDBScalarFunction, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { rawCellFunction } from '../sql/load';

const blank = new Set([' ', '\t', '\n', '\r']);

const skipBlank = (text: string, from: number): number => {
  let at = from;
  while (blank.has(text[at] ?? '')) at += 1;
  return at;
};

const endOfString = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
};

const opens = new Set(['{', '[']);
const closes = new Set(['}', ']']);
const endsScalar = (character: string): boolean => character === ',' || closes.has(character) || blank.has(character);

const endOfScalar = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && !endsScalar(text[at] ?? '')) at += 1;
  return at;
};

/** Where the JSON value that starts at `from` ends. */
function endOfValue(text: string, from: number): number {
  const first = text[from] ?? '';
  if (first === '"') return endOfString(text, from);
  if (!opens.has(first)) return endOfScalar(text, from);
  for (let at = from, depth = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfString(text, at) - 1;
    else if (opens.has(character)) depth += 1;
    else if (closes.has(character)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** The members of a JSON object or array, one after another: key (the index for an array) and the value's exact text. */
function* members(line: string): Generator<readonly [string, string]> {
  let at = skipBlank(line, 0);
  const isObject = line[at] === '{';
  at = skipBlank(line, at + 1);
  for (let index = 0; at < line.length && line[at] !== '}' && line[at] !== ']'; index += 1) {
    let key = String(index);
    if (isObject) {
      const end = endOfString(line, at);
      key = JSON.parse(line.slice(at, end)) as string;
      at = skipBlank(line, skipBlank(line, end) + 1);
    }
    const end = endOfValue(line, at);
    yield [key, line.slice(at, end)];
    at = skipBlank(line, end);
    if (line[at] === ',') at = skipBlank(line, at + 1);
  }
}

/** The exact text of one cell of a JSON line: `#3` is the fourth element of an array, anything else a property of an object; of a repeated property the first counts, as in DuckDB. */
function rawCell(line: string, address: string): string | null {
  const key = line.trimStart().startsWith('[') ? address.slice(1) : address;
  for (const [name, text] of members(line)) if (name === key) return text;
  return null;
}

export function registerRawCell(connection: DuckDBConnection): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: rawCellFunction,
      parameterTypes: [VARCHAR, VARCHAR],
      returnType: VARCHAR,
      mainFunction(_info, input, output) {
        const lines = input.getColumnVector(0);
        const addresses = input.getColumnVector(1);
        for (let row = 0; row < input.rowCount; row += 1) {
          output.setItem(row, rawCell(lines.getItem(row) as string, addresses.getItem(row) as string) as never);
        }
        output.flush();
      },
    }),
  );
}
