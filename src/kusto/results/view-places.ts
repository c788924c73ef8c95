import type { Engine } from '../../engine/engine';
import type { Asking } from './asking';
import { deepPlaces } from './deep-places';
import { isNarrowed } from './filter-sql';
import type { AskIndex } from './indexed/ask-index';
import { placesOf, type Bounds, type Place, type Places } from './places';
import { readPlaces, type Chosen } from './read-rows';
import type { KeptRows, View } from './view';

/** Rows of a view: how many it has, and where some of them are, in its order. */
export type Found =
  ({ readonly by: 'files' } & Places) | { readonly by: 'index'; readonly count: number; readonly numbers: readonly number[] };

export interface FindDeps {
  readonly engine: Pick<Engine, 'rows'>;
  readonly indexed: AskIndex | undefined;
  /** From this row on, a page of a sorted result is looked for by a sample instead of sorting everything before it. */
  readonly deepFrom: number;
}

/** Finds rows of a view before any of their other columns is read: by the index of the result, or else in its files. */
export const createFinder =
  ({ engine, indexed, deepFrom }: FindDeps) =>
  async (view: View, bounds: Bounds, asking: Asking): Promise<Found> => {
    const told = await indexed?.places(view, bounds, asking);
    if (told) return { by: 'index', ...told };
    const total = view.rows.counts?.reduce((sum, count) => sum + count, 0) ?? 0;
    const isDeep = !isNarrowed(view) && bounds.offset >= deepFrom && bounds.offset < total;
    const places = isDeep ? await deepPlaces(engine, { view, total, ...bounds }, asking) : undefined;
    return { by: 'files', ...(places ? { count: null, places } : await placesOf(engine, { view, ...bounds }, asking)) };
  };

/** Numbers of rows, counted over all files, as places in their files. */
const placesOfNumbers = ({ counts = [] }: KeptRows, numbers: readonly number[]): Place[] =>
  numbers.map((number) => {
    let [file, row] = [0, number];
    while (file < counts.length && row >= (counts[file] ?? 0)) row -= counts[file++] ?? 0;
    return [file, row];
  });

/** Reads the rows `from` to `to` of what was found. */
export const createReader =
  ({ engine, indexed }: Pick<FindDeps, 'engine' | 'indexed'>) =>
  async (rows: KeptRows, asked: { readonly found: Found; readonly from: number; readonly to: number } & Chosen, asking: Asking) => {
    const { found, from, to, columns } = asked;
    if (found.by === 'files') return readPlaces(engine, { rows, places: found.places.slice(from, to), columns }, asking);
    const numbers = found.numbers.slice(from, to);
    const chosen = columns ?? rows.columns.map((_, position) => position);
    const texts = await indexed?.texts(rows, { numbers, columns: chosen }, asking);
    return texts ?? readPlaces(engine, { rows, places: placesOfNumbers(rows, numbers), columns }, asking);
  };
