import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import { constantOf, sqlString } from '../translate/literal';
import { constantNumber, constantString, textOf } from './coerce';
import { aliases, at, call, dynamicCall, gives, limited, macro, row, type Emit } from './define';
import type { FunctionRow } from './function-row';
import { unicodePattern } from './regex-pattern';

const concatenated = (parts: readonly string[]): string => (parts.length === 0 ? `''` : `(${parts.join(' || ')})`);

const delimited: Emit = (args) => {
  const delimiter = textOf(at(args, 0));
  return concatenated(args.slice(1).flatMap((arg, index) => (index === 0 ? [textOf(arg)] : [delimiter, textOf(arg)])));
};

/** More copies than this would be a denial of service rather than a query; Kusto has the same bound. */
const maxCopies = 1024;

/** The texts of a list with a delimiter between them, which DuckDB's own function takes only as a constant. */
function joined(items: string, delimiter: Expression, context: EmitContext): string {
  if (delimiter.constant) return `array_to_string(${items}, ${textOf(delimiter)})`;
  return context.once(
    items,
    (list) => `(CASE WHEN len(${list}) = 0 THEN '' ELSE list_reduce(${list}, lambda _a, _b: _a || ${textOf(delimiter)} || _b) END)`,
  );
}

const strrep: Emit = (args, context) => {
  const text = textOf(at(args, 0));
  const count = `least(greatest(${at(args, 1).sql}, 0), ${maxCopies})`;
  if (args.length < 3) return `repeat(${text}, ${count})`;
  return joined(`list_transform(range(${count}), lambda _i: ${text})`, at(args, 2), context);
};

const substring: Emit = (args, context) => {
  const text = textOf(at(args, 0));
  const [start, length] = [constantNumber(args[1]), constantNumber(args[2])];
  if (start !== undefined && start >= 0) {
    if (args.length < 3) return `substr(${text}, ${start + 1})`;
    if (length !== undefined) return length <= 0 ? `''` : `substr(${text}, ${start + 1}, ${length})`;
  }
  return macro(args.length < 3 ? 'kql_substring_from' : 'kql_substring', 'string', 'long', 'long')(args, context);
};

/** Every needle of one character and most longer ones cannot overlap themselves: cutting the text there counts them. */
const overlapsItself = (needle: string): boolean => [...needle].some((_, length) => length > 0 && needle.startsWith(needle.slice(-length)));

const countof: Emit = (args, context) => {
  const text = textOf(at(args, 0));
  const kind = (constantString(args[2]) ?? 'normal').toLowerCase();
  const needle = constantString(context.settle(at(args, 1)));
  if (kind === 'regex') return `CAST(len(regexp_extract_all(${text}, ${sqlString(unicodePattern(needle ?? ''))})) AS BIGINT)`;
  if (needle === '') return '0::BIGINT';
  if (needle !== undefined && !overlapsItself(needle)) return `CAST(len(string_split(${text}, ${sqlString(needle)})) - 1 AS BIGINT)`;
  return `kql_js_countof(${text}, ${textOf(at(args, 1))})`;
};

const indexof: Emit = (args, context) => {
  const [text, needle] = [textOf(at(args, 0)), textOf(at(args, 1))];
  if (args.length > 2) {
    const rest = [2, 3, 4].map((index) => args[index]?.sql ?? (index === 2 ? '0' : index === 3 ? '-1' : '1'));
    return `kql_js_indexof(${text}, ${needle}, ${rest.join(', ')})`;
  }
  const known = constantString(args[1]);
  if (known === '') return constantOf(null, 'long');
  const position = (sought: string): string => `CAST(strpos(${text}, ${sought}) - 1 AS BIGINT)`;
  return known === undefined ? context.once(needle, (name) => `(CASE WHEN ${name} <> '' THEN ${position(name)} END)`) : position(needle);
};

