import { strict, type RuntimeFunction } from '../runtime-function';
import { writeJson, type JsonValue } from '../json/exact-json';

const csvField = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r?\n|\r|$)/gy;

/** parse_csv(): the fields of the first record; quotes protect commas, line ends and doubled quotes. */
export function parseCsv(text: string): readonly string[] {
  const fields: string[] = [];
  for (const [, quoted, after = '', plain = '', end] of text.matchAll(csvField)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + after);
    if (end !== ',') break;
  }
  return fields;
}

/** The program of a Windows command line: up to the closing quote or the first blank, without any escapes. */
function programOf(line: string): { program: string; rest: string } {
  const end = line.startsWith('"') ? line.indexOf('"', 1) : line.search(/[ \t]/);
  const cut = end < 0 ? line.length : end;
  return line.startsWith('"')
    ? { program: line.slice(1, cut), rest: line.slice(cut + 1) }
    : { program: line.slice(0, cut), rest: line.slice(cut) };
}

/** Backslashes before a quote, a quote, blanks, or anything else: what CommandLineToArgvW tells apart. */
const piece = /(\\*)(")("?)|[ \t]+|\\+|[^\\" \t]+/g;

class ArgumentReader {
  readonly args: string[] = [];
  private current: string | undefined;
  private quoted = false;

  add(text: string): void {
    this.current = (this.current ?? '') + text;
  }

  /** Two backslashes are one, an odd one makes the quote a letter; a doubled quote inside quotes is one letter. */
  quote(slashes: number, doubled: boolean): void {
    this.add('\\'.repeat(slashes >> 1));
    if (slashes % 2 === 1) this.add('"');
    else if (this.quoted && doubled) return this.add('"');
    else this.quoted = !this.quoted;
    if (doubled) this.quote(0, false);
  }

  blank(text: string): void {
    if (this.quoted) this.add(text);
    else this.end();
  }

  end(): void {
    if (this.current !== undefined) this.args.push(this.current);
    this.current = undefined;
  }
}

/** parse_command_line(): the arguments as CommandLineToArgvW cuts them. Backslashes only matter before a quote. */
export function parseCommandLine(line: string): readonly string[] {
  const trimmed = line.trim();
  if (trimmed === '') return [];
  const { program, rest } = programOf(trimmed);
  const reader = new ArgumentReader();
  for (const [text, slashes, quote, second] of rest.matchAll(piece)) {
    if (quote !== undefined) reader.quote(slashes?.length ?? 0, second === '"');
    else if (/^[ \t]/.test(text)) reader.blank(text);
    else reader.add(text);
  }
  reader.end();
  return [program, ...reader.args];
}

/** parse_path(): the parts of a file path of Windows or Unix. */
export function parsePath(path: string): string {
  const [, scheme = '', afterScheme = ''] = /^(?:([A-Za-z][\w+.-]+):\/\/)?([\s\S]*)$/.exec(path) ?? [];
  const root = /^(?:\\\\\?\\)?([A-Za-z]:)/.exec(afterScheme)?.[1] ?? '';
  const last = Math.max(afterScheme.lastIndexOf('/'), afterScheme.lastIndexOf('\\'));
  const directory = last < 0 ? '' : afterScheme.slice(0, last);
  const [filename = '', stream = ''] = afterScheme.slice(last + 1).split(':', 2);
  const dot = filename.lastIndexOf('.');
  const parts: readonly (readonly [string, JsonValue])[] = [
    ['Scheme', scheme],
    ['RootPath', root],
    ['DirectoryPath', directory],
    ['DirectoryName', directory.split(/[\\/]/).at(-1) ?? ''],
    ['Filename', filename],
    ['Extension', dot < 0 ? '' : filename.slice(dot + 1)],
    ['AlternateDataStreamName', stream],
  ];
  return writeJson(new Map(parts));
}

const widths = 8;

/** parse_version(): up to four numbers of at most eight digits as one comparable number; null when the text is no version. */
export function parseVersion(version: string): string | null {
  if (!/^\d{1,8}(\.\d{1,8}){0,3}$/.test(version.trim())) return null;
  const parts = version.trim().split('.');
  return String(BigInt([0, 1, 2, 3].map((index) => (parts[index] ?? '').padStart(widths, '0')).join('')));
}

const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** format_bytes(): a size in a unit of 1024, the greatest that leaves at least one unless the caller names it. */
export function formatBytes(size: number, precision: number, unit: string): string {
  const wanted = units.findIndex((name) => name.toLowerCase() === unit.toLowerCase());
  const fitting = Math.abs(size) < 1 ? 0 : Math.min(Math.floor(Math.log2(Math.abs(size)) / 10), units.length - 1);
  const power = wanted >= 0 ? wanted : fitting;
  const digits = Math.min(Math.max(precision, 0), 20);
  return `${Number((size / 1024 ** power).toFixed(digits))} ${units[power] ?? ''}`;
}

const array = (values: readonly string[]): string => writeJson(values);
const text = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;

/** Texts that have a structure of their own. */
export const parsingFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_parse_csv', text, (value) => array(parseCsv(value))),
  strict('kql_js_parse_command_line', text, (value) => (value === '' ? null : array(parseCommandLine(value)))),
  strict('kql_js_parse_path', text, parsePath),
  strict('kql_js_parse_version', text, parseVersion),
  strict('kql_js_format_bytes', { takes: ['DOUBLE', 'BIGINT', 'VARCHAR'], gives: 'VARCHAR' }, (size, precision, unit) =>
    formatBytes(size, Number(precision), unit),
  ),
];
