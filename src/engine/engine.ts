import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { EngineError } from './engine-error';
import { createBatches, type Done, type Job } from './job';
import type { ChildSettings, Query, Task } from './messages';
import { createPool, type Pool } from './pool';
import type { Lane, LoadRequest, Limits, Loaded, Relation, RowStream, RowsRequest, TextRequest, WriteRequest, Written } from './requests';

export interface EngineOptions {
  /** A module exporting `prelude` (macros and JavaScript functions); its absolute path. Only the `query` and `file` lanes load it. */
  readonly preludeModule?: string;
  /** Folders below which requests may read files. */
  readonly readable: readonly string[];
  /** Folders below which requests may write files; readable too. */
  readonly writable?: readonly string[];
  readonly memoryMb?: number;
  readonly threads?: number;
  readonly timeoutMs?: number;
  /** Disk that one request may use when its data outgrows its memory. */
  readonly temporaryMb?: number;
  readonly temporaryFolder?: string;
  /** Processes a lane may have. */
  readonly lanes?: Partial<Record<Lane, number>>;
}

export type Engine = ReturnType<typeof createEngine>;

const defaults = { memoryMb: 1024, threads: 2, timeoutMs: 60_000, temporaryMb: 4096 };
const laneSizes: Readonly<Record<Lane, number>> = { page: 2, query: 4, file: 2 };
/** Pages go first; what an analyst wrote yields to everything. */
const niceness: Readonly<Record<Lane, number>> = { page: 0, query: 10, file: 5 };
const QUEUE = 200;

const isBelow = (path: string, folder: string): boolean => path.startsWith(resolve(folder) + sep);

/**
 * DuckDB in processes of its own. Every request runs in a fresh in-memory database that can open exactly the files the
 * request names, with the network and all settings locked, and every failure is an EngineError with a code.
 */
export function createEngine(options: EngineOptions) {
  const settings = { ...defaults, ...options };
  const temporary = resolve(options.temporaryFolder ?? join(tmpdir(), `quarry-engine-${process.pid}`));
  const writable = options.writable ?? [];
  const readable = [...options.readable, ...writable];
  let children = 0;
  let jobs = 0;

  const childSettings = (lane: Lane): ChildSettings => {
    children += 1;
    const temporaryFolder = join(temporary, `${lane}-${children}`);
    mkdirSync(temporaryFolder, { recursive: true });
    return {
      memoryMb: settings.memoryMb,
      threads: settings.threads,
      temporaryMb: settings.temporaryMb,
      temporaryFolder,
      nice: niceness[lane],
      ...(lane !== 'page' && options.preludeModule !== undefined && { preludeModule: options.preludeModule }),
    };
  };
  const poolOf = (lane: Lane): Pool =>
    createPool({ size: options.lanes?.[lane] ?? laneSizes[lane], queue: QUEUE, child: () => childSettings(lane) });
  const pools: Readonly<Record<Lane, Pool>> = { page: poolOf('page'), query: poolOf('query'), file: poolOf('file') };

  const allow = (paths: readonly string[], folders: readonly string[]): string[] =>
    paths.map((path) => {
      const full = resolve(path);
      if (!folders.some((folder) => isBelow(full, folder))) throw new EngineError('refused', `outside the engine's folders: ${full}`);
      return full;
    });
  const queryOf = (request: {
    readonly relations: readonly Relation[];
    readonly sql: string;
    readonly parameters?: Query['parameters'];
  }): Query => ({
    relations: request.relations.map((relation) => ({ ...relation, files: allow(relation.files, readable) })),
    sql: request.sql,
    parameters: request.parameters ?? [],
  });

  const submit = (
    task: Task,
    bounds: {
      readonly lane: Lane;
      readonly limits?: Limits | undefined;
      readonly signal?: AbortSignal | undefined;
      readonly owner?: string | undefined;
    },
  ) => {
    jobs += 1;
    const { job, done } = createJob({
      id: jobs,
      task,
      resources: { memoryMb: bounds.limits?.memoryMb ?? settings.memoryMb, threads: bounds.limits?.threads ?? settings.threads },
      timeoutMs: bounds.limits?.timeoutMs ?? settings.timeoutMs,
      owner: bounds.owner,
    });
    const abort = (): void => cancel(job);
    if (bounds.signal?.aborted === true) abort();
    else {
      bounds.signal?.addEventListener('abort', abort, { once: true });
      void done.catch(() => undefined).then(() => bounds.signal?.removeEventListener('abort', abort));
      pools[bounds.lane].submit(job);
    }
    return { job, done };
  };

  return Object.freeze({
    /** Rows of a query whose single column is the text of a row. The default lane is `query`. */
    rows(request: RowsRequest): RowStream {
      const start = () =>
        submit(
          { kind: 'rows', query: queryOf(request), separator: '\n', ...(request.maxRows !== undefined && { maxRows: request.maxRows }) },
          { lane: request.lane ?? 'query', limits: request.limits, signal: request.signal, owner: request.owner },
        );
      return rowStream(start);
    },
    /** Rows as running text, each followed by `separator` (a line feed): for exports. */
    async *text(request: TextRequest): AsyncGenerator<string> {
      const separator = request.separator ?? '\n';
      const { job, done } = submit(
        { kind: 'rows', query: queryOf(request), separator },
        { lane: request.lane ?? 'file', limits: request.limits, signal: request.signal, owner: request.owner },
      );
      done.catch(() => undefined);
      try {
        for (let batch = await job.batches.next(); batch !== undefined; batch = await job.batches.next()) yield batch.text + separator;
      } finally {
        cancel(job);
      }
    },
    /** Keeps a query's rows as one file, which appears only when it is whole. */
    async write(request: WriteRequest): Promise<Written> {
      const [to = ''] = allow([request.to], writable);
      const { done } = submit(
        { kind: 'write', query: queryOf(request), to, format: request.format },
        { lane: request.lane ?? 'query', limits: request.limits, signal: request.signal, owner: request.owner },
      );
      const { rows, bytes } = await done;
      return { rows, bytes };
    },
    /** Turns newline-delimited JSON (objects, or arrays in column order) into one Parquet file of typed columns. */
    async load(request: LoadRequest): Promise<Loaded> {
      const from = allow(typeof request.from === 'string' ? [request.from] : request.from, readable);
      const [to = ''] = allow([request.to], writable);
      const { done } = submit(
        { kind: 'load', from, columns: request.columns, to },
        { lane: 'file', limits: request.limits, signal: request.signal, owner: request.owner },
      );
      const { rows, bytes, misfits } = await done;
      return { rows, bytes, misfits };
    },
    /** Starts the processes that the first requests will need. */
    warm(): void {
      pools.page.warm();
      pools.query.warm();
    },
    /** Processes alive, by lane. */
    health(): Readonly<Record<Lane, readonly { readonly pid: number | undefined; readonly state: string }[]>> {
      const states = (pool: Pool) => pool.children.map(({ pid, state }) => ({ pid, state }));
      return { page: states(pools.page), query: states(pools.query), file: states(pools.file) };
    },
    /** Ends every process; requests under way fail with `crashed`, later ones with `stopped`. */
    async stop(): Promise<void> {
      for (const pool of Object.values(pools)) pool.stop();
    },
  });
}

