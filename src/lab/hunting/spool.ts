import { createWriteStream, createReadStream, mkdirSync, rmSync, type ReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { dirname } from 'node:path';

/** The rows of an answer on disk until it is known to be whole: its status is the first thing that a caller sees. */
export interface Spool {
  /** Appends rows, each with the comma before it. Resolves when the disk has taken them. */
  write(rows: readonly string[]): Promise<void>;
  readonly rows: number;
  readonly bytes: number;
  /** Bytes that the first `rows` rows take; known for powers of ten. */
  bytesOf(rows: number): number | undefined;
  /** The first `bytes` bytes. */
  read(bytes: number): Promise<ReadStream | undefined>;
  remove(): void;
}

export const createSpool = (path: string): Spool => {
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(path);
  // A call that is given up removes its spool while the disk still writes; what fails is told by `write` and `read`.
  stream.on('error', () => undefined);
  const marks = new Map<number, number>();
  let [rows, bytes, next] = [0, 0, 1];
  return {
    get rows() {
      return rows;
    },
    get bytes() {
      return bytes;
    },
    bytesOf: (count) => marks.get(count),
    write: async (batch) => {
      let text = '';
      for (const row of batch) {
        const piece = rows === 0 ? row : `,${row}`;
        text += piece;
        bytes += Buffer.byteLength(piece);
        rows += 1;
        if (rows !== next) continue;
        marks.set(rows, bytes);
        next *= 10;
      }
      await new Promise<void>((resolve, reject) => stream.write(text, (error) => (error ? reject(error) : resolve())));
    },
    read: async (count) => {
      stream.end();
      await finished(stream);
      return count === 0 ? undefined : createReadStream(path, { start: 0, end: count - 1 });
    },
    remove: () => {
      stream.destroy();
      rmSync(path, { force: true });
    },
  };
};
