import type { Column, Shelf } from './column';
import { hasRows } from './layout';
import type { SortKey } from './question';

interface Key {
  readonly column: Column;
  readonly descending: boolean;
}

/** The rows of a view in the order they were kept in; null: all. */
export type Candidates = Uint32Array | null;

/** So few rows are sorted by comparing them. */
const few = 2_048;

const byComparing = (rows: Uint32Array, keys: readonly Key[]): number[] => {
  const codes = keys.map(({ column }) => Array.from(rows, (row) => column.codeOf(row)));
  const order = Array.from(rows, (_, index) => index).sort((left, right) => {
    for (const [at, { descending }] of keys.entries()) {
      const difference = codes[at]![left]! - codes[at]![right]!;
      if (difference !== 0) return descending ? -difference : difference;
    }
    return left - right;
  });
  return order.map((index) => rows[index]!);
};

/** Of every code, how many of the candidates have it. */
export function countCodes(column: Column, candidates: Candidates): Uint32Array {
  if (candidates === null) return column.counts();
  const counts = new Uint32Array(column.facts.distinct);
  const codes = column.codes();
  for (let at = 0; at < candidates.length; at += 1) counts[codes[candidates[at]!]!]! += 1;
  return counts;
}

/** Codes whose rows lie wholly or partly between `offset` and `offset + limit`, in the key's order. */
interface Span {
  readonly codes: readonly number[];
  /** Rows before the first of them. */
  readonly before: number;
}

const spanOf = (counts: Uint32Array, descending: boolean, { offset, limit }: Bounds): Span => {
  const codes: number[] = [];
  let [passed, before] = [0, 0];
  for (let at = 0; at < counts.length && passed < offset + limit; at += 1) {
    const code = descending ? counts.length - 1 - at : at;
    const count = counts[code]!;
    if (count > 0 && passed + count > offset) {
      if (codes.length === 0) before = passed;
      codes.push(code);
    }
    passed += count;
  }
  return { codes, before };
};

/** The code of the row at a place in the order of codes. */
const codeAt = (column: Column, place: number): number => {
  let [low, high] = [0, column.facts.distinct - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column.rowBegin(middle + 1) > place) high = middle;
    else low = middle + 1;
  }
  return low;
};

const spanOfAll = (column: Column, descending: boolean, { offset, limit }: Bounds): Span => {
  const { rows } = column.facts;
  const end = Math.min(rows, offset + limit);
  const first = codeAt(column, descending ? rows - 1 - offset : offset);
  const before = descending ? rows - column.rowBegin(first + 1) : column.rowBegin(first);
  const codes: number[] = [];
  let passed = before;
  for (let code = first; passed < end; code += descending ? -1 : 1) {
    codes.push(code);
    passed += column.rowBegin(code + 1) - column.rowBegin(code);
  }
  return { codes, before };
};

/** The rows of each of `span`'s codes, in the order they were kept in. */
const rowsByCode = (
  column: Column,
  candidates: Candidates,
  { span, counts }: { span: Span; counts: Uint32Array },
): ((code: number) => Uint32Array) => {
  const found = new Map(span.codes.map((code) => [code, new Uint32Array(counts[code]!)]));
  const filled = new Map(span.codes.map((code) => [code, 0]));
  const codes = column.codes();
  const [least, most] = [Math.min(...span.codes), Math.max(...span.codes)];
  const take = (row: number, code: number): void => {
    const rows = found.get(code);
    if (rows === undefined) return;
    const at = filled.get(code)!;
    rows[at] = row;
    filled.set(code, at + 1);
  };
  if (candidates === null) {
    for (let row = 0; row < codes.length; row += 1) {
      const code = codes[row]!;
      if (code >= least && code <= most) take(row, code);
    }
  } else {
    for (let at = 0; at < candidates.length; at += 1) {
      const code = codes[candidates[at]!]!;
      if (code >= least && code <= most) take(candidates[at]!, code);
    }
  }
  return (code) => found.get(code)!;
};

interface Bounds {
  readonly offset: number;
  readonly limit: number;
}

const sizeOf = (candidates: Candidates, rows: number): number => (candidates === null ? rows : candidates.length);

const unsorted = (candidates: Candidates, rows: number, { offset, limit }: Bounds): number[] => {
  const count = Math.max(0, Math.min(limit, sizeOf(candidates, rows) - offset));
  return Array.from({ length: count }, (_, at) => (candidates === null ? offset + at : candidates[offset + at]!));
};

/** The codes of a key that a page lies in, and the rows of each. */
const pageCodes = ({ column, descending }: Key, candidates: Candidates, bounds: Bounds) => {
  if (candidates === null && hasRows(column.facts.distinct)) {
    const rowsOf = (code: number): Uint32Array => column.rowsAt(column.rowBegin(code), column.rowBegin(code + 1));
    return { span: spanOfAll(column, descending, bounds), rowsOf };
  }
  const counts = countCodes(column, candidates);
  const span = spanOf(counts, descending, bounds);
  return { span, rowsOf: rowsByCode(column, candidates, { span, counts }) };
};

/**
 * A page of the candidates in the order of `keys`, without sorting them: the counts of the first key tell which of its codes the
 * page lies in, and only their rows are looked at further. Rows that no key tells apart stay in the order they were kept in.
 */
function pick(candidates: Candidates, keys: readonly Key[], bounds: Bounds & { readonly rows: number }): number[] {
  const { rows, offset, limit } = bounds;
  const [first, ...rest] = keys;
  if (limit <= 0 || offset >= sizeOf(candidates, rows)) return [];
  if (first === undefined) return unsorted(candidates, rows, bounds);
  if (candidates !== null && candidates.length <= few) return byComparing(candidates, keys).slice(offset, offset + limit);
  const { span, rowsOf } = pageCodes(first, candidates, bounds);
  const picked: number[] = [];
  let skip = offset - span.before;
  for (const code of span.codes) {
    const group = rowsOf(code);
    const most = Math.min(limit - picked.length, group.length - skip);
    picked.push(...pick(group, rest, { rows, offset: skip, limit: most }));
    skip = 0;
  }
  return picked;
}

/** The rows `offset` to `offset + limit` of a view's order. */
export function pageOf(
  shelf: Shelf,
  candidates: Candidates,
  asked: { readonly sort: readonly SortKey[]; readonly rows: number } & Bounds,
): number[] {
  const keys = asked.sort.map(({ column, descending }) => ({ column: shelf.column(column), descending }));
  return pick(candidates, keys, asked);
}
