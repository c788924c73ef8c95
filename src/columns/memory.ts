import type { Scratch } from './files';

/** What one look leaves for the next: pages that a process has are cheaper than fresh ones. */
const mostBytes = 128 << 20;
const spare: Buffer[] = [];

const take: Scratch = (length) => {
  const at = spare.findIndex((buffer) => buffer.length === length);
  return (at < 0 ? undefined : spare.splice(at, 1)[0]) ?? Buffer.allocUnsafeSlow(length);
};

const leave = (buffer: Buffer): void => {
  spare.push(buffer);
  for (let bytes = spare.reduce((sum, { length }) => sum + length, 0); bytes > mostBytes;) bytes -= spare.shift()!.length;
};

/** Memory for whole columns, each a `buffer` of its own, and how it goes back; nobody may look at it afterwards. */
export function borrowing() {
  let borrowed: Buffer[] = [];
  return {
    borrow: ((length) => {
      const buffer = take(length);
      borrowed.push(buffer);
      return buffer;
    }) satisfies Scratch,
    giveBack(): void {
      for (const buffer of borrowed) leave(buffer);
      borrowed = [];
    },
  };
}
