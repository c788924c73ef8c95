import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of the pack: its name and its content, made when its turn comes. */
export interface PackFile {
  readonly name: string;
  readonly content: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

interface Sealed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Passes a file on and notes its length and SHA-256 when it has gone by whole. */
const sealing = (name: string, seal: (sealed: Sealed) => void): Transform => {
  const hash = createHash('sha256');
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      seal({ name, bytes, sha256: hash.digest('hex') });
      done();
    },
  });
};

/**
 * One zip archive as a stream in constant memory, with `manifest.json` as its last file: name, length and SHA-256 of every
 * other, so that a reader can tell a changed copy. A file that fails destroys the stream; no reader gets a shorter pack.
 */
export const packStream = (files: readonly PackFile[], about: Readonly<Record<string, unknown>>): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const sealed: Sealed[] = [];
  const fail = (error: unknown): void => void output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  for (const { name, content } of files) {
    zip.addReadStreamLazy(name, (done) => {
      const source = Readable.from(content(), { objectMode: false });
      const passing = sealing(name, (file) => sealed.push(file));
      source.on('error', (error) => passing.destroy(error));
      passing.on('error', fail);
      output.once('close', () => source.destroy());
      done(null, source.pipe(passing));
    });
  }
  zip.addReadStreamLazy('manifest.json', (done) => done(null, Readable.from([JSON.stringify({ ...about, files: sealed }, null, 2)])));
  zip.end();
  return output;
};
