import type { Engine } from '../../engine/engine';

/** What telemetry asks of the engine: rows are read, files are written. */
export type StoreEngine = Pick<Engine, 'rows' | 'write'>;

/** Sorting a large table may take long and much; the engine spills what does not fit. */
export const generousLimits = { timeoutMs: 3_600_000, memoryMb: 2048 } as const;

/** Runs tasks two at a time, in order: the engine has as many processes for files. */
export const inPairs = async <T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      results[index] = await task(items[index] as T);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
};
