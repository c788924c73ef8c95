import { code, isSpace, JsonFault, skipSpace, skipValue } from './json-scan';
import { ValueCapture } from './value-capture';

export interface EnvelopeEvents {
  /** A member of the answer other than its rows, e.g. the schema; `json` is one whole, checked JSON value. */
  readonly onMember: (name: string, json: Buffer) => void;
  /** One element of `results`; its own grammar is still to be checked by its reader. Valid during the call only. */
  readonly onRow: (row: Buffer) => void;
}

/** Rows beyond this are refused (Kusto allows 1 MB a string): the engine reads lines of at most 16 MB. */
const maxRowBytes = 12 * 1024 * 1024;

type Capturing = 'in-key' | 'in-value' | 'in-row';
type Between = 'start' | 'key-or-end' | 'key' | 'colon' | 'value' | 'after-value' | 'row-or-end' | 'row' | 'after-row' | 'end';

const fail = (): never => {
  throw new JsonFault('an unexpected character');
};

/** The next state after one significant byte between values; a capturing state takes the byte itself along. */
const next: Readonly<Record<Exclude<Between, 'value'>, (byte: number) => Between | Capturing>> = {
  start: (byte) => (byte === code.openObject ? 'key-or-end' : fail()),
  'key-or-end': (byte) => (byte === code.closeObject ? 'end' : next.key(byte)),
  key: (byte) => (byte === code.quote ? 'in-key' : fail()),
  colon: (byte) => (byte === code.colon ? 'value' : fail()),
  'after-value': (byte) => (byte === code.comma ? 'key' : byte === code.closeObject ? 'end' : fail()),
  'row-or-end': (byte) => (byte === code.closeArray ? 'after-value' : 'in-row'),
  row: (byte) => (byte === code.closeArray ? fail() : 'in-row'),
  'after-row': (byte) => (byte === code.comma ? 'row' : byte === code.closeArray ? 'after-value' : fail()),
  end: fail,
};

const isCapturing = (state: Between | Capturing): state is Capturing => state === 'in-key' || state === 'in-value' || state === 'in-row';

const checked = (json: Buffer): Buffer => {
  if (skipSpace(json, skipValue(json, 0)) !== json.length) throw new JsonFault('a broken value');
  return json;
};

/**
 * Splits the body of a hunting answer while it arrives: members of the one object, and `results` (in any case) element by
 * element. Throws JsonFault on anything that is not one whole JSON object; `end` tells a body that stopped early.
 * A class because it owns the piece of the body that is not yet whole.
 */
export class EnvelopeSplitter {
  readonly #capture = new ValueCapture(maxRowBytes);
  #state: Between | Capturing = 'start';
  #name = '';
  #sawResults = false;

  constructor(readonly events: EnvelopeEvents) {}

  push(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length) {
      if (isCapturing(this.#state)) {
        const after = this.#capture.feed(chunk, position);
        if (after === -1) return;
        this.#handOut(this.#state, this.#capture.take());
        position = after;
        continue;
      }
      const byte = chunk[position]!;
      if (!isSpace(byte)) this.#state = this.#state === 'value' ? this.#beginValue(byte) : next[this.#state](byte);
      if (!isCapturing(this.#state)) position += 1;
    }
  }

  /** To be called after the last chunk: throws when the body stopped early or held no `results`. */
  end(): void {
    if (this.#state !== 'end') throw new JsonFault('the end before its time');
    if (!this.#sawResults) throw new JsonFault('an answer without results');
  }

  #handOut(state: Capturing, value: Buffer): void {
    if (state === 'in-key') {
      this.#name = JSON.parse(checked(value).toString('utf8')) as string;
      this.#state = 'colon';
    } else if (state === 'in-row') {
      this.#state = 'after-row';
      this.events.onRow(value);
    } else {
      this.#state = 'after-value';
      this.events.onMember(this.#name, checked(value));
    }
  }

  #beginValue(byte: number): 'in-value' | 'row-or-end' {
    if (this.#name.toLowerCase() !== 'results') return 'in-value';
    if (this.#sawResults) throw new JsonFault('results twice');
    if (byte !== code.openArray) throw new JsonFault('results that are not a list');
    this.#sawResults = true;
    return 'row-or-end';
  }
}
