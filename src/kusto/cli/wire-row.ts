import type { KqlType } from '../../kql/schema';

const endOfString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

/** The JSON texts of a row's cells, as they are written: parsing would round numbers and reorder objects. */
export function splitRow(row: string): string[] {
  const cells: string[] = [];
  let depth = 0;
  let from = 1;
  for (let at = 1; at < row.length - 1; at += 1) {
    const character = row[at];
    if (character === '"') at = endOfString(row, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      cells.push(row.slice(from, at));
      from = at + 1;
    }
  }
  return row.length > 2 ? [...cells, row.slice(from, -1)] : cells;
}

/** A cell as a person reads it: strings without quotes, null as nothing, dynamic as its JSON. */
export function cellText(cell: string, type: KqlType): string {
  if (cell === 'null') return '';
  return cell.startsWith('"') && type !== 'dynamic' ? (JSON.parse(cell) as string) : cell;
}
