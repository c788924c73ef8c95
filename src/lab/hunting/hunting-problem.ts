import type { Diagnostic } from '../../kql/diagnostics';

/** A refusal of the hunting service, in the words of the real one. */
export interface HuntingProblem {
  readonly status: 400 | 429 | 500 | 503 | 504;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
}

export const problems = {
  size: {
    status: 400,
    code: 'BadRequest',
    message: 'Query execution has exceeded the allowed result size. Optimize your query by limiting the number of results and try again',
  },
  resources: { status: 400, code: 'BadRequest', message: 'Query stopped due to excessive resource consumption.' },
  timeout: { status: 400, code: 'BadRequest', message: 'Query exceeded the timeout period.' },
  unexpected: {
    status: 500,
    code: 'InternalServerError',
    message: 'An unexpected error occurred during query execution. Please try again in a few minutes.',
  },
  preparing: { status: 503, code: 'ServiceUnavailable', message: 'The lab is still preparing its telemetry.', retryAfter: 5 },
} as const satisfies Record<string, HuntingProblem>;

/** The operator that a place in a query belongs to: the word after the last pipe before it. */
const operatorAt = (query: string, start: number): string | undefined => {
  const words = [...query.slice(0, start).matchAll(/\|\s*([a-z][\w-]*)/g)];
  return words.at(-1)?.[1];
};

const unresolved = (diagnostic: Diagnostic, query: string): string | undefined => {
  const { code, span } = diagnostic;
  if (span === undefined || !['KS142', 'KS204', 'KS211'].includes(code)) return undefined;
  const name = query.slice(span.start, span.start + span.length).replace(/\(.*/s, '');
  const operator = operatorAt(query, span.start);
  const what = code === 'KS142' ? 'scalar expression' : code === 'KS211' ? 'function' : 'table or column expression';
  return `${operator === undefined ? '' : `'${operator}' operator: `}Failed to resolve ${operator === undefined && code === 'KS142' ? 'table or column expression' : what} named '${name}'`;
};

const kinds: Readonly<Record<Diagnostic['kind'], (text: string) => string>> = {
  syntax: (text) => `A recognition error occurred. ${text} Fix syntax errors in your query.`,
  semantic: (text) => `${text}. Fix semantic errors in your query.`.replace('..', '.'),
  refused: (text) => text,
  unsupported: (text) => text,
  limit: (text) => text,
  advice: (text) => text,
};

/** What the service says to a query that it does not accept: the engine's text, in Microsoft's wording. */
export const badQuery = (query: string, diagnostics: readonly Diagnostic[]): HuntingProblem => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const worst = errors.find(({ kind }) => kind === 'syntax') ?? errors[0] ?? diagnostics[0];
  if (!worst) return { status: 400, code: 'BadRequest', message: 'A recognition error occurred.' };
  if (worst.code === 'language-deadline' || worst.code === 'query-too-complex' || worst.code === 'query-too-long') {
    return { status: 400, code: 'BadRequest', message: 'The query cannot run because it exceeds the allowed size limit when processed.' };
  }
  const place = worst.span && worst.kind === 'syntax' ? ` [line:position=${worst.span.line}:${worst.span.column - 1}]` : '';
  return { status: 400, code: 'BadRequest', message: kinds[worst.kind](`${unresolved(worst, query) ?? worst.message}${place}`) };
};
