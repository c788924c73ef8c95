import type { Engine } from '../../engine/engine';
import { texts, type Asking, type ViewSelect } from './asking';
import { createBindings } from './bindings';
import { isNarrowed, sortKeys, whereClause } from './filter-sql';
import type { View } from './view';

/** Where a kept row lies: which file, and which row of it. */
export type Place = readonly [file: number, row: number];

export interface Places {
  /** Rows of the view; null where it leaves none out and nobody had to count. */
  readonly count: number | null;
  readonly places: readonly Place[];
}

export interface Bounds {
  readonly offset: number;
  readonly limit: number;
}

const rowBits = 40n;

export const placeOf = (position: string): Place => {
  const number = BigInt(position);
  return [Number(number >> rowBits), Number(BigInt.asUintN(Number(rowBits), number))];
};

/** `offset` may be SQL that gives the number. */
export const inOrder = (
  keys: readonly string[],
  { offset, limit }: { readonly offset: number | string; readonly limit: number },
): string => {
  const from = typeof offset === 'string' ? offset : Math.max(0, Math.trunc(offset));
  return `ORDER BY ${[...keys, 'position'].join(', ')} LIMIT ${Math.trunc(limit)} OFFSET ${from}`;
};

const sorted = (view: View, bounds: Bounds): ViewSelect => {
  const keys = sortKeys(view).map(({ sql, way }) => `${sql} ${way}`);
  const sql = `SELECT CAST(position AS VARCHAR) FROM (SELECT position FROM kept ${inOrder(keys, bounds)})`;
  return { rows: view.rows, sql, bindings: createBindings() };
};

/** Counts and sorts in one reading of the files: a search is as long as its slowest column. */
const counted = (view: View, bounds: Bounds): ViewSelect => {
  const bindings = createBindings();
  const keys = sortKeys(view);
  const fields = ['position', ...keys.map(({ sql }, index) => `${sql} AS k${index}`)];
  const matching = `SELECT ${fields.join(', ')} FROM kept${whereClause(view, bindings)}`;
  const order = inOrder(
    keys.map(({ way }, index) => `k${index} ${way}`),
    bounds,
  );
  const count = 'SELECT CAST(count(*) AS VARCHAR) AS text FROM matching';
  const places = `SELECT CAST(position AS VARCHAR) AS text FROM (SELECT position FROM matching ${order})`;
  return { rows: view.rows, sql: `WITH matching AS MATERIALIZED (${matching}) (${count}) UNION ALL (${places})`, bindings };
};

/** Which rows a part of a view shows, in its order, before any of their other columns is read. */
export async function placesOf(engine: Pick<Engine, 'rows'>, asked: { readonly view: View } & Bounds, asking: Asking): Promise<Places> {
  const { view } = asked;
  if (!isNarrowed(view)) return { count: null, places: (await texts(engine, sorted(view, asked), asking)).map(placeOf) };
  const [count = '0', ...positions] = await texts(engine, counted(view, asked), asking);
  return { count: Number(count), places: positions.map(placeOf) };
}
