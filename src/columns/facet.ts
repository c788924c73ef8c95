import type { Column } from './column';
import { countCodes, type Candidates } from './order';

export interface Counted {
  /** Codes with most rows first; equal counts in the order of the values. */
  readonly top: readonly { readonly code: number; readonly rows: number }[];
  readonly distinct: number;
  readonly blank: number;
  readonly rows: number;
}

/** The values of a column among the candidates with their numbers of rows. */
export function countValues(column: Column, candidates: Candidates, limit: number): Counted {
  const counts = countCodes(column, candidates);
  const blank = column.facts.blank ? counts[0]! : 0;
  const top: { code: number; rows: number }[] = [];
  let [distinct, rows, least] = [0, blank, 0];
  for (let code = column.facts.blank ? 1 : 0; code < counts.length; code += 1) {
    const count = counts[code]!;
    if (count === 0) continue;
    distinct += 1;
    rows += count;
    if (top.length >= limit && count <= least) continue;
    let at = top.length;
    while (at > 0 && top[at - 1]!.rows < count) at -= 1;
    top.splice(at, 0, { code, rows: count });
    if (top.length > limit) top.pop();
    least = top.at(-1)?.rows ?? 0;
  }
  return { top, distinct, blank, rows };
}
