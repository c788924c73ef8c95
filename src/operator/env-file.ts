import { parseEnv } from 'node:util';

/** The new text would not be read as it was meant, so nothing is written. */
export class EnvFileError extends Error {}

interface Entry {
  readonly name: string;
  readonly from: number;
  /** Behind the value's last line, its line break included. */
  readonly to: number;
  readonly exported: boolean;
}

const lineEnd = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
};

/** Where the line ends that a value ends in: a quoted one may span many. */
const entryEnd = (text: string, afterEquals: number): number => {
  let at = afterEquals;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  const quote = text[at];
  const closing = quote !== undefined && `"'\``.includes(quote) ? text.indexOf(quote, at + 1) : -1;
  return lineEnd(text, closing < 0 ? at : closing);
};

/** The assignments of a file, as Node reads it: comments, `export`, quotes and values of several lines. */
const entriesOf = (text: string): Entry[] => {
  const entries: Entry[] = [];
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const assignment = /^\s*(export\s+)?([^\s#=][^=\n]*?)\s*=/.exec(line);
    if (!assignment) {
      at = end;
      continue;
    }
    const to = entryEnd(text, at + assignment[0].length);
    entries.push({ name: String(assignment[2]), from: at, to, exported: assignment[1] !== undefined });
    at = to;
  }
  return entries;
};

const quoted = (name: string, value: string): string => {
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new EnvFileError(`${name} holds a control character.`);
  if (/^[\w./:@%+,~=-]+$/.test(value)) return value;
  const quote = [`'`, '"', '`'].find((candidate) => !value.includes(candidate));
  if (quote === undefined || (quote === '"' && value.includes('\\'))) throw new EnvFileError(`${name} holds every kind of quotation mark.`);
  return `${quote}${value}${quote}`;
};

/** What to set, and (null) what to take out. */
export type EnvChanges = Readonly<Record<string, string | null>>;

const applyOne = (text: string, name: string, value: string | null): string => {
  const own = entriesOf(text).filter((entry) => entry.name === name);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  let changed = text;
  for (const [index, { from, to, exported }] of [...own.entries()].reverse()) {
    const last = index === own.length - 1 && value !== null;
    const ending = changed.slice(from, to).endsWith('\n') ? newline : '';
    const line = last ? `${exported ? 'export ' : ''}${name}=${quoted(name, value)}${ending}` : '';
    changed = changed.slice(0, from) + line + changed.slice(to);
  }
  if (own.length > 0 || value === null) return changed;
  const separator = changed === '' || changed.endsWith('\n') ? '' : newline;
  return `${changed}${separator}${name}=${quoted(name, value)}${newline}`;
};

/**
 * The text with these values, every other line as it was. What Node reads from it is compared with what was meant: a file whose
 * quotes are out of order is left alone (EnvFileError).
 */
export const editEnv = (text: string, changes: EnvChanges): string => {
  const edited = Object.entries(changes).reduce((so, [name, value]) => applyOne(so, name, value), text);
  const expected: Record<string, string | undefined> = { ...parseEnv(text) };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete expected[name];
    else expected[name] = value;
  }
  const read = parseEnv(edited);
  const names = new Set([...Object.keys(expected), ...Object.keys(read)]);
  const wrong = [...names].filter((name) => expected[name] !== read[name]);
  if (wrong.length > 0)
    throw new EnvFileError(`The file cannot be changed without changing what ${wrong.join(', ')} means: mend its quotes.`);
  return edited;
};
