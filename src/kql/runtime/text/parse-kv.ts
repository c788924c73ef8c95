import type { RuntimeFunction } from '../runtime-function';
import { strict } from '../runtime-function';

interface Settings {
  readonly pair: string;
  readonly keyValue: string;
  /** One or two characters each: what opens a quoted text, and what closes it. */
  readonly quotes: readonly string[];
  readonly escapes: readonly string[];
  readonly greedy: boolean;
  readonly keys: readonly string[];
}

/** A part of the text: what it says, and where it ends. */
interface Part {
  readonly value: string;
  readonly end: number;
}

const isSpace = (text: string, at: number): boolean => /\s/.test(text[at] ?? 'x');

/** Past the spaces, but not past a delimiter that is one itself. */
function skipSpace(text: string, from: number, pair: string): number {
  let at = from;
  while (isSpace(text, at) && (pair === ' ' || pair === '' || !text.startsWith(pair, at))) at += 1;
  return at;
}

/** A text in quotes, from its opening quote on; undefined when none opens here or it never closes. */
function quoted(text: string, from: number, { quotes, escapes }: Settings): Part | undefined {
  const quote = quotes.find((candidate) => candidate !== '' && text.startsWith(candidate[0] as string, from));
  if (quote === undefined) return undefined;
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (escapes.includes(text[at] as string) && at + 1 < text.length) {
      at += 1;
      value += text[at];
    } else if (text[at] === (quote[1] ?? quote[0])) return { value, end: at + 1 };
    else value += text[at];
  }
  return undefined;
}

/** A name in quotes before a separator, and where the separator ends; only the end of the quoted text when no separator follows. */
function quotedKey(text: string, at: number, settings: Settings): { key?: string; end: number } | undefined {
  const name = quoted(text, at, settings);
  if (!name) return undefined;
  const end = skipSpace(text, name.end, settings.pair);
  return text.startsWith(settings.keyValue, end) ? { key: name.value, end: end + settings.keyValue.length } : { end: name.end };
}

/** Whether a key may begin here: after a pair, or after a space where spaces end pairs. */
const beginsWord = (text: string, at: number, pair: string): boolean => pair === ' ' && !isSpace(text, at) && isSpace(text, at - 1);

/** The next key and where its value begins: what stands before the separator since the last pair ended. */
function nextKey(text: string, from: number, settings: Settings): Part | undefined {
  const { pair, keyValue } = settings;
  let start = from;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith(keyValue, at)) return { value: text.slice(start, at).trim(), end: at + keyValue.length };
    if (at > from && beginsWord(text, at, pair)) start = at;
    const name = at === skipSpace(text, start, pair) ? quotedKey(text, at, settings) : undefined;
    if (name?.key !== undefined) return { value: name.key, end: name.end };
    if (name) at = name.end - 1;
    else if (pair !== ' ' && text.startsWith(pair, at)) {
      start = at + pair.length;
      at = start - 1;
    }
  }
  return undefined;
}

/** Where the value that begins at `from` ends: at the next pair, or, when greedy, before the key of the next pair. */
function valueEnd(text: string, from: number, { pair, keyValue, greedy }: Settings): number {
  if (!greedy) {
    const end = text.indexOf(pair, from);
    return end < 0 ? text.length : end;
  }
  const next = text.indexOf(keyValue, from);
  if (next < 0) return text.length;
  const end = text.lastIndexOf(pair, next);
  return end < from ? text.length : end;
}

/** The pairs of a text; the first value of a key counts. */
function pairsOf(text: string, settings: Settings): Record<string, string> {
  const found = Object.create(null) as Record<string, string>;
  for (let at = 0; at < text.length;) {
    const key = nextKey(text, at, settings);
    if (!key) break;
    const start = settings.pair.trim() === '' || settings.quotes.length > 0 ? skipSpace(text, key.end, settings.pair) : key.end;
    const inQuotes = quoted(text, start, settings);
    const end = inQuotes?.end ?? valueEnd(text, start, settings);
    if (!(key.value in found)) found[key.value] = inQuotes?.value ?? text.slice(start, end).trim();
    at = text.startsWith(settings.pair, end) ? end + settings.pair.length : Math.max(end, at + 1);
  }
  return found;
}

const word = /[\p{L}\p{N}]+/uy;

/** The next quoted text or run of letters and digits. */
function nextWord(text: string, from: number, settings: Settings): Part | undefined {
  for (let at = from; at < text.length; at += 1) {
    const inQuotes = quoted(text, at, settings);
    if (inQuotes) return inQuotes;
    word.lastIndex = at;
    const [value] = word.exec(text) ?? [];
    if (value !== undefined) return { value, end: at + value.length };
  }
  return undefined;
}

/** Without delimiters a value is the word after a listed key. */
function wordsOf(text: string, settings: Settings): Record<string, string> {
  const found = Object.create(null) as Record<string, string>;
  for (let part = nextWord(text, 0, settings); part; part = nextWord(text, part.end, settings)) {
    if (!settings.keys.includes(part.value) || part.value in found) continue;
    const value = nextWord(text, part.end, settings);
    if (!value) break;
    found[part.value] = value.value;
    part = value;
  }
  return found;
}

/** The key-value pairs of a text as a JSON object, for the operator parse-kv; `settings` is a JSON of the delimiters and keys. */
export const keyValueFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_parse_kv', { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (text, settings) => {
    const read = JSON.parse(settings) as Settings;
    return JSON.stringify(read.pair === '' && read.keyValue === '' ? wordsOf(text, read) : pairsOf(text, read));
  }),
];
