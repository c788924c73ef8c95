/** The text is not JSON (or not whole). The message says what was found, never the text itself. */
export class JsonFault extends Error {
  constructor(what: string) {
    super(`not JSON: ${what}`);
    this.name = 'JsonFault';
  }
}

export const code = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  backslash: 0x5c,
  openArray: 0x5b,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
  minus: 0x2d,
  n: 0x6e,
  t: 0x74,
  f: 0x66,
} as const;

const maxDepth = 512;
const escapes = new Set(Buffer.from('"\\/bfnrt'));
const words: Readonly<Record<number, Buffer>> = {
  [code.n]: Buffer.from('null'),
  [code.t]: Buffer.from('true'),
  [code.f]: Buffer.from('false'),
};

export const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && ((byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)));

export const skipSpace = (bytes: Buffer, at: number): number => {
  let position = at;
  while (isSpace(bytes[position])) position += 1;
  return position;
};

const skipEscape = (bytes: Buffer, at: number): number => {
  const escaped = bytes[at + 1];
  if (escaped === 0x75) {
    for (let index = 2; index < 6; index += 1) if (!isHex(bytes[at + index])) throw new JsonFault('a bad escape');
    return at + 6;
  }
  if (escaped === undefined || !escapes.has(escaped)) throw new JsonFault('a bad escape');
  return at + 2;
};

/** `at` is the opening quote; returns the index after the closing one. */
export const skipString = (bytes: Buffer, at: number): number => {
  let position = at + 1;
  for (;;) {
    const byte = bytes[position];
    if (byte === code.quote) return position + 1;
    if (byte === undefined) throw new JsonFault('an unfinished string');
    if (byte < 0x20) throw new JsonFault('a control character in a string');
    position = byte === code.backslash ? skipEscape(bytes, position) : position + 1;
  }
};

const skipDigits = (bytes: Buffer, at: number): number => {
  if (!isDigit(bytes[at])) throw new JsonFault('a bad number');
  let position = at + 1;
  while (isDigit(bytes[position])) position += 1;
  return position;
};

const skipNumber = (bytes: Buffer, at: number): number => {
  let position = bytes[at] === code.minus ? at + 1 : at;
  position = bytes[position] === 0x30 ? position + 1 : skipDigits(bytes, position);
  if (bytes[position] === 0x2e) position = skipDigits(bytes, position + 1);
  if (bytes[position] === 0x65 || bytes[position] === 0x45) {
    const sign = bytes[position + 1];
    position = skipDigits(bytes, sign === 0x2b || sign === code.minus ? position + 2 : position + 1);
  }
  return position;
};

const skipWord = (bytes: Buffer, at: number, word: Buffer): number => {
  for (let index = 0; index < word.length; index += 1) if (bytes[at + index] !== word[index]) throw new JsonFault('an unknown word');
  return at + word.length;
};

const skipArray = (bytes: Buffer, at: number, depth: number): number => {
  let position = skipSpace(bytes, at + 1);
  if (bytes[position] === code.closeArray) return position + 1;
  for (;;) {
    position = skipSpace(bytes, skipValue(bytes, position, depth + 1));
    if (bytes[position] === code.closeArray) return position + 1;
    if (bytes[position] !== code.comma) throw new JsonFault('a broken array');
    position = skipSpace(bytes, position + 1);
  }
};

export interface MemberSpan {
  keyStart: number;
  keyEnd: number;
  valueStart: number;
  valueEnd: number;
}

type Visit = (member: MemberSpan) => void;

const readMember = (bytes: Buffer, member: MemberSpan, depth: number): number => {
  if (bytes[member.keyStart] !== code.quote) throw new JsonFault('a broken object');
  member.keyEnd = skipString(bytes, member.keyStart);
  const colon = skipSpace(bytes, member.keyEnd);
  if (bytes[colon] !== code.colon) throw new JsonFault('a broken object');
  member.valueStart = skipSpace(bytes, colon + 1);
  member.valueEnd = skipValue(bytes, member.valueStart, depth + 1);
  return skipSpace(bytes, member.valueEnd);
};

const walk = (bytes: Buffer, at: number, { visit, depth }: { visit: Visit; depth: number }): number => {
  const member: MemberSpan = { keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0 };
  if (bytes[at] !== code.openObject) throw new JsonFault('something other than an object');
  member.keyStart = skipSpace(bytes, at + 1);
  if (bytes[member.keyStart] === code.closeObject) return member.keyStart + 1;
  for (;;) {
    const position = readMember(bytes, member, depth);
    visit(member);
    if (bytes[position] === code.closeObject) return position + 1;
    if (bytes[position] !== code.comma) throw new JsonFault('a broken object');
    member.keyStart = skipSpace(bytes, position + 1);
  }
};

/** Walks the object that starts at `at`, handing out each member's spans (one reused record); returns the index after it. */
export const walkObject = (bytes: Buffer, at: number, visit: Visit): number => walk(bytes, at, { visit, depth: 0 });

const ignore = (): void => undefined;

/** Checks the JSON value that starts at `at` against the whole grammar and returns the index after it. */
export const skipValue = (bytes: Buffer, at: number, depth = 0): number => {
  if (depth > maxDepth) throw new JsonFault('nesting too deep');
  const byte = bytes[at];
  if (byte === undefined) throw new JsonFault('an unfinished value');
  if (byte === code.quote) return skipString(bytes, at);
  if (byte === code.openObject) return walk(bytes, at, { visit: ignore, depth });
  if (byte === code.openArray) return skipArray(bytes, at, depth);
  const word = words[byte];
  return word ? skipWord(bytes, at, word) : skipNumber(bytes, at);
};