const split: Emit = (args) => {
  const [text, separator] = [textOf(at(args, 0)), textOf(at(args, 1))];
  const parts = `string_split(${text}, ${separator})`;
  const cut = constantString(args[1]) ? { split: { text, separator } } : {};
  if (args.length < 3) return { sql: `to_json(${parts})`, type: 'dynamic', items: parts, ...cut };
  const index = `greatest(${at(args, 2).sql}, -1)`;
  return `to_json(list_slice(${parts}, ${index} + 1, ${index} + 1))`;
};

const strcatArray: Emit = (args, context) => {
  const items = `list_transform(CAST(json_extract_string(${at(args, 0).sql}, '$[*]') AS VARCHAR[]), lambda _e: coalesce(_e, ''))`;
  return `coalesce(${joined(items, at(args, 1), context)}, '')`;
};

const joinedLists = (args: readonly Expression[]): string => `CAST(json_array(${args.map((arg) => arg.sql).join(', ')}) AS VARCHAR)`;

const empty: Emit = (args, context) => emptiness(at(args, 0), context, false);
const notEmpty: Emit = (args, context) => emptiness(at(args, 0), context, true);

function emptiness(arg: Expression, _context: EmitContext, negated: boolean): string {
  if (arg.type === 'string' || arg.type === 'dynamic') return `(${textOf(arg)} ${negated ? '<>' : '='} '')`;
  return `(${arg.sql} IS ${negated ? 'NOT ' : ''}NULL)`;
}

const utf16 = limited('Letters whose capital form has another length (ß) keep their form, as the engine does.');

/** Functions over text: positions and lengths count code points, and no result is ever null. */
export const stringFunctions: readonly FunctionRow[] = [
  row('strcat', 'R-45', (args) => concatenated(args.map(textOf))),
  row('strcat_delim', 'R-45', delimited),
  ...aliases(row('strcat_array', 'R-45', strcatArray), 'array_strcat'),
  row('strcmp', 'R-45', macro('kql_strcmp', 'string'), { returns: gives('long') }),
  row('strrep', 'R-45', strrep),
  row('strlen', 'R-45', (args) => `length(${textOf(at(args, 0))})`, { returns: gives('long') }),
  row('string_size', 'R-45', (args) => `strlen(${textOf(at(args, 0))})`, { returns: gives('long') }),
  row('toupper', 'R-45', (args) => `replace(upper(${textOf(at(args, 0))}), 'ẞ', 'ß')`, { support: utf16 }),
  row('tolower', 'R-45', (args) => `lower(${textOf(at(args, 0))})`),
  row('substring', 'R-45', substring),
  row('indexof', 'R-45', indexof, { returns: gives('long') }),
  row('has_any_index', 'R-46', (args) => `kql_js_has_any_index(${textOf(at(args, 0))}, CAST(${at(args, 1).sql} AS VARCHAR))`, {
    returns: gives('long'),
  }),
  row('reverse', 'R-45', (args) => `reverse(${textOf(at(args, 0))})`),
  row('split', 'R-45', split),
  row('replace_string', 'R-45', call('replace', 'string')),
  row('replace_strings', 'R-45', call('kql_js_replace_strings', 'string', 'string', 'string')),
  row('countof', 'R-45', countof, { returns: gives('long') }),
  row('translate', 'R-45', call('kql_js_translate', 'string')),
  row('isempty', 'R-40', empty),
  ...aliases(row('isnotempty', 'R-40', notEmpty), 'notempty'),
  row('isascii', 'R-45', (args, context) => context.once(textOf(at(args, 0)), (text) => `(strlen(${text}) = length(${text}))`)),
  row('isutf8', 'R-45', () => constantOf(true, 'bool')),
  ...aliases(row('unicode_codepoints_from_string', 'R-45', dynamicCall('kql_js_code_points', 'string')), 'to_utf8'),
  ...aliases(
    row('unicode_codepoints_to_string', 'R-45', (args) => `kql_js_text_of_code_points(${joinedLists(args)})`),
    'make_string',
  ),
  row('url_encode', 'R-53', call('kql_js_url_encode', 'string')),
  row('url_encode_component', 'R-53', call('kql_js_url_encode_component', 'string')),
  row('url_decode', 'R-53', call('kql_js_url_decode', 'string')),
];
