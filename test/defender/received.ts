import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveAnswer, type ReceivedAnswer, type TenantMark } from '../../src/defender/hunting/receive-answer';

/** Reads a body given in pieces, as a hunting service would send it; resolves with the facts and the written lines. */
export const received = async (
  pieces: readonly (string | Buffer)[],
  tenant?: TenantMark,
): Promise<ReceivedAnswer & { readonly lines: readonly string[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-received-'));
  async function* body(): AsyncGenerator<Buffer> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  try {
    const to = join(folder, 'rows');
    const answer = await receiveAnswer(body(), { to, ...(tenant ? { tenant } : {}) });
    return { ...answer, lines: (await readFile(to, 'utf8')).split('\n').slice(0, -1) };
  } finally {
    await rm(folder, { recursive: true });
  }
};

export const cutAt = (text: string | Buffer, size: number): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
};
