/** A JSON number kept as it was written: 64-bit integers and `5.0` survive. */
export interface JsonNumber {
  readonly raw: string;
}

/** A property bag; a Map keeps the order of keys, also of keys that look like numbers. */
export type JsonBag = ReadonlyMap<string, JsonValue>;

export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonBag;

/** Deeper nesting is not JSON that a log ever holds; it guards the stack. */
const maxDepth = 200;

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): JsonValue | undefined {
    const value = this.value(0);
    this.space();
    return value !== undefined && this.at === this.text.length ? value : undefined;
  }

  private space(): void {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text.charAt(this.at))) this.at += 1;
  }

  private take(token: string): boolean {
    this.space();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private value(depth: number): JsonValue | undefined {
    if (depth > maxDepth) return undefined;
    this.space();
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.bag(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.take('true') ? true : undefined;
      case 'f':
        return this.take('false') ? false : undefined;
      case 'n':
        return this.take('null') ? null : undefined;
      default:
        return this.number();
    }
  }

  private number(): JsonNumber | undefined {
    const raw = this.match(numberPattern);
    return raw === undefined ? undefined : { raw };
  }

  private string(): string | undefined {
    const raw = this.match(stringPattern);
    return raw === undefined ? undefined : (JSON.parse(raw) as string);
  }

  private array(depth: number): readonly JsonValue[] | undefined {
    this.at += 1;
    const items: JsonValue[] = [];
    if (this.take(']')) return items;
    do {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.take(','));
    return this.take(']') ? items : undefined;
  }

  private bag(depth: number): JsonBag | undefined {
    this.at += 1;
    const bag = new Map<string, JsonValue>();
    if (this.take('}')) return bag;
    do {
      this.space();
      const key = this.string();
      if (key === undefined || !this.take(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      bag.set(key, value);
    } while (this.take(','));
    return this.take('}') ? bag : undefined;
  }
}

/** Reads JSON text without losing digits; undefined when the text is not JSON. */
export function readJson(text: string): JsonValue | undefined {
  return new JsonReader(text).document();
}

/** Reads a text that is known to be JSON; what is not counts as null. */
export function knownJson(text: string | null): JsonValue {
  return text === null ? null : (readJson(text) ?? null);
}

export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isBag(value: JsonValue): value is JsonBag {
  return value instanceof Map;
}

export function isNumber(value: JsonValue): value is JsonNumber {
  return typeof value === 'object' && value !== null && 'raw' in value;
}

/** The text of a value, without white space. */
export function writeJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (isBag(value)) return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(',')}}`;
  return value.raw;
}

/** A JavaScript number as JSON; what JSON cannot write becomes the text that Kusto shows. */
export function jsonReal(value: number): JsonValue {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const raw = Object.is(value, -0) ? '-0' : String(value);
  return { raw: /^-?\d+$/.test(raw) ? `${raw}.0` : raw };
}

export function jsonInteger(value: number | bigint): JsonNumber {
  return { raw: String(value) };
}

const specialReals: Readonly<Record<string, number>> = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };

/** A value as a number: numbers, and the texts that stand for what JSON cannot write. undefined for everything else. */
export function realOf(value: JsonValue): number | undefined {
  if (isNumber(value)) return Number(value.raw);
  return typeof value === 'string' ? specialReals[value] : undefined;
}

/** The text of a value as tostring() gives it: a string bare, null as nothing. */
export function plainText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : writeJson(value);
}

/** A key under which equal values meet: numbers by value, bags regardless of the order of keys. */
export function identityOf(value: JsonValue): string {
  if (isNumber(value)) return /^-?\d{1,19}$/.test(value.raw) ? String(BigInt(value.raw)) : String(Number(value.raw));
  if (isArray(value)) return `[${value.map(identityOf).join(',')}]`;
  if (isBag(value)) {
    const entries = [...value].map(([key, item]) => `${JSON.stringify(key)}:${identityOf(item)}`);
    return `{${entries.sort().join(',')}}`;
  }
  return JSON.stringify(value);
}
