import type { Engine } from '../../engine/engine';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { chartRows, type ChartAsk, type ChartRows } from './chart-rows';
import { constants } from './constants';
import { facet, indexedFacet, type Facet } from './facet';
import { isNarrowed } from './filter-sql';
import type { AskIndex } from './indexed/ask-index';
import { indexedChart } from './indexed/indexed-chart';
import type { Bounds } from './places';
import { readInOrder, type Chosen } from './read-rows';
import type { KeptRows, View } from './view';
import { createFinder, createReader, type Found } from './view-places';

export interface Page {
  /** JSON array texts in wire form. */
  readonly rows: readonly string[];
  /** Whether rows follow this page. */
  readonly more: boolean;
}

export type ResultViews = ReturnType<typeof createResultViews>;

/**
 * Answers a question about kept rows, or remembers what was answered: `question` is all that the answer depends on besides them.
 * Several may wait for one answer: the signal that `ask` is given is that of all of them.
 */
export type Once = <T>(
  rows: KeptRows,
  asked: { readonly question: readonly unknown[]; readonly signal?: AbortSignal | undefined },
  ask: (signal: AbortSignal | undefined) => Promise<T>,
) => Promise<T>;

export interface ResultViewsDeps {
  readonly engine: Pick<Engine, 'rows'>;
  readonly once?: Once;
  /** From this row on, a page of a sorted result is looked for by a sample instead of sorting everything before it. */
  readonly deepFrom?: number;
  /** Answers for results that have an index. */
  readonly indexed?: AskIndex | undefined;
}

/** Places found at once, so that a reader who pages through a sorted or filtered view has it sorted once. */
const block = 1_000;

const blockOf = ({ offset, limit }: Bounds): Bounds => {
  const start = Math.floor(offset / block) * block;
  return offset + limit <= start + block ? { offset: start, limit: block + 1 } : { offset, limit: limit + 1 };
};

/**
 * Pages, counts and summaries of kept rows: each a SELECT or two over their files, or a look into the index of a large result.
 * All reject with ViewError or EngineError.
 */
export function createResultViews({
  engine,
  once = (_rows, { signal }, ask) => ask(signal),
  deepFrom = 100_000,
  indexed,
}: ResultViewsDeps) {
  const find = createFinder({ engine, indexed, deepFrom });
  const read = createReader({ engine, indexed });
  const placed = (view: View, bounds: Bounds, asking: Asking): Promise<Found> =>
    once(view.rows, { question: ['places', view.filters, view.search, view.sort, bounds], signal: asking.signal }, (signal) =>
      find(view, bounds, { ...asking, signal }),
    );

  const rowsOf = async (view: View, bounds: Bounds & Chosen, asking: Asking): Promise<readonly string[]> => {
    const { offset, limit, columns } = bounds;
    const isPlain = !isNarrowed(view) && (view.sort ?? []).length === 0;
    if (isPlain) return readInOrder(engine, { rows: view.rows, offset, limit: limit + 1, columns }, asking);
    const around = blockOf(bounds);
    const from = offset - around.offset;
    return read(view.rows, { found: await placed(view, around, asking), from, to: from + limit + 1, columns }, asking);
  };

  return Object.freeze({
    /** One page of a view; its texts hold the columns that `bounds` names. */
    async page(view: View, bounds: Bounds & Chosen, asking: Asking = {}): Promise<Page> {
      const rows = await rowsOf(view, bounds, asking);
      return { rows: rows.slice(0, bounds.limit), more: rows.length > bounds.limit };
    },
    /** How many rows a view has; `near` is the page that is looked at besides, so that one reading serves both. */
    async count(view: View, near: Bounds = { offset: 0, limit: 1 }, asking: Asking = {}): Promise<number> {
      if (isNarrowed(view)) return (await placed(view, blockOf(near), asking)).count ?? 0;
      const sql = 'SELECT CAST(count(*) AS VARCHAR) FROM kept';
      return Number((await texts(engine, { rows: view.rows, sql, bindings: createBindings() }, asking))[0]);
    },
    /** The values of one column with their numbers of rows. */
    facet: async (view: View, asked: { readonly column: number; readonly limit: number }, asking: Asking = {}): Promise<Facet> =>
      (await indexedFacet(indexed, { view, ...asked }, asking)) ?? facet(engine, { view, ...asked }, asking),
    /** What a picture of a view is drawn from. */
    chart: async (view: View, ask: ChartAsk, asking: Asking = {}): Promise<ChartRows> =>
      (await indexedChart(indexed, { view, ask }, asking)) ?? chartRows(engine, { view, ask }, asking),
    /** Which columns hold one value, or none, in every row. */
    constants: (rows: KeptRows, asking: Asking = {}): Promise<readonly boolean[]> => constants(engine, rows, asking),
  });
}
