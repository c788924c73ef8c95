import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cancel, createJob } from './job';
import type { ChildSettings, Resources, Task } from './messages';
import { Pool } from './pool';
import type { ProcessEnd } from './process-end';
import type { Lane, Limits } from './requests';
import type { Started } from './row-stream';

/** What every process and request gets unless it asks for something else. */
export interface LaneSettings extends Resources {
  readonly timeoutMs: number;
  readonly temporaryMb: number;
  readonly temporaryFolder?: string;
  readonly preludeModule?: string;
  /** Processes a lane may have. */
  readonly lanes?: Partial<Record<Lane, number>>;
  /** Jobs after which a process is replaced. */
  readonly jobsEach?: number;
  /** Hears of every process that ended, wanted or not. */
  readonly onProcessEnd?: (lane: Lane, end: ProcessEnd) => void;
}

export interface Bounds {
  readonly lane: Lane;
  readonly limits?: Limits | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly owner?: string | undefined;
}

export interface Lanes {
  submit(task: Task, bounds: Bounds): Started;
  /** Ends every process; resolves when all are gone, with what they left on the disk. */
  stop(): Promise<void>;
  readonly pools: Readonly<Record<Lane, Pool>>;
}

const sizes: Readonly<Record<Lane, number>> = { page: 2, query: 4, file: 2, export: 4, index: 1 };
/** Pages go first; what an analyst wrote yields to them, and what nobody waits for to everything. */
const niceness: Readonly<Record<Lane, number>> = { page: 0, query: 15, file: 1, export: 5, index: 10 };
const QUEUE = 200;
const JOBS_EACH = 500;

/** A folder that no other engine has, or the one that was asked for. */
const temporaryPlace = ({ temporaryFolder }: LaneSettings) => {
  let own: string | undefined;
  return {
    path: (): string =>
      temporaryFolder === undefined ? (own ??= mkdtempSync(join(tmpdir(), 'quarry-engine-'))) : resolve(temporaryFolder),
    remove: async (): Promise<void> => {
      if (own !== undefined) await rm(own, { recursive: true, force: true });
    },
  };
};

/** The processes, by what they serve, and the way of a task into them. */
export function createLanes(settings: LaneSettings): Lanes {
  const temporary = temporaryPlace(settings);
  let children = 0;
  let jobs = 0;
  const childOf = (lane: Lane): ChildSettings => {
    children += 1;
    const temporaryFolder = join(temporary.path(), `${lane}-${children}`);
    mkdirSync(temporaryFolder, { recursive: true });
    const { memoryMb, threads, temporaryMb, preludeModule } = settings;
    const prelude = lane !== 'page' && preludeModule !== undefined ? { preludeModule } : {};
    return { memoryMb, threads, temporaryMb, temporaryFolder, nice: niceness[lane], ...prelude };
  };
  const poolOf = (lane: Lane): Pool =>
    new Pool({
      size: settings.lanes?.[lane] ?? sizes[lane],
      queue: QUEUE,
      // A download may take hours: whoever has two of them waits with the third, even while nobody else asks.
      ...(lane === 'export' ? { mostOfOneOwner: 2 } : {}),
      jobsEach: settings.jobsEach ?? JOBS_EACH,
      child: () => childOf(lane),
      ended: (end) => settings.onProcessEnd?.(lane, end),
    });
  const pools: Lanes['pools'] = {
    page: poolOf('page'),
    query: poolOf('query'),
    file: poolOf('file'),
    export: poolOf('export'),
    index: poolOf('index'),
  };
  return {
    pools,
    async stop() {
      await Promise.all(Object.values(pools).map((pool) => pool.stop()));
      await temporary.remove();
    },
    submit(task, { lane, limits, signal, owner }) {
      jobs += 1;
      const resources = { memoryMb: limits?.memoryMb ?? settings.memoryMb, threads: limits?.threads ?? settings.threads };
      const started = createJob({ id: jobs, task, resources, timeoutMs: limits?.timeoutMs ?? settings.timeoutMs, owner });
      const abort = (): void => cancel(started.job);
      if (signal?.aborted === true) abort();
      else pools[lane].submit(started.job);
      signal?.addEventListener('abort', abort, { once: true });
      void started.done.catch(() => undefined).then(() => signal?.removeEventListener('abort', abort));
      return started;
    },
  };
}
