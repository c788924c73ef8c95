import { unicodePattern } from '../../functions/regex-pattern';
import { lenient, strict, type RuntimeFunction } from '../runtime-function';
import { isArray, jsonInteger, knownJson, plainText, writeJson } from '../json/exact-json';

/** Code points of a text; a text without surrogates is its own array of code points. */
const codePoints = (text: string): readonly string[] | string => (/[\ud800-\udfff]/.test(text) ? [...text] : text);

const joined = (points: readonly string[] | string, from: number, to: number): string =>
  typeof points === 'string' ? points.slice(from, to) : points.slice(from, to).join('');

/**
 * Where a needle begins for the n-th time, in code points; -1 when it does not. Only beginnings inside the window count, the needle may
 * reach beyond it; occurrences may overlap.
 */
export function indexOf(text: string, needle: string, window: { start: number; length: number; occurrence: number }): number | null {
  if (needle === '' || window.occurrence < 1) return null;
  const points = codePoints(text);
  const size = points.length;
  const start = window.start < 0 ? Math.max(size + window.start, 0) : window.start;
  const end = window.length < 0 ? size : start + window.length;
  let at = joined(points, 0, start).length - 1;
  let place = -1;
  for (let found = 0; found < window.occurrence; found += 1) {
    at = text.indexOf(needle, at + 1);
    place = at < 0 ? -1 : codePoints(text.slice(0, at)).length;
    if (at < 0 || place >= end) return -1;
  }
  return place;
}

/** How often a needle occurs; occurrences may overlap. */
export function countOf(text: string, needle: string): number {
  if (needle === '') return 0;
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) count += 1;
  return count;
}

const alphanumeric = /[\p{L}\p{N}]/u;
const pointBefore = (text: string, at: number): string => [...text.slice(Math.max(at - 2, 0), at)].at(-1) ?? '';
const pointAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 32);

/** Whether a text has a needle as a term. The mode holds s and e for a border at the start and the end, c for case-sensitive. */
export function hasTerm(text: string, needle: string, mode: string): boolean {
  if (needle === '') return true;
  const [haystack, sought] = mode.includes('c') ? [text, needle] : [text.toLowerCase(), needle.toLowerCase()];
  const left = mode.includes('s') && alphanumeric.test(pointAt(sought, 0));
  const right = mode.includes('e') && alphanumeric.test(pointBefore(sought, sought.length));
  for (let at = haystack.indexOf(sought); at >= 0; at = haystack.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    const begins = !left || at === 0 || !alphanumeric.test(pointBefore(haystack, at));
    const ends = !right || end === haystack.length || !alphanumeric.test(pointAt(haystack, end));
    if (begins && ends) return true;
  }
  return false;
}

const lists = new Map<string, readonly string[]>();

/** The texts of a dynamic array. The same few arrays come again for every row, so the last ones are kept. */
function listOf(json: string): readonly string[] {
  const known = lists.get(json);
  if (known) return known;
  const value = knownJson(json);
  const list = isArray(value) ? value.map(plainText) : value === null ? [] : [plainText(value)];
  if (lists.size > 50) lists.clear();
  lists.set(json, list);
  return list;
}

/** The position in a list of the first text that the source has as a term; -1 when it has none. */
function hasAnyIndex(source: string, list: string): bigint {
  return BigInt(listOf(list).findIndex((needle) => hasTerm(source, needle, 'se')));
}

const escapedRegex = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);

/** Replaces all lookups in one pass from left to right; what has no text as its replacement stays. */
function replaceStrings(text: string, lookups: string, rewrites: string): string {
  const sought = listOf(lookups);
  const replacements = knownJson(rewrites);
  const pattern = sought
    .filter((lookup) => lookup !== '')
    .map(escapedRegex)
    .join('|');
  if (pattern === '' || !isArray(replacements)) return text;
  return text.replace(new RegExp(pattern, 'g'), (found) => {
    const replacement = replacements[sought.indexOf(found)];
    return typeof replacement === 'string' ? replacement : found;
  });
}

/** Replaces each character of the search list by its partner; the last replacement stands for those that have none. */
function translate(search: string, replacement: string, source: string): string {
  const partners = [...replacement];
  const table = new Map<string, string>();
  [...search].forEach((character, index) => {
    if (!table.has(character)) table.set(character, partners[Math.min(index, partners.length - 1)] ?? '');
  });
  return [...source].map((character) => table.get(character) ?? character).join('');
}

function codePointsOf(text: string): string {
  return writeJson([...text].map((character) => jsonInteger(character.codePointAt(0) ?? 0)));
}

/** The text of code points given as numbers and arrays of numbers. */
function textOfCodePoints(json: string): string {
  const value = knownJson(json);
  const flat = isArray(value) ? value.flatMap((item) => (isArray(item) ? [...item] : [item])) : [];
  const points = flat.map((item) => Number(plainText(item)));
  return points.map((point) => (Number.isInteger(point) && point >= 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '')).join('');
}

const text1 = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;
const text3 = { takes: ['VARCHAR', 'VARCHAR', 'VARCHAR'], gives: 'VARCHAR' } as const;

/** Searching and replacing that SQL's own functions do not do. */
export const searchFunctions: readonly RuntimeFunction[] = [
  strict(
    'kql_js_indexof',
    { takes: ['VARCHAR', 'VARCHAR', 'BIGINT', 'BIGINT', 'BIGINT'], gives: 'BIGINT' },
    (...[text, needle, start, length, occurrence]) => {
      const at = indexOf(text, needle, { start: Number(start), length: Number(length), occurrence: Number(occurrence) });
      return at === null ? null : BigInt(at);
    },
  ),
  strict('kql_js_countof', { takes: ['VARCHAR', 'VARCHAR'], gives: 'BIGINT' }, (text, needle) => BigInt(countOf(text, needle))),
  strict('kql_js_has', { takes: ['VARCHAR', 'VARCHAR', 'VARCHAR'], gives: 'BOOLEAN' }, hasTerm),
  lenient('kql_js_has_listed', { takes: ['VARCHAR', 'VARCHAR', 'BOOLEAN'], gives: 'BOOLEAN' }, (text, list, every) => {
    const needles = listOf(list ?? 'null');
    const has = (needle: string): boolean => hasTerm(text ?? '', needle, 'se');
    return every === true ? needles.every(has) : needles.some(has);
  }),
  strict('kql_js_has_any_index', { takes: ['VARCHAR', 'VARCHAR'], gives: 'BIGINT' }, hasAnyIndex),
  strict('kql_js_unicode_pattern', text1, unicodePattern),
  strict('kql_js_replace_strings', text3, replaceStrings),
  strict('kql_js_translate', text3, translate),
  strict('kql_js_code_points', text1, codePointsOf),
  strict('kql_js_text_of_code_points', text1, textOfCodePoints),
];
