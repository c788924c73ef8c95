/** What the classes of Kusto's regular expressions hold: they know Unicode, RE2's own \d, \w and \s know ASCII. */
const classes: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  w: String.raw`\p{L}\p{M}\p{Nd}\p{Pc}`,
  s: String.raw`\s\x{0B}\x{85}\p{Z}`,
};

/** Outside of brackets a class stands in brackets of its own. */
function outside(letter: string): string | undefined {
  const members = classes[letter.toLowerCase()];
  if (members === undefined) return undefined;
  return letter === letter.toLowerCase() ? `[${members}]` : `[^${members}]`;
}

/** A character by its number: RE2 knows it with x only. */
const numbered = /^\\[uU]\{?([\da-fA-F]+)\}?$/;

/** The same pattern for RE2. Inside brackets only the affirmative classes can be written out; the negated ones stay ASCII. */
export function unicodePattern(pattern: string): string {
  let bracket = false;
  return pattern.replace(/\\[pP]\{[^}]*\}|\\[uU]\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\[\s\S]|\[\^?\]?|\]/g, (token) => {
    const number = numbered.exec(token)?.[1];
    if (number !== undefined) return `\\x{${number}}`;
    const letter = token.charAt(1);
    if (token.startsWith('\\')) return token.length > 2 ? token : bracket ? (classes[letter] ?? token) : (outside(letter) ?? token);
    if (token === ']') bracket = false;
    else if (!bracket) bracket = true;
    return token;
  });
}

const lookAround = /\(\?<?[=!]/;
const structural = /Unterminated|Unmatched|Nothing to repeat|Lone quantifier|out of order/;

/** Why RE2 cannot compile a pattern, in words for the analyst; undefined when nothing is known to be wrong with it. */
export function patternProblem(pattern: string): string | undefined {
  const bare = pattern.replace(/\\[\s\S]/g, '');
  if (lookAround.test(bare)) return 'look-ahead and look-behind are not part of these regular expressions';
  if (/\\[1-9]/.test(pattern.replace(/\\\\/g, ''))) return 'a regular expression cannot refer back to what a group matched';
  try {
    // JavaScript names groups without P and has no inline flags; only complaints about the structure are taken from it.
    new RegExp(
      pattern
        .replace(/\(\?P</g, '(?<')
        .replace(/\(\?[imsU-]+(?=[):])/g, '(?:')
        .replace(/\(\?:\)/g, ''),
    );
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return structural.test(message) ? message.slice(message.lastIndexOf(':') + 2) : undefined;
  }
}
