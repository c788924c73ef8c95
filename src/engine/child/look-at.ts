import { availableParallelism } from 'node:os';
import { look } from '../../columns/look';
import { EngineError } from '../engine-error';
import type { FromChild, Task } from '../messages';
import type { Execution } from './execution';
import { createBeside } from './search-beside';
import { createRowBatches } from './row-batches';

const beside = availableParallelism() > 1 ? createBeside() : undefined;

interface Looker {
  readonly execution: Execution;
  readonly send: (message: FromChild) => void;
  readonly stopped: () => boolean;
}

/** Answers a question from an index. It keeps the event loop to itself, so that it looks for the note to stop. */
export async function lookAt({ execution, send, stopped }: Looker, { folder, rows, question }: Extract<Task, { kind: 'look' }>) {
  const check = (): void => {
    if (stopped()) throw new EngineError('cancelled', 'interrupted');
  };
  const batches = createRowBatches({ execution, send }, '\n');
  let lines = 0;
  for (const line of look({ folder, rows, question, check, ...(beside ? { beside } : {}) })) {
    lines += 1;
    const full = batches.add(line);
    if (full) await full;
  }
  await batches.flush();
  return { rows: lines, bytes: 0, cut: false, misfits: {} };
}
