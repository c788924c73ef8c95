import type { TermOperator } from '../../functions/terms';

/** How each string operator looks for its needle, by SyntaxKind of its affirmative form. */
export type TextOperator =
  | { readonly look: 'equal' }
  | { readonly look: 'contains' | 'startswith' | 'endswith'; readonly caseSensitive: boolean }
  | { readonly look: 'term'; readonly term: TermOperator }
  | { readonly look: 'regex' };

const term = (start: boolean, end: boolean, caseSensitive: boolean): TextOperator => ({
  look: 'term',
  term: { caseSensitive, start, end },
});

export const textOperators: Readonly<Record<string, TextOperator>> = {
  EqualTildeExpression: { look: 'equal' },
  ContainsExpression: { look: 'contains', caseSensitive: false },
  ContainsCsExpression: { look: 'contains', caseSensitive: true },
  StartsWithExpression: { look: 'startswith', caseSensitive: false },
  StartsWithCsExpression: { look: 'startswith', caseSensitive: true },
  EndsWithExpression: { look: 'endswith', caseSensitive: false },
  EndsWithCsExpression: { look: 'endswith', caseSensitive: true },
  HasExpression: term(true, true, false),
  HasCsExpression: term(true, true, true),
  HasPrefixExpression: term(true, false, false),
  HasPrefixCsExpression: term(true, false, true),
  HasSuffixExpression: term(false, true, false),
  HasSuffixCsExpression: term(false, true, true),
  MatchesRegexExpression: { look: 'regex' },
};

/** SyntaxKind of the negated form, to that of the affirmative one. */
export const negatedTextOperators: Readonly<Record<string, string>> = {
  BangTildeExpression: 'EqualTildeExpression',
  NotContainsExpression: 'ContainsExpression',
  NotContainsCsExpression: 'ContainsCsExpression',
  NotStartsWithExpression: 'StartsWithExpression',
  NotStartsWithCsExpression: 'StartsWithCsExpression',
  NotEndsWithExpression: 'EndsWithExpression',
  NotEndsWithCsExpression: 'EndsWithCsExpression',
  NotHasExpression: 'HasExpression',
  NotHasCsExpression: 'HasCsExpression',
  NotHasPrefixExpression: 'HasPrefixExpression',
  NotHasPrefixCsExpression: 'HasPrefixCsExpression',
  NotHasSuffixExpression: 'HasSuffixExpression',
  NotHasSuffixCsExpression: 'HasSuffixCsExpression',
};
