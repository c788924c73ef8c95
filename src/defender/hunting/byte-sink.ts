/** Below this, a loop is quicker than the call that copies. */
const shortRun = 48;

/** A growing run of bytes that is handed on and begun again; keeps its space, so a long answer allocates little. */
export class ByteSink {
  #bytes = Buffer.allocUnsafe(512 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #ensure(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#ensure(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  copy(from: Buffer, start: number, end: number): void {
    this.#ensure(end - start);
    if (end - start > shortRun) from.copy(this.#bytes, this.#length, start, end);
    else for (let at = start, to = this.#length; at < end; at += 1, to += 1) this.#bytes[to] = from[at]!;
    this.#length += end - start;
  }

  text(value: string): void {
    this.#ensure(value.length * 3);
    this.#length += this.#bytes.write(value, this.#length, 'utf8');
  }

  /** A copy of what is held; the sink is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }
}
