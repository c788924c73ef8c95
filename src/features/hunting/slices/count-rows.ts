import { readFile, rm } from 'node:fs/promises';
import type { createAskService, SliceContext } from './ask-service';
import type { KeptFolder } from '../kept/kept-folder';
import { countOf } from './query-lexer';
import type { Slice } from '../runs/run';

/** The one number of a count's answer. */
const readCount = async (file: string): Promise<number | undefined> => {
  const [count] = JSON.parse((await readFile(file, 'utf8')).split('\n', 1)[0] || '[]') as unknown[];
  return typeof count === 'number' ? count : undefined;
};

/** Asks the service how many rows a slice has. undefined where it does not say: the rows at hand are then in doubt, and kept. */
export const createRowCount =
  ({ ask, kept }: { readonly ask: ReturnType<typeof createAskService>; readonly kept: KeptFolder }) =>
  async (slice: Slice, context: SliceContext & { readonly query: string }): Promise<number | undefined> => {
    const to = kept.countFile(slice);
    try {
      const asked = await ask(slice, { ...context, tenantColumns: false, query: countOf(context.query), to });
      return asked.ok ? await readCount(to) : undefined;
    } catch {
      return undefined;
    } finally {
      await rm(to, { force: true });
    }
  };
