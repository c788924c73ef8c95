import type { RuntimeFunction } from '../runtime-function';
import { strict } from '../runtime-function';

interface Delimiters {
  readonly pair: string;
  readonly keyValue: string;
  readonly open: string;
  readonly close: string;
  readonly escape: string;
  readonly greedy: boolean;
}

/** A value in quotes, from its opening quote on; undefined when none opens here. */
function quoted(text: string, from: number, { open, close, escape }: Delimiters): { value: string; end: number } | undefined {
  if (open === '' || !text.startsWith(open, from)) return undefined;
  let value = '';
  for (let at = from + open.length; at < text.length; at += 1) {
    if (escape !== '' && text.startsWith(escape, at) && at + escape.length < text.length) {
      at += escape.length;
      value += text[at];
    } else if (text.startsWith(close, at)) return { value, end: at + close.length };
    else value += text[at];
  }
  return undefined;
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
};

/** Where the value that begins at `from` ends: at the next pair, or, when greedy, before the key of the next pair. */
function valueEnd(text: string, from: number, { pair, keyValue, greedy }: Delimiters): number {
  if (!greedy) {
    const end = text.indexOf(pair, from);
    return end < 0 ? text.length : end;
  }
  const next = text.indexOf(keyValue, from);
  if (next < 0) return text.length;
  const end = text.lastIndexOf(pair, next);
  return end < from ? text.length : end;
}

/** The key before a separator: after the last pair delimiter, and the last word of it where pairs are parted by spaces. */
function keyOf(head: string, { pair }: Delimiters): string {
  if (pair === ' ') return head.trim().split(/\s+/).at(-1) ?? '';
  const at = pair.trim() === '' ? -1 : head.lastIndexOf(pair);
  return head.slice(at < 0 ? 0 : at + pair.length).trim();
}

/** The pairs of a text; the first value of a key counts. */
function pairsOf(text: string, delimiters: Delimiters): Record<string, string> {
  const { pair, keyValue, open } = delimiters;
  const found = Object.create(null) as Record<string, string>;
  for (let at = 0; at < text.length;) {
    const separator = text.indexOf(keyValue, at);
    if (separator < 0) break;
    const key = keyOf(text.slice(at, separator), delimiters);
    const after = separator + keyValue.length;
    const start = pair.trim() === '' || open !== '' ? skipSpace(text, after) : after;
    const inQuotes = quoted(text, start, delimiters);
    const end = inQuotes?.end ?? valueEnd(text, start, delimiters);
    if (!(key in found)) found[key] = inQuotes?.value ?? text.slice(start, end).trim();
    at = text.startsWith(pair, end) ? end + pair.length : Math.max(end, at + 1);
  }
  return found;
}

/** The key-value pairs of a text as a JSON object, for the operator parse-kv; `settings` is a JSON of the delimiters. */
export const keyValueFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_parse_kv', { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (text, settings) => {
    const { pair, keyValue, quote, escape, greedy } = JSON.parse(settings) as Record<string, string>;
    const [open = '', close = open] = [...(quote ?? '')];
    return JSON.stringify(
      pairsOf(text, { pair: pair || ' ', keyValue: keyValue || '=', open, close, escape: escape ?? '', greedy: greedy === 'true' }),
    );
  }),
];
