import type { Readable } from 'node:stream';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

const opened = (archive: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => fromBuffer(archive, { lazyEntries: true }, (error, zip) => (error ? reject(error) : resolve(zip))));

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });

/** Reads an archive's directory and opens its entries; rejects what is not a whole zip archive. */
export const fromBufferPromise = async (archive: Buffer) => {
  const zip = await opened(archive);
  const entries = await entriesOf(zip);
  const open = (entry: Entry): Promise<Readable> =>
    new Promise((resolve, reject) => zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))));
  return { entries, open };
};
