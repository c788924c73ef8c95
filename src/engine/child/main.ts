import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { ChildSettings, FromChild, Task, ToChild } from '../messages';
import { Execution } from './execution';
import { asEngineError } from './failure';
import { loadFile } from './load-file';
import { loadPrelude } from './prelude';
import { createSandbox, type Sandbox } from './sandbox';
import { defineRelations } from './statement';
import { streamRows } from './stream-rows';
import { growing, writeFile } from './write-file';

const send = (message: FromChild): void => {
  process.send?.(message);
};

const filesOf = (task: Task): string[] => {
  if (task.kind === 'load') return [...task.from, growing(task.to)];
  const read = task.query.relations.flatMap((relation) => relation.files);
  return task.kind === 'write' ? [...read, growing(task.to)] : read;
};

async function perform(task: Task, sandbox: Sandbox, execution: Execution) {
  const { connection } = sandbox;
  if (task.kind === 'load') return loadFile(connection, execution, task);
  await defineRelations(connection, task.query);
  execution.check();
  return task.kind === 'write' ? writeFile(connection, task) : streamRows({ connection, execution, send }, task);
}

async function serve(sandbox: Sandbox, execution: Execution, message: Extract<ToChild, { type: 'task' }>): Promise<void> {
  try {
    await sandbox.lock(filesOf(message.task), message.resources);
    execution.check();
    send({ type: 'done', id: message.id, ...(await perform(message.task, sandbox, execution)) });
  } catch (error) {
    const { code, message: text } = asEngineError(error);
    send({ type: 'failed', id: message.id, code, message: text });
  } finally {
    execution.end();
    sandbox.close();
  }
}

/** Under memory pressure the kernel takes this process before any other; the niceness keeps heavy queries behind pages. */
function stepBack(nice: number): void {
  try {
    setPriority(nice);
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux, or not allowed: the limits still hold.
  }
}

async function main(settings: ChildSettings): Promise<void> {
  stepBack(settings.nice);
  const prelude = await loadPrelude(settings.preludeModule);
  let sandbox = await createSandbox(settings, prelude);
  let execution: Execution | undefined;
  process.on('message', async (message: ToChild) => {
    if (message.type === 'interrupt') return execution?.id === message.id ? execution.interrupt() : undefined;
    if (message.type === 'credit') return execution?.id === message.id ? execution.credit() : undefined;
    execution = new Execution(message.id, sandbox.connection);
    await serve(sandbox, execution, message);
    execution = undefined;
    sandbox = await createSandbox(settings, prelude);
    send({ type: 'idle' });
  });
  process.on('disconnect', () => process.exit(0));
  send({ type: 'idle' });
}

void main(JSON.parse(process.argv[2] ?? '{}') as ChildSettings).catch((error: unknown) => {
  process.stderr.write(`${asEngineError(error).message}\n`);
  process.exit(1);
});
