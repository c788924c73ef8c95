import type { Column, Shelf } from './column';
import { Untold } from './code-sets';
import type { Candidates } from './order';
import type { Groups } from './question';

interface Asked extends Groups {
  readonly rows: number;
}

/** Calls `visit` with every candidate, in the order they were kept in. */
const eachOf = (candidates: Candidates, rows: number, visit: (row: number, at: number) => void): void => {
  if (candidates === null) for (let row = 0; row < rows; row += 1) visit(row, row);
  else for (let at = 0; at < candidates.length; at += 1) visit(candidates[at]!, at);
};

/** The least and the greatest code of a column among the candidates, null aside. */
const extentOf = (column: Column, candidates: Candidates, rows: number): { low: number; high: number } | undefined => {
  const codes = column.codes();
  const least = Number(column.facts.hasNull);
  if (candidates === null) return column.facts.distinct > least ? { low: least, high: column.facts.distinct - 1 } : undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, -1];
  eachOf(candidates, rows, (row) => {
    const code = codes[row]!;
    if (code < least) return;
    if (code < low) low = code;
    if (code > high) high = code;
  });
  return high < 0 ? undefined : { low, high };
};

/** Of every code of the axis, the step it falls in. */
const stepsOf = (
  column: Column,
  { low, high }: { low: number; high: number },
  steps: number,
): { readonly of: Int16Array; readonly step: number } => {
  const numbers = column.numbers();
  const [from, to] = [numbers[low]!, numbers[high]!];
  if (!(Number.isFinite(to - from) && to > from)) throw new Untold('an axis without width');
  const step = (to - from) / steps;
  const of = new Int16Array(numbers.length);
  for (let code = low; code <= high; code += 1) of[code] = Math.floor((numbers[code]! - from) / step);
  column.drop();
  return { of, step };
};

/** Numbers the combinations of the series columns in the order they come, and tells each candidate's. */
const seriesOf = (shelf: Shelf, candidates: Candidates, { series, rows }: Asked) => {
  const columns = series.map((number) => shelf.column(number));
  const own = new Int32Array(candidates?.length ?? rows);
  const ids = new Map<number, number>();
  const product = columns.reduce((all, { facts }) => all * facts.distinct, 1);
  if (product > Number.MAX_SAFE_INTEGER) throw new Untold('more series than can be told apart');
  for (const column of columns) {
    const codes = column.codes();
    ids.clear();
    eachOf(candidates, rows, (row, at) => {
      const key = own[at]! * column.facts.distinct + codes[row]!;
      let id = ids.get(key);
      if (id === undefined) ids.set(key, (id = ids.size));
      own[at] = id;
    });
  }
  return { own, count: columns.length === 0 ? 1 : ids.size };
};

/** The largest series by the sum of the first column's magnitudes, as a place in the picture or -1. */
const largestSeries = (sizes: Float64Array, seen: Uint8Array, most: number): Int32Array => {
  const order = Array.from(sizes, (_, id) => id).sort((left, right) => {
    if (seen[left] !== seen[right]) return seen[right]! - seen[left]!;
    const [a, b] = [sizes[left]!, sizes[right]!];
    return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(b)) - Number(Number.isNaN(a)) : b - a;
  });
  const places = new Int32Array(sizes.length).fill(-1);
  for (const [place, id] of order.slice(0, most).entries()) places[id] = place;
  return places;
};

const sizesOf = (y: Column, candidates: Candidates, { own, count, rows }: { own: Int32Array; count: number; rows: number }) => {
  const [numbers, codes] = [y.numbers(), y.codes()];
  const [sizes, seen] = [new Float64Array(count), new Uint8Array(count)];
  const { hasNull } = y.facts;
  eachOf(candidates, rows, (row, at) => {
    const code = codes[row]!;
    if (hasNull && code === 0) return;
    sizes[own[at]!]! += Math.abs(numbers[code]!);
    seen[own[at]!] = 1;
  });
  y.drop();
  return { sizes, seen };
};

/** Whether a sum of so many whole numbers is exact in a double. */
const isExactSum = (y: Column, numbers: Float64Array, rows: number): boolean => {
  if (y.facts.keys !== 'whole') return true;
  const from = Number(y.facts.hasNull);
  const greatest = Math.max(Math.abs(numbers[from] ?? 0), Math.abs(numbers.at(-1) ?? 0));
  return greatest * rows <= Number.MAX_SAFE_INTEGER;
};

const jsonNumber = (number: number): string => (Number.isFinite(number) ? JSON.stringify(number) : JSON.stringify(String(number)));

