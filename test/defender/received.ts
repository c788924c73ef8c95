import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { receiveAnswer, type ReceivedAnswer, type TenantMark } from '../../src/defender/hunting/receive-answer';
import { aFolder } from '../support/a-folder';

const folder = aFolder();
let bodies = 0;

/** Reads a body given in pieces, as a hunting service would send it; resolves with the facts and the written lines. */
export const received = async (
  pieces: readonly (string | Buffer)[],
  tenant?: TenantMark,
): Promise<ReceivedAnswer & { readonly lines: readonly string[] }> => {
  async function* body(): AsyncGenerator<Buffer> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const to = join(folder, `rows-${(bodies += 1)}`);
  const answer = await receiveAnswer(body(), { to, ...(tenant ? { tenant } : {}) });
  const text = await readFile(to, 'utf8');
  await rm(to);
  return { ...answer, lines: text.split('\n').slice(0, -1) };
};

export const cutAt = (text: string | Buffer, size: number): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
};
