import type { FromChild } from '../messages';
import type { Execution } from './execution';

const BATCH_CHARACTERS = 128 * 1024;

/** Sends texts in batches, never further ahead of the reader than its credit. */
export function createRowBatches({ execution, send }: { execution: Execution; send: (message: FromChild) => void }, separator: string) {
  let texts: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (texts.length === 0) return;
    await execution.mayAnswer();
    send({ type: 'batch', id: execution.id, text: texts.join(separator), rows: texts.length });
    texts = [];
    characters = 0;
  };
  return {
    flush,
    /** Something to wait for where a batch is full; a promise for each of ten million rows would be half the work. */
    add(text: string): Promise<void> | undefined {
      texts.push(text);
      characters += text.length;
      return characters >= BATCH_CHARACTERS ? flush() : undefined;
    },
  };
}