/** One text a group: the greatest value, or the sum, of a column. */
const aggregated = (y: Column, { own, rows, candidates, count, of, asText }: Aggregation): string[] => {
  const codes = y.codes();
  const least = Number(y.facts.hasNull);
  const isSum = of === 'sum';
  const numbers = isSum ? y.numbers() : new Float64Array();
  if (isSum && !isExactSum(y, numbers, rows)) throw new Untold('a sum beyond a double');
  const best = new Float64Array(count).fill(isSum ? 0 : -1);
  const filled = new Uint8Array(count);
  eachOf(candidates, rows, (row, at) => {
    const group = own[at]!;
    const code = codes[row]!;
    if (group < 0 || code < least) return;
    filled[group] = 1;
    if (isSum) best[group]! += numbers[code]!;
    else if (code > best[group]!) best[group] = code;
  });
  y.drop();
  return Array.from(best, (value, group) => {
    if (filled[group] === 0) return 'null';
    if (isSum) return jsonNumber(value);
    return asText ? y.wire(value) : jsonNumber(Number(y.key(value)));
  });
};

interface Aggregation {
  readonly own: Int32Array;
  readonly rows: number;
  readonly candidates: Candidates;
  readonly count: number;
  readonly of: 'sum' | 'max';
  readonly asText: boolean;
}

/** Gives each candidate the number of its group: series and place on the axis, in the order they come; -1 where it is in none. */
const groupsOf = (
  x: Column,
  candidates: Candidates,
  given: { asked: Asked; own: Int32Array; places: Int32Array; steps: Int16Array | undefined },
) => {
  const { asked, own, places, steps } = given;
  const codes = x.codes();
  const ids = new Map<number, number>();
  const [firstRows, leastCodes]: [number[], number[]] = [[], []];
  const { hasNull } = x.facts;
  eachOf(candidates, asked.rows, (row, at) => {
    const place = places[own[at]!]!;
    const code = codes[row]!;
    own[at] = -1;
    if (place < 0) return;
    const step = hasNull && code === 0 ? -1 : (steps?.[code] ?? code);
    const key = (step + 1) * asked.mostSeries + place;
    let id = ids.get(key);
    if (id === undefined) {
      if (ids.size > asked.limit) return;
      ids.set(key, (id = ids.size));
      firstRows.push(row);
      leastCodes.push(code);
    }
    own[at] = id;
    if (code < leastCodes[id]!) leastCodes[id] = code;
  });
  return { firstRows, leastCodes };
};

/** A series is named at each of its points. */
const rememberWires = (): ((column: Column, code: number) => string) => {
  const known = new Map<string, string>();
  return (column, code) => {
    const key = `${column.number} ${code}`;
    const wire = known.get(key) ?? column.wire(code);
    known.set(key, wire);
    return wire;
  };
};

/**
 * What a picture of many rows is drawn from: first the number of series, the step along the axis (or null), then a JSON array of
 * axis, series and values a group, groups in the order they come.
 */
export function groupRows(shelf: Shelf, candidates: Candidates, asked: Asked): string[] {
  const { rows } = asked;
  const x = shelf.column(asked.x);
  const ys = asked.y.map((number) => shelf.column(number));
  if ([x, ...ys].some(({ facts }) => facts.ties)) throw new Untold('values that differ and are equal');
  const range = asked.steps === undefined ? undefined : extentOf(x, candidates, rows);
  if (asked.steps !== undefined && range === undefined) throw new Untold('an axis without values');
  const steps = range && stepsOf(x, range, asked.steps!);
  const { own, count } = seriesOf(shelf, candidates, asked);
  const { sizes, seen } = sizesOf(ys[0]!, candidates, { own, count, rows });
  const places = largestSeries(sizes, seen, asked.mostSeries);
  const { firstRows, leastCodes } = groupsOf(x, candidates, { asked, own, places, steps: steps?.of });
  const series = asked.series.map((number) => shelf.column(number));
  const nameOf = rememberWires();
  const values = ys.map((y) =>
    aggregated(y, { own, rows, candidates, count: firstRows.length, of: asked.of, asText: asked.asTexts.includes(y.number) }),
  );
  const lines = firstRows.map((row, group) => {
    const names = series.map((column) => nameOf(column, column.codeOf(row)));
    return `[${[x.wire(leastCodes[group]!), ...names, ...values.map((texts) => texts[group]!)].join(',')}]`;
  });
  return [JSON.stringify([count, steps?.step ?? null]), ...lines];
}
