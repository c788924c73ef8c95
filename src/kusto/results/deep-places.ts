import type { Engine } from '../../engine/engine';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { sortKeys } from './filter-sql';
import { inOrder, placeOf, type Bounds, type Place } from './places';
import type { View } from './view';

/** Rows that are picked at random to guess where a page lies, and how far beside the guess it is looked for, in parts of the whole. */
const picked = 20_000;
const margin = 0.02;

/** Whether `k` stands before (or, turned round, after) a bound, nulls as the order has them: first when ascending, last when descending. */
const beyond = (bound: string, way: string, side: 'before' | 'after'): string => {
  const smaller = (side === 'before') === way.startsWith('ASC');
  const [low, high] = smaller ? ['k0', bound] : [bound, 'k0'];
  // Null is the least value both ways.
  return `coalesce(${low} < ${high}, false) OR (${low} IS NULL AND ${high} IS NOT NULL)`;
};

/**
 * The places of rows deep inside a sorted result of `total` rows, without sorting all of it: a sample tells between which values
 * of the first key they lie, and only the rows between are sorted. Undefined where the sample guessed wrong.
 */
export async function deepPlaces(
  engine: Pick<Engine, 'rows'>,
  { view, total, offset, limit }: { readonly view: View; readonly total: number } & Bounds,
  asking: Asking,
): Promise<readonly Place[] | undefined> {
  const keys = sortKeys(view);
  const way = keys[0]?.way ?? '';
  const fields = keys.map(({ sql }, index) => `${sql} AS k${index}`).join(', ');
  const order = keys.map((key, index) => `k${index} ${key.way}`);
  const at = (part: number): string => `(SELECT k0 FROM ranked WHERE n = greatest(1, least(of, CAST(round(${part} * of) AS BIGINT))))`;
  const sql = `WITH sample AS MATERIALIZED (SELECT ${fields} FROM kept USING SAMPLE ${picked} ROWS),
    ranked AS MATERIALIZED (SELECT k0, row_number() OVER (ORDER BY k0 ${way}) AS n, count(*) OVER () AS of FROM sample),
    bounds AS MATERIALIZED (SELECT ${at(offset / total - margin)} AS lo, ${at((offset + limit) / total + margin)} AS hi),
    near AS MATERIALIZED (SELECT kept.* FROM (SELECT position, ${fields} FROM kept) AS kept, bounds
      WHERE NOT (${beyond('lo', way, 'before')}) AND NOT (${beyond('hi', way, 'after')})),
    passed AS MATERIALIZED (SELECT count(*) AS n FROM (SELECT ${fields} FROM kept) AS kept, bounds WHERE ${beyond('lo', way, 'before')})
    (SELECT concat((SELECT n FROM passed), ' ', (SELECT count(*) FROM near)) AS text) UNION ALL
    (SELECT CAST(position AS VARCHAR) AS text FROM (SELECT position FROM near ${inOrder(order, { offset: `(SELECT greatest(0, ${Math.trunc(offset)} - n) FROM passed)`, limit })}))`;
  const [counts = '', ...positions] = await texts(engine, { rows: view.rows, sql, bindings: createBindings() }, asking);
  const [before = 0, between = 0] = counts.split(' ').map(Number);
  const isWithin = before <= offset && Math.min(total, offset + limit) <= before + between;
  return isWithin ? positions.map(placeOf) : undefined;
}
