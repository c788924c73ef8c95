import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { Response } from 'express';

type Chunk = string | Buffer;

/** Passes on what comes, one chunk late; the last one only once `confirm` is done. */
async function* holdingBack(source: AsyncIterable<Chunk>, confirm: () => Promise<void>): AsyncGenerator<Chunk> {
  let last: Chunk | undefined;
  for await (const chunk of source) {
    if (last !== undefined) yield last;
    last = chunk;
  }
  await confirm();
  if (last !== undefined) yield last;
}

/** Nothing has been sent: the reader gets a page that says so, not a file. */
const beginning = async (res: Response, chunks: AsyncGenerator<Chunk>): Promise<AsyncIterable<Chunk>> => {
  try {
    const first = await chunks.next();
    return (async function* () {
      for (let next = first; !next.done; next = await chunks.next()) yield next.value;
    })();
  } catch (error) {
    res.removeHeader('Content-Disposition');
    throw error;
  }
};

/**
 * Sends a file at the reader's pace and has it recorded. The last chunk goes out once `record(true)` is done: nobody has a whole file
 * that is not recorded. A failure half-way, of that record too, breaks the connection, so that no reader takes a part for the whole,
 * and calls `record(false)`. Rejects where nothing was sent.
 */
export const sendRecorded = async (res: Response, source: Readable, record: (complete: boolean) => Promise<void>): Promise<void> => {
  let told = false;
  const confirm = async (): Promise<void> => {
    await record(true);
    told = true;
  };
  const chunks = await beginning(res, holdingBack(source, confirm));
  try {
    await pipeline(chunks, res);
  } catch {
    if (!told) await record(false);
  }
};
