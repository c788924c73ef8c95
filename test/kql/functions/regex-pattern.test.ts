import { groupNames } from '../../../src/kql/functions/regex-functions';
import { patternProblem, unicodePattern } from '../../../src/kql/functions/regex-pattern';

describe('regular expressions', () => {
  it('know Unicode in their classes, also inside brackets', () => {
    expect(unicodePattern(String.raw`\d+`)).toBe(String.raw`[\p{Nd}]+`);
    expect(unicodePattern(String.raw`[\d.]`)).toBe(String.raw`[\p{Nd}.]`);
  });

  it('names characters by number as RE2 does', () => {
    expect(unicodePattern(String.raw`\u0430[\u4e00-\u9fff]`)).toBe(String.raw`\x{0430}[\x{4e00}-\x{9fff}]`);
    expect(unicodePattern(String.raw`\u{7F}\U0000007F1\x7F\\u0430`)).toBe(String.raw`\x{7F}\x{0000007F}1\x7F\\u0430`);
    expect(unicodePattern(String.raw`\D`)).toBe(String.raw`[^\p{Nd}]`);
  });

  it('leave escapes and other classes alone', () => {
    expect(unicodePattern(String.raw`\\d \. \b \p{Lu} [^\D]`)).toBe(String.raw`\\d \. \b \p{Lu} [^\D]`);
  });

  it('count capturing groups and know their names', () => {
    expect(groupNames(String.raw`(a)(?:b)\((?P<n>c)[(](?i)(?<m>d)`)).toEqual(['', 'n', 'm']);
  });

  it.each([
    ['[', 'Unterminated character class'],
    ['(a', 'Unterminated group'],
    ['a)', "Unmatched ')'"],
    ['*a', 'Nothing to repeat'],
    ['(?=a)', 'look-ahead and look-behind are not part of these regular expressions'],
    [String.raw`(a)\1`, 'a regular expression cannot refer back to what a group matched'],
  ])('say what is wrong with %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });

  it.each([String.raw`(?i)^a\d{2,}$`, '(?P<x>a|b)', '(?is:a.b)', '[[:alpha:]]', String.raw`\Qa.b\E`, String.raw`\pL+`])(
    'find nothing wrong with %s',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined();
    },
  );
});
