import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import { sqlString } from '../translate/literal';
import { castTo, constantNumber, textOf } from './coerce';
import { aliases, at, gives, limited, row, settledText, type Emit } from './define';
import type { FunctionRow } from './function-row';
import { patternProblem, unicodePattern } from './regex-pattern';

/**
 * The names of the capturing groups in their order, '' for one without a name: every opening parenthesis that is neither escaped, nor in a
 * class, nor `(?:` and its like.
 */
export function groupNames(pattern: string): readonly string[] {
  const bare = pattern.replace(/\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]/g, '');
  return [...bare.matchAll(/\((?!\?)|\(\?P?<(?![=!])([^>]*)>/g)].map(([, name]) => name ?? '');
}

/** The constant pattern of a call as RE2 reads it; one that cannot be compiled is refused here, not while the query runs. */
function settledPattern(args: readonly Expression[], index: number, context: EmitContext): string {
  const pattern = settledText(args, index, context);
  const problem = patternProblem(pattern);
  return problem === undefined ? unicodePattern(pattern) : context.refuse(`The regular expression '${pattern}' is not valid: ${problem}.`);
}

/** How many groups a pattern captures. */
const groupCount = (pattern: string): number => groupNames(pattern).length;

const extract: Emit = (args, context) => {
  const pattern = settledPattern(args, 0, context);
  const group = constantNumber(context.settle(at(args, 1))) ?? 0;
  const text = group > groupCount(pattern) || group < 0 ? `''` : `regexp_extract(${textOf(at(args, 2))}, ${sqlString(pattern)}, ${group})`;
  return args.length < 4 ? text : castTo({ sql: text, type: 'string' }, context.bound);
};

function wantedGroups(args: readonly Expression[], pattern: string, context: EmitContext): readonly number[] {
  const count = groupCount(pattern);
  if (args.length < 3) return Array.from({ length: count }, (_, index) => index + 1);
  const list = context.settle(at(args, 1)).list;
  if (!list) return context.refuse('extract_all() needs its capture groups as a constant array.');
  const names = groupNames(pattern);
  const groups = list.map(({ value }) => (typeof value === 'string' ? names.indexOf(value) + 1 : Number(value)));
  return groups.filter((group) => group >= 0 && group <= count);
}

const extractAll: Emit = (args, context) => {
  const pattern = settledPattern(args, 0, context);
  const groups = wantedGroups(args, pattern, context);
  const text = textOf(at(args, args.length - 1));
  const matches = (group: number): string =>
    `list_transform(regexp_extract_all(${text}, ${sqlString(pattern)}, ${group}), lambda _m: coalesce(_m, ''))`;
  const [only] = groups;
  if (groups.length < 2) return `nullif(to_json(${matches(only ?? 0)}), '[]'::JSON)`;
  return context.onceAll(groups.map(matches), (names) => {
    const tuple = names.map((name) => `${name}[_i]`).join(', ');
    return `nullif(to_json(list_transform(range(1, len(${names[0]}) + 1), lambda _i: [${tuple}])), '[]'::JSON)`;
  });
};

/** Backslashes of an unknown escape stand for themselves in Kusto's rewrites; RE2 knows \0 to \9 and \\. */
const replaced = (text: string, pattern: string, rewrite: Expression): string =>
  `regexp_replace(${text}, ${sqlString(pattern)}, ${textOf(rewrite)}, 'g')`;

const replaceRegex: Emit = (args, context) => replaced(textOf(at(args, 0)), settledPattern(args, 1, context), at(args, 2));
const replace: Emit = (args, context) => replaced(textOf(at(args, 2)), settledPattern(args, 0, context), at(args, 1));

const trimmed = (text: string, pattern: string, ends: readonly ('start' | 'end')[]): string =>
  ends.reduce((sql, end) => `regexp_replace(${sql}, ${sqlString(end === 'start' ? `^(?:${pattern})` : `(?:${pattern})$`)}, '')`, text);

const trimmer =
  (...ends: readonly ('start' | 'end')[]): Emit =>
  (args, context) =>
    trimmed(textOf(at(args, 1)), settledPattern(args, 0, context), ends);

const regexQuote: Emit = (args) => String.raw`regexp_replace(${textOf(at(args, 0))}, '([-\\^$.|?*+()\[\]{}# ])', '\\\1', 'g')`;

/**
 * What stands before the n-th match, found lazily, is as long as the match's position. Matches do not overlap; their beginnings lie in
 * the window.
 */
const indexofRegex: Emit = (args, context) => {
  const pattern = settledPattern(args, 1, context);
  const [start, length, occurrence] = [constantNumber(args[2]) ?? 0, constantNumber(args[3]) ?? -1, constantNumber(args[4]) ?? 1];
  if (start < 0 || occurrence < 1)
    return context.refuse('indexof_regex() needs a constant start of at least 0 and an occurrence of at least 1.');
  const sought = sqlString(`(?s)^((?:.*?(?:${pattern})){${occurrence - 1}}.*?)(?:${pattern})`);
  return context.once(`substr(${textOf(at(args, 0))}, ${start + 1})`, (text) => {
    const before = `length(regexp_extract(${text}, ${sought}, 1))`;
    const inside = length < 0 ? '' : ` AND ${before} < ${length}`;
    return `(CASE WHEN regexp_matches(${text}, ${sought})${inside} THEN ${start} + ${before} ELSE -1 END)`;
  });
};

const constantPattern = limited('The regular expression must be a constant (a literal, or a value that a helper query can give).');

/** Functions over regular expressions (R-47): RE2 on both sides. A pattern is a constant, so that it is compiled once. */
export const regexFunctions: readonly FunctionRow[] = [
  row('extract', 'R-47', extract, { support: constantPattern, returns: (args, bound) => (args.length < 4 ? 'string' : bound) }),
  ...aliases(row('extract_all', 'R-47', extractAll, { support: constantPattern, returns: gives('dynamic') }), 'extractall'),
  row('replace_regex', 'R-47', replaceRegex, { support: constantPattern }),
  row('replace', 'R-47', replace, { support: constantPattern }),
  row('trim', 'R-47', trimmer('start', 'end'), { support: constantPattern }),
  row('trim_start', 'R-47', trimmer('start'), { support: constantPattern }),
  row('trim_end', 'R-47', trimmer('end'), { support: constantPattern }),
  row('regex_quote', 'R-47', regexQuote),
  row('indexof_regex', 'R-47', indexofRegex, { support: constantPattern, returns: gives('long') }),
];
