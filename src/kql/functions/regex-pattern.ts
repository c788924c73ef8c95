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

/** The same pattern for RE2. Inside brackets only the affirmative classes can be written out; the negated ones stay ASCII. */
export function unicodePattern(pattern: string): string {
  let bracket = false;
  return pattern.replace(/\\p\{[^}]*\}|\\[\s\S]|\[\^?\]?|\]/gi, (token) => {
    const letter = token.charAt(1);
    if (token.startsWith('\\')) return token.length > 2 ? token : bracket ? (classes[letter] ?? token) : (outside(letter) ?? token);
    if (token === ']') bracket = false;
    else if (!bracket) bracket = true;
    return token;
  });
}
