import { code, isSpace, JsonFault } from './json-scan';

/**
 * Gathers one JSON value that may be spread over many chunks. Only its end is found here (brackets and quotes); its grammar is
 * checked when it is read whole. A class because it owns the bytes it holds.
 */
export class ValueCapture {
  #pieces: Buffer[] = [];
  #held = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #kind: 'none' | 'nested' | 'string' | 'plain' = 'none';

  constructor(readonly maxBytes: number) {}

  /** Takes bytes of the value from `at`; returns the index after the value, or -1 when it goes on in the next chunk. */
  feed(chunk: Buffer, at: number): number {
    const fresh = this.#kind === 'none';
    if (fresh) this.#begin(chunk[at]!);
    const end = this.#findEnd(chunk, at, fresh);
    this.#keep(chunk, at, end === -1 ? chunk.length : end);
    return end;
  }

  /** The whole value, once `feed` answered with an index. */
  take(): Buffer {
    const value = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    this.#kind = 'none';
    return value;
  }

  #begin(byte: number): void {
    this.#kind = byte === code.openObject || byte === code.openArray ? 'nested' : byte === code.quote ? 'string' : 'plain';
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    this.#held += end - start;
    if (this.#held > this.maxBytes) throw new JsonFault('one value beyond the size that we take');
    if (end > start) this.#pieces.push(chunk.subarray(start, end));
  }

  #findEnd(chunk: Buffer, at: number, fresh: boolean): number {
    if (this.#kind === 'nested') return this.#endOfNested(chunk, at);
    if (this.#kind === 'plain') return endOfPlain(chunk, at);
    this.#inString = true;
    const end = this.#passString(chunk, fresh ? at + 1 : at);
    return this.#inString ? -1 : end;
  }

  /** Inside a string: the index after the closing quote, or the end of the chunk. */
  #passString(chunk: Buffer, at: number): number {
    let escaped = this.#escaped;
    let position = at;
    for (; position < chunk.length; position += 1) {
      const byte = chunk[position]!;
      if (escaped) escaped = false;
      else if (byte === code.backslash) escaped = true;
      else if (byte === code.quote) {
        this.#inString = false;
        position += 1;
        break;
      }
    }
    this.#escaped = escaped;
    return position;
  }

  #endOfNested(chunk: Buffer, at: number): number {
    let position = at;
    while (position < chunk.length) {
      if (this.#inString) {
        position = this.#passString(chunk, position);
        continue;
      }
      const byte = chunk[position]!;
      position += 1;
      if (byte === code.quote) this.#inString = true;
      else if (byte === code.openObject || byte === code.openArray) this.#depth += 1;
      else if (byte === code.closeObject || byte === code.closeArray) this.#depth -= 1;
      if (this.#depth === 0) return position;
    }
    return -1;
  }
}

const endOfPlain = (chunk: Buffer, at: number): number => {
  for (let position = at; position < chunk.length; position += 1) {
    const byte = chunk[position]!;
    if (byte === code.comma || byte === code.closeArray || byte === code.closeObject || isSpace(byte)) return position;
  }
  return -1;
};
