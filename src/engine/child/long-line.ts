import { open, type FileHandle } from 'node:fs/promises';

/** A line of more than two blocks covers one block whole. */
const blockBytes = 2_097_152;
const glanceBytes = 65_536;
const newline = 10;

/** Whether a block has an end of line; in nearly all files its first bytes tell. */
async function hasLineEnd(file: FileHandle, block: number, buffer: Buffer): Promise<boolean> {
  const end = block + blockBytes;
  for (let at = block; at < end;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
    if (bytesRead === 0) return true;
    if (buffer.subarray(0, bytesRead).includes(newline)) return true;
    at += bytesRead;
  }
  return false;
}

/**
 * Whether a file has a line that may be longer than a small buffer of the reader (4 MB): such a line at the end of a file is
 * passed over by DuckDB without a word.
 */
export async function hasVeryLongLine(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(glanceBytes);
    for (let block = 0; block + blockBytes <= size; block += blockBytes) {
      if (!(await hasLineEnd(file, block, buffer))) return true;
    }
    return false;
  } finally {
    await file.close();
  }
}
