import { resolve, sep } from 'node:path';
import { EngineError } from './engine-error';
import { createLanes, type Lanes, type LaneSettings } from './lanes';
import type { Query } from './messages';
import type { Pool } from './pool';
import type {
  IndexRequest,
  Lane,
  Loaded,
  LoadRequest,
  LookRequest,
  Relation,
  RowsRequest,
  RowStream,
  TextRequest,
  WriteRequest,
  Written,
} from './requests';
import { rowStream, textStream } from './row-stream';

export interface EngineOptions extends Partial<LaneSettings> {
  /** Folders below which requests may read files. */
  readonly readable: readonly string[];
  /** Folders below which requests may write files; readable too. */
  readonly writable?: readonly string[];
}

export type Engine = ReturnType<typeof createEngine>;

/** Memory and disk in megabytes and a minute of work: enough for most questions on a machine that serves others as well. */
const defaults = { memoryMb: 1024, threads: 2, timeoutMs: 60_000, temporaryMb: 4096 };

/**
 * DuckDB in processes of its own. Every request runs in a fresh in-memory database that can open exactly the files the
 * request names, with the network and all settings locked. Every failure is an EngineError. `preludeModule` is the path of
 * a module exporting `prelude` (macros and JavaScript functions), known to the lanes `query` and `file`.
 */
export function createEngine(options: EngineOptions) {
  const lanes = createLanes({ ...defaults, ...options });
  const guard = createGuard(options);
  const rows = (request: RowsRequest): RowStream => {
    const cap = request.maxRows === undefined ? {} : { maxRows: request.maxRows };
    return rowStream(() =>
      lanes.submit({ kind: 'rows', query: guard.query(request), separator: '\n', ...cap }, { lane: 'query', ...request }),
    );
  };
  const text = ({ separator = '\n', ...request }: TextRequest): AsyncGenerator<string> =>
    textStream(() => lanes.submit({ kind: 'rows', query: guard.query(request), separator }, { lane: 'export', ...request }), separator);
  const write = async (request: WriteRequest): Promise<Written> => {
    const task = { kind: 'write', query: guard.query(request), to: guard.target(request.to), format: request.format } as const;
    const { rows: count, bytes } = await lanes.submit(task, { lane: 'query', ...request }).done;
    return { rows: count, bytes };
  };
  const load = async (request: LoadRequest): Promise<Loaded> => {
    const from = guard.sources(typeof request.from === 'string' ? [request.from] : request.from);
    const task = { kind: 'load', from, columns: request.columns, to: guard.target(request.to) } as const;
    const { rows: count, bytes, misfits } = await lanes.submit(task, { ...request, lane: 'file' }).done;
    return { rows: count, bytes, misfits };
  };
  const { index, look } = indexing(lanes, guard);
  return Object.freeze({
    /** Rows of a query whose single column is the text of a row. The default lane is `query`. */
    rows,
    /** Rows as running text, each followed by `separator` (a line feed): for exports. The default lane is `export`. */
    text,
    /** Keeps a query's rows as one file, which appears only when it is whole. */
    write,
    /** Turns newline-delimited JSON (objects, or arrays in column order) into one Parquet file of typed columns. */
    load,
    /** Writes one column of an index, with the time that leaves all others theirs. */
    index,
    /** What an index answers: a headline, then its lines. */
    look,
    /** Starts the processes that the first requests will need. */
    warm(): void {
      for (const pool of [lanes.pools.page, lanes.pools.query, lanes.pools.file]) pool.warm();
    },
    /** The processes alive, by lane. */
    health: (): Readonly<Record<Lane, readonly ChildHealth[]>> => healthOf(lanes.pools),
    /** Ends every process and waits until they are gone; requests under way fail with `crashed`, later ones with `stopped`. */
    stop: (): Promise<void> => lanes.stop(),
  });
}

/** Indexes (src/columns): how a column of one is made, and how one is asked. */
const indexing = (lanes: Lanes, guard: ReturnType<typeof createGuard>) => ({
  async index({ relation, counts, column, number, to, ...bounds }: IndexRequest): Promise<void> {
    const files = guard.sources(relation.files);
    const task = { kind: 'index', relation: { ...relation, files }, counts, column, number, to: guard.target(to) } as const;
    await lanes.submit(task, { ...bounds, lane: 'index' }).done;
  },
  look: ({ folder, rows, question, ...bounds }: LookRequest): RowStream =>
    rowStream(() => {
      const [from = ''] = guard.sources([folder]);
      return lanes.submit({ kind: 'look', folder: from, rows, question }, { ...bounds, lane: 'page' });
    }),
});

export interface ChildHealth {
  readonly pid: number | undefined;
  readonly state: 'starting' | 'idle' | 'busy' | 'leaving' | 'gone';
}

const healthOf = ({ page, query, file, export: sending, index }: Lanes['pools']): Readonly<Record<Lane, readonly ChildHealth[]>> => {
  const of = (pool: Pool): ChildHealth[] => pool.children.map(({ pid, state }) => ({ pid, state }));
  return { page: of(page), query: of(query), file: of(file), export: of(sending), index: of(index) };
};

/** Keeps requests inside the engine's folders; the child then allows exactly the files named. */
function createGuard({ readable, writable = [] }: Pick<EngineOptions, 'readable' | 'writable'>) {
  const allow = (path: string, folders: readonly string[]): string => {
    const full = resolve(path);
    if (!folders.some((folder) => full.startsWith(resolve(folder) + sep)))
      throw new EngineError('refused', `outside the engine's folders: ${full}`);
    return full;
  };
  const sources = (paths: readonly string[]): string[] => paths.map((path) => allow(path, [...readable, ...writable]));
  return {
    sources,
    target: (path: string): string => allow(path, writable),
    query: (request: {
      readonly relations: readonly Relation[];
      readonly sql: string;
      readonly parameters?: Query['parameters'];
    }): Query => ({
      relations: request.relations.map((relation) => ({ ...relation, files: sources(relation.files) })),
      sql: request.sql,
      parameters: request.parameters ?? [],
    }),
  };
}
