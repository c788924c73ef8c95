import { text } from 'node:stream/consumers';
import { fromBufferPromise } from './zip-reader';

/** The files of a zip archive by path, as text. */
export const unzip = async (archive: Buffer): Promise<Map<string, string>> => {
  const files = new Map<string, string>();
  const { entries, open } = await fromBufferPromise(archive);
  for (const entry of entries) files.set(entry.fileName, await text(await open(entry)));
  return files;
};
