import { resolve, sep } from 'node:path';
import { EngineError } from './engine-error';
import { createLanes, type LaneSettings } from './lanes';
import type { Query } from './messages';
import type { Pool } from './pool';
import type { Lane, Loaded, LoadRequest, Relation, RowsRequest, RowStream, TextRequest, WriteRequest, Written } from './requests';
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
  return Object.freeze({
    /** Rows of a query whose single column is the text of a row. The default lane is `query`. */
    rows,
    /** Rows as running text, each followed by `separator` (a line feed): for exports. The default lane is `export`. */
    text,
    /** Keeps a query's rows as one file, which appears only when it is whole. */
    write,
    /** Turns newline-delimited JSON (objects, or arrays in column order) into one Parquet file of typed columns. */
    load,
    /** Starts the processes that the first requests will need. */
    warm(): void {
      for (const pool of [lanes.pools.page, lanes.pools.query, lanes.pools.file]) pool.warm();
    },
    /** The processes alive, by lane. */
    health(): Readonly<Record<Lane, readonly ChildHealth[]>> {
      const { page, query, file, export: sending } = lanes.pools;
      return { page: healthOf(page), query: healthOf(query), file: healthOf(file), export: healthOf(sending) };
    },
    /** Ends every process; requests under way fail with `crashed`, later ones with `stopped`. */
    async stop(): Promise<void> {
      for (const pool of Object.values(lanes.pools)) pool.stop();
    },
  });
}

export interface ChildHealth {
  readonly pid: number | undefined;
  readonly state: 'starting' | 'idle' | 'busy' | 'leaving' | 'gone';
}

const healthOf = (pool: Pool): ChildHealth[] => pool.children.map(({ pid, state }) => ({ pid, state }));

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
