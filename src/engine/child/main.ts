import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { growing, type ChildSettings, type FromChild, type Resources, type Task, type ToChild } from '../messages';
import { stopNote } from '../stop-note';
import { Execution } from './execution';
import { asEngineError } from './failure';
import { indexColumn, writtenBySql } from './index-column';
import { loadFile } from './load-file';
import { lookAt } from './look-at';
import { loadPrelude, type Prelude } from './prelude';
import { createSandbox, type Sandbox } from './sandbox';
import { defineRelations } from './statement';
import { streamRows } from './stream-rows';
import { writeFile } from './write-file';

/** One task with everything that works on it. */
interface Service {
  readonly message: Extract<ToChild, { type: 'task' }>;
  readonly sandbox: Sandbox;
  readonly execution: Execution;
  readonly prelude: Prelude;
  /** Where a note to stop may lie. */
  readonly folder: string;
}

const send = (message: FromChild): void => {
  // The parent may have gone; then nobody waits for this any more.
  if (process.connected) process.send?.(message);
};

const filesOf = (task: Task): string[] => {
  if (task.kind === 'load') return [...task.from, growing(task.to)];
  if (task.kind === 'index') return [...task.relation.files, ...writtenBySql(task)];
  if (task.kind === 'look') return [];
  const read = task.query.relations.flatMap((relation) => relation.files);
  return task.kind === 'write' ? [...read, growing(task.to)] : read;
};

/** What an index is made of lies beside the database, in the same process. */
const databaseShare = ({ task, resources }: Extract<ToChild, { type: 'task' }>): Resources =>
  task.kind === 'index' ? { ...resources, memoryMb: resources.memoryMb * 0.4 } : resources;

async function perform({ message: { id, task }, sandbox: { connection }, execution, prelude, folder }: Service) {
  if (task.kind === 'load') return loadFile({ connection, execution, task });
  if (task.kind === 'index') return indexColumn({ connection, execution, task });
  if (task.kind === 'look') return lookAt({ execution, send, stopped: stopNote(folder, id) }, task);
  await prelude.install(connection, task.query.sql, stopNote(folder, id));
  await defineRelations(connection, task.query);
  execution.check();
  return task.kind === 'write' ? writeFile(connection, task) : streamRows({ connection, execution, send }, task);
}

async function serve(service: Service): Promise<void> {
  const { message, sandbox, execution } = service;
  try {
    await sandbox.lock(filesOf(message.task), databaseShare(message));
    execution.check();
    send({ type: 'done', id: message.id, ...(await perform(service)) });
  } catch (error) {
    const { code, message: text } = asEngineError(error);
    send({ type: 'failed', id: message.id, code, message: text });
  } finally {
    execution.end();
    sandbox.close();
  }
}

/** On Linux a niceness belongs to a thread, and new threads take their creator's: all that run already get it too. */
const threads = (): number[] => {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
};

const tried = (act: () => void): void => {
  try {
    act();
  } catch {
    // Not Linux, not allowed, or the thread has ended meanwhile: the limits still hold.
  }
};

/** Under memory pressure the kernel takes this process before any other; the niceness keeps heavy queries behind pages. */
function stepBack(nice: number): void {
  for (const thread of threads()) tried(() => setPriority(thread, nice));
  tried(() => writeFileSync('/proc/self/oom_score_adj', '1000'));
}

async function main(settings: ChildSettings): Promise<void> {
  stepBack(settings.nice);
  const prelude = loadPrelude(settings.preludeModule);
  let sandbox = await createSandbox(settings);
  let execution: Execution | undefined;
  process.on('message', async (message: ToChild) => {
    if (message.type === 'interrupt') return execution?.id === message.id ? execution.interrupt() : undefined;
    if (message.type === 'credit') return execution?.id === message.id ? execution.credit() : undefined;
    execution = new Execution(message.id, sandbox.connection);
    await serve({ message, sandbox, execution, prelude, folder: settings.temporaryFolder });
    execution = undefined;
    sandbox = await createSandbox(settings);
    send({ type: 'idle' });
  });
  process.on('disconnect', () => process.exit(0));
  send({ type: 'idle' });
}

void main(JSON.parse(process.argv[2] ?? '{}') as ChildSettings).catch((error: unknown) => {
  process.stderr.write(`${asEngineError(error).message}\n`);
  process.exit(1);
});
