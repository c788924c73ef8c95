import { refusalsIn } from '../analysis/refusals';
import type { Diagnostic } from '../diagnostics';
import { diagnose } from '../diagnostics/diagnose';
import { createSourceText, type SourceText } from '../diagnostics/source-text';
import type { Schema } from '../schema';
import { bindQuery, type Finding } from './bridge';
import { isColumnArgument, isError } from './findings';
import { limitsExceeded } from './limits';
import type { SyntaxNode } from './syntax-node';

/** A bound query that is one result: its statements, and the expression that gives the rows. */
export interface CheckedQuery {
  readonly statements: readonly SyntaxNode[];
  readonly expression: SyntaxNode;
  readonly notes: readonly Diagnostic[];
  readonly tooComplex: Diagnostic;
}

export type Checked =
  { readonly ok: true; readonly query: CheckedQuery } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const isSyntax = (code: string): boolean => /^KS(00\d|01\d|198|2(28|45|50))$/.test(code);

function diagnosticOf(finding: Finding, text: string, source: SourceText): Diagnostic {
  const error = isError(finding, text);
  return {
    code: finding.code,
    kind: isSyntax(finding.code) ? 'syntax' : error ? 'semantic' : 'advice',
    severity: error ? 'error' : finding.severity === 'Information' || finding.severity === 'Suggestion' ? 'note' : 'warning',
    message: finding.message,
    span: source.span(finding.start, Math.max(finding.length, 1)),
  };
}

function shapeProblem(root: SyntaxNode, source: SourceText): Diagnostic | undefined {
  const statements = root.list('Statements');
  const results = statements.filter((statement) => statement.kind === 'ExpressionStatement');
  if (results.length === 0) return diagnose('empty-query', {}, source.span(Math.max(0, root.end - 1), 1));
  const [, second] = results;
  return second && diagnose('several-results', { count: results.length }, source.span(second.start, second.end - second.start));
}

/** What parsing and binding found: the tree where there is one, the result's expression where there is exactly one. */
export interface Examined {
  readonly root?: SyntaxNode;
  readonly expression?: SyntaxNode;
  readonly diagnostics: readonly Diagnostic[];
}

const isResult = (statement: SyntaxNode): boolean => statement.kind === 'ExpressionStatement';

/** Parses, binds and checks the shape of a query: exactly one result, nothing that is no query. */
export function examined(text: string, schema: Schema): Examined {
  const source = createSourceText(text);
  const limit = limitsExceeded(text, source);
  if (limit) return { diagnostics: [limit] };
  const command = /^(?:\s|\/\/[^\n]*\n)*\.(?=[a-z])/i.exec(text);
  if (command) return { diagnostics: [diagnose('control-command', {}, source.span(command[0].length - 1, 1))] };
  const bound = bindQuery(text, schema);
  if (!bound) return { diagnostics: [diagnose('parser-failed', {}, source.span(0, 1))] };
  const { root, findings } = bound;
  const diagnostics = findings.filter((finding) => !isColumnArgument(finding, text)).map((finding) => diagnosticOf(finding, text, source));
  if (diagnostics.some((diagnostic) => diagnostic.kind === 'syntax')) return { root, diagnostics };
  const problem = shapeProblem(root, source);
  const expression = root.list('Statements').find(isResult)?.part('Expression');
  return { root, diagnostics: problem ? [...diagnostics, problem] : diagnostics, ...(expression && !problem ? { expression } : {}) };
}

/** A query that may be translated, or the diagnostics that say why it may not. */
export function checkedQuery(text: string, schema: Schema): Checked {
  const { root, expression, diagnostics } = examined(text, schema);
  if (!root) return { ok: false, diagnostics };
  // What leads out of the tenant is said first: the binder only knows that it does not know the name.
  const outside = refusalsIn(root, createSourceText(text));
  if (outside.length > 0) return { ok: false, diagnostics: [...outside, ...diagnostics] };
  if (!expression || diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { ok: false, diagnostics };
  const statements = root.list('Statements').filter((statement) => !isResult(statement));
  return {
    ok: true,
    query: { statements, expression, notes: diagnostics, tooComplex: diagnose('query-too-complex', {}, createSourceText(text).span(0, 1)) },
  };
}
