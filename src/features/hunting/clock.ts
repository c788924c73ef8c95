import { Abandoned } from './budget/gate';

export interface Clock {
  now(): number;
  /** Rejects with Abandoned when the signal says so. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Abandoned());
      const finish = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      const abort = (): void => {
        clearTimeout(timer);
        reject(new Abandoned());
      };
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