const cancel = (job: Job): void => {
  if (job.settled) return;
  if (job.stop === undefined) job.settle({ failure: new EngineError('cancelled', 'cancelled before it ran') });
  else job.stop('cancelled', 'cancelled');
};

function createJob(given: Pick<Job, 'id' | 'task' | 'resources' | 'timeoutMs' | 'owner'>): { job: Job; done: Promise<Done> } {
  const batches = createBatches();
  let settled = false;
  let resolveDone: (done: Done) => void;
  let rejectDone: (failure: EngineError) => void;
  const done = new Promise<Done>((resolvePromise, reject) => {
    resolveDone = resolvePromise;
    rejectDone = reject;
  });
  const job: Job = {
    ...given,
    batches,
    stop: undefined,
    get settled() {
      return settled;
    },
    settle(outcome) {
      if (settled) return;
      settled = true;
      if ('done' in outcome) {
        batches.end();
        resolveDone(outcome.done);
      } else {
        batches.end(outcome.failure);
        rejectDone(outcome.failure);
      }
    },
  };
  return { job, done };
}

/** Starts on the first read; leaving the loop early cancels. */
function rowStream(start: () => { job: Job; done: Promise<Done> }): RowStream {
  let settleOutcome: (outcome: { rows: number; cut: boolean }) => void;
  const outcome = new Promise<{ rows: number; cut: boolean }>((resolvePromise) => {
    settleOutcome = resolvePromise;
  });
  async function* read(): AsyncGenerator<readonly string[]> {
    const { job, done } = start();
    let rows = 0;
    let cut = true;
    done.then(
      (end) => {
        cut = end.cut;
      },
      () => undefined,
    );
    try {
      for (let batch = await job.batches.next(); batch !== undefined; batch = await job.batches.next()) {
        rows += batch.rows;
        yield batch.text.split('\n');
      }
      cut = (await done).cut;
    } finally {
      cancel(job);
      settleOutcome({ rows, cut });
    }
  }
  return { outcome, [Symbol.asyncIterator]: read };
}
