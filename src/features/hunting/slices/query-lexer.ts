/** A piece of query text that means nothing to us but must not be cut: a string, a comment; or one character of code. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: 'string' | 'comment' | 'word' | 'mark';
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /\/\/[^\n]*/y],
  ['string', /[hH]?(?:```[\s\S]*?```|~~~[\s\S]*?~~~|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y],
  ['word', /[A-Za-z_$][\w$]*|\d[\w.]*/y],
  ['mark', /[^\s]/y],
];

/** The query as tokens: enough of KQL's grammar to know what is text, what is code and where brackets close. */
const tokens = (query: string): readonly Token[] => {
  const found: Token[] = [];
  let position = 0;
  while (position < query.length) {
    const start = position;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = start;
      if (!pattern.test(query)) continue;
      position = pattern.lastIndex;
      found.push({ start, end: position, kind });
      break;
    }
    if (position === start) position += 1;
  }
  return found;
};

const opens = '([{';
const closes = ')]}';

interface Mark {
  readonly text: string;
  readonly start: number;
}

/** Marks outside of all brackets, in order. */
const outerMarks = (query: string): readonly Mark[] => {
  const found: Mark[] = [];
  let depth = 0;
  for (const token of tokens(query)) {
    if (token.kind !== 'mark') continue;
    const text = query.slice(token.start, token.end);
    if (closes.includes(text)) depth -= 1;
    if (depth === 0) found.push({ text, start: token.start });
    if (opens.includes(text)) depth += 1;
  }
  return found;
};

const lastCode = (query: string, from: number, to: number): number => {
  const code = tokens(query).findLast((token) => token.kind !== 'comment' && token.start >= from && token.end <= to);
  return code?.end ?? from;
};

/** The last statement's start and the places of its pipes. */
const pipeline = (query: string): { readonly start: number; readonly pipes: readonly number[]; readonly end: number } => {
  const marks = outerMarks(query);
  const statements = marks.filter((mark) => mark.text === ';').map((mark) => mark.start + 1);
  const start = statements.findLast((at) => lastCode(query, at, query.length) > at) ?? 0;
  const end = statements.find((at) => at > start);
  const stop = end === undefined ? query.length : end - 1;
  return {
    start,
    end: stop,
    pipes: marks.filter((mark) => mark.text === '|' && mark.start >= start && mark.start < stop).map((mark) => mark.start),
  };
};

/** `query` with `insert` put behind the source of its last statement, before its first pipe. */
export const atSourceEnd = (query: string, insert: string): string => {
  const { start, pipes, end } = pipeline(query);
  const at = lastCode(query, start, pipes[0] ?? end);
  return query.slice(0, at) + insert + query.slice(at);
};

export interface QuerySteps {
  /** Everything before the last statement. */
  readonly lead: string;
  /** The source and each operator, without the pipes. */
  readonly steps: readonly { readonly text: string; readonly line: number }[];
}

/** The last statement's pipeline, step by step, with the line (from 1) each begins on. */
export const stepsOf = (query: string): QuerySteps => {
  const { start, pipes, end } = pipeline(query);
  const starts = [start, ...pipes.map((at) => at + 1)];
  const ends = [...pipes, end];
  const steps = starts.map((from, index) => {
    const text = query.slice(from, lastCode(query, from, ends[index] ?? end));
    const lead = text.length - text.trimStart().length;
    return { text: text.trim(), line: query.slice(0, from + lead).split('\n').length };
  });
  return { lead: query.slice(0, start), steps };
};

/** `query` as a count of its rows: its drawing is left out, for it would have to come last. */
export const countOf = (query: string): string => {
  const { start, pipes, end } = pipeline(query);
  const last = pipes.at(-1);
  const draws = last !== undefined && /^\|\s*render\b/.test(query.slice(last));
  const at = lastCode(query, start, draws ? last : end);
  return `${query.slice(0, at)}\n| count`;
};

const closing = (list: readonly Token[], open: number, query: string): number => {
  let depth = 0;
  for (let index = open; index < list.length; index += 1) {
    const token = list[index]!;
    const text = query.slice(token.start, token.end);
    if (token.kind !== 'mark') continue;
    if (opens.includes(text)) depth += 1;
    if (closes.includes(text)) depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
};

/** `query` with `now()` and `ago()` told from one fixed instant, so that calls made at different times mean the same rows. */
export const pinNow = (query: string, instant: string): string => {
  const list = tokens(query).filter((token) => token.kind !== 'comment');
  const edits: { readonly at: number; readonly until: number; readonly text: string }[] = [];
  list.forEach((token, index) => {
    const name = query.slice(token.start, token.end);
    const open = list[index + 1];
    if ((name !== 'ago' && name !== 'now') || open === undefined || query.slice(open.start, open.end) !== '(') return;
    const close = list[closing(list, index + 1, query)];
    if (!close) return;
    const inner = query.slice(open.end, close.start).trim();
    const sign = name === 'ago' ? '-' : '+';
    edits.push({ at: token.start, until: open.end, text: inner === '' ? `(datetime(${instant})` : `(datetime(${instant}) ${sign} (` });
    if (inner !== '') edits.push({ at: close.start, until: close.end, text: '))' });
  });
  return edits
    .toSorted((left, right) => right.at - left.at)
    .reduce((text, edit) => text.slice(0, edit.at) + edit.text + text.slice(edit.until), query);
};
