import { Worker } from 'node:worker_threads';
import type { Beside } from '../../columns/find-word';
import { programIn } from '../program';
import { isGivenUp, outcome, type Order, type Outcome } from './search-order';

/** Milliseconds between two looks at whether anybody still waits. */
const pauseMs = 20;

/** Less is looked through in the time that it takes to share it. */
const worthSharing = 64 << 20;

const give = (worker: Worker, order: Order): void => worker.postMessage(order);

/**
 * A second thread for searches in an index, started with the first of them. The thread that asks keeps its own event loop
 * to itself meanwhile, so that both speak through shared memory.
 */
export function createBeside(worthBytes = worthSharing): Beside & { readonly stop: () => Promise<unknown> } {
  let worker: Worker | undefined;
  const started = (): Worker => {
    if (worker) return worker;
    const program = programIn(__dirname, 'search-thread');
    const own = new Worker(program.file, { execArgv: [...program.execArgv] });
    const forget = (): void => void (worker = undefined);
    own.on('error', forget).on('exit', forget).unref();
    return (worker = own);
  };
  const begin: Beside['begin'] = (search) => {
    const bits = new Uint32Array(new SharedArrayBuffer(((search.rows + 31) >>> 5) * 4));
    const state = new Int32Array(new SharedArrayBuffer(8));
    give(started(), { search, bits, state });
    return {
      wait(check) {
        while (Atomics.wait(state, outcome, 0, pauseMs) === 'timed-out') check();
        if (Atomics.load(state, outcome) !== (1 satisfies Outcome)) throw new Error('a part of an index could not be looked through');
        return bits;
      },
      giveUp: () => void Atomics.store(state, isGivenUp, 1),
    };
  };
  return { worthBytes, begin, stop: async () => worker?.terminate() };
}
