import type { Column, Shelf } from './column';
import { Untold } from './code-sets';
import type { Candidates } from './order';
import { largestSeries, seriesOf, type Asked } from './series';

/** The least and the greatest code of a column among the candidates, null aside. */
const extentOf = (column: Column, candidates: Candidates): { low: number; high: number } | undefined => {
  const codes = column.codes();
  const least = Number(column.facts.hasNull);
  if (candidates === null) return column.facts.distinct > least ? { low: least, high: column.facts.distinct - 1 } : undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, -1];
  for (let at = 0; at < candidates.length; at += 1) {
    const code = codes[candidates[at]!]!;
    if (code < least) continue;
    if (code < low) low = code;
    if (code > high) high = code;
  }
  return high < 0 ? undefined : { low, high };
};

/**
 * Of every code of the axis, the step it falls in. Codes are in the order of their numbers, and so are the steps: where each begins
 * is looked for, by the very arithmetic that SQL does for each row.
 */
const stepsOf = (
  column: Column,
  { low, high }: { low: number; high: number },
  steps: number,
): { readonly of: Int16Array; readonly step: number } => {
  const numberOf = (code: number): number => Number(column.key(code));
  const [from, to] = [numberOf(low), numberOf(high)];
  if (!(Number.isFinite(to - from) && to > from)) throw new Untold('an axis without width');
  const step = (to - from) / steps;
  const stepOf = (code: number): number => Math.floor((numberOf(code) - from) / step);
  const of = new Int16Array(column.facts.distinct);
  for (let begin = low; begin <= high;) {
    const own = stepOf(begin);
    let [last, beyond] = [begin, high + 1];
    while (beyond - last > 1) {
      const middle = (last + beyond) >>> 1;
      if (stepOf(middle) === own) last = middle;
      else beyond = middle;
    }
    of.fill(own, begin, beyond);
    begin = beyond;
  }
  return { of, step };
};

/** Whether a sum of so many whole numbers is exact in a double. */
const isExactSum = (y: Column, numbers: Float64Array, rows: number): boolean => {
  if (y.facts.keys !== 'whole') return true;
  const from = Number(y.facts.hasNull);
  const greatest = Math.max(Math.abs(numbers[from] ?? 0), Math.abs(numbers.at(-1) ?? 0));
  return greatest * rows <= Number.MAX_SAFE_INTEGER;
};

const jsonNumber = (number: number): string => (Number.isFinite(number) ? JSON.stringify(number) : JSON.stringify(String(number)));

/** Rows of the picture: those of its series, each with the number of its group. */
interface Members {
  readonly rows: Uint32Array;
  readonly groups: Int32Array;
  /** Of each group, its first row and the least code of the axis. */
  readonly firstRows: readonly number[];
  readonly leastCodes: readonly number[];
}

/** One text a group: the greatest value, or the sum, of a column. */
const aggregated = (y: Column, { rows, groups, firstRows }: Members, asked: Asked): string[] => {
  const codes = y.codes();
  const least = Number(y.facts.hasNull);
  const isSum = asked.of === 'sum';
  const numbers = isSum ? y.numbers() : new Float64Array();
  if (isSum && !isExactSum(y, numbers, asked.rows)) throw new Untold('a sum beyond a double');
  const best = new Float64Array(firstRows.length).fill(isSum ? 0 : -1);
  const filled = new Uint8Array(firstRows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const [group, code] = [groups[at]!, codes[rows[at]!]!];
    if (code < least) continue;
    filled[group] = 1;
    if (isSum) best[group]! += numbers[code]!;
    else if (code > best[group]!) best[group] = code;
  }
  const written = (): ((value: number, group: number) => string) => {
    if (isSum) return jsonNumber;
    if (asked.asTexts.includes(y.number)) return y.wire;
    const values = y.doubles(Array.from(best, (code) => Math.max(0, code)));
    return (_, group) => jsonNumber(values[group]!);
  };
  const write = written();
  const texts = Array.from(best, (value, group) => (filled[group] === 0 ? 'null' : write(value, group)));
  y.drop();
  return texts;
};

/** Gives each row of the largest series the number of its group: series and place on the axis, in the order they come. */
const membersOf = (
  x: Column,
  candidates: Candidates,
  given: { asked: Asked; own: Int32Array; places: Int32Array; steps: Int16Array | undefined },
): Members => {
  const { asked, own, places, steps } = given;
  const codes = x.codes();
  const ids = new Map<number, number>();
  const [firstRows, leastCodes]: [number[], number[]] = [[], []];
  const [rows, groups] = [new Uint32Array(own.length), new Int32Array(own.length)];
  const { hasNull } = x.facts;
  let members = 0;
  for (let at = 0; at < own.length; at += 1) {
    const place = places[own[at]!]!;
    if (place < 0) continue;
    const row = candidates === null ? at : candidates[at]!;
    const code = codes[row]!;
    const step = hasNull && code === 0 ? -1 : (steps?.[code] ?? code);
    const key = (step + 1) * asked.mostSeries + place;
    let id = ids.get(key);
    if (id === undefined) {
      if (ids.size > asked.limit) continue;
      ids.set(key, (id = ids.size));
      firstRows.push(row);
      leastCodes.push(code);
    }
    rows[members] = row;
    groups[members++] = id;
    if (code < leastCodes[id]!) leastCodes[id] = code;
  }
  x.drop();
  return { rows: rows.subarray(0, members), groups: groups.subarray(0, members), firstRows, leastCodes };
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
  const x = shelf.column(asked.x);
  const ys = asked.y.map((number) => shelf.column(number));
  if ([x, ...ys].some(({ facts }) => facts.ties)) throw new Untold('values that differ and are equal');
  const range = asked.steps === undefined ? undefined : extentOf(x, candidates);
  if (asked.steps !== undefined && range === undefined) throw new Untold('an axis without values');
  const steps = range && stepsOf(x, range, asked.steps!);
  const drawn = seriesOf(shelf, candidates, asked);
  const places = largestSeries(drawn, ys[0]!, { candidates, asked });
  const members = membersOf(x, candidates, { asked, own: drawn.own, places, steps: steps?.of });
  const series = asked.series.map((number) => shelf.column(number));
  const nameOf = rememberWires();
  const values = ys.map((y) => aggregated(y, members, asked));
  const lines = members.firstRows.map((row, group) => {
    const names = series.map((column) => nameOf(column, column.codeOf(row)));
    return `[${[x.wire(members.leastCodes[group]!), ...names, ...values.map((texts) => texts[group]!)].join(',')}]`;
  });
  return [JSON.stringify([drawn.count, steps?.step ?? null]), ...lines];
}
