import type { Diagnostic } from '../diagnostics';
import { diagnose } from '../diagnostics/diagnose';
import { createSourceText, type SourceText } from '../diagnostics/source-text';
import type { Schema } from '../schema';
import { bindQuery, type Finding } from './bridge';
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

/** Findings of the binder that the engine itself does not raise: it is stricter on argument types and counts. */
const lenient = new Set(['KS107', 'KS134']);

const isSyntax = (code: string): boolean => /^KS(00\d|01\d|198|2(28|45|50))$/.test(code);

/** In a fuzzy union a name or pattern that finds nothing is left out. */
const isFuzzyArm = (finding: Finding, text: string): boolean =>
  /^KS(142|204|205)$/.test(finding.code) && /\bisfuzzy\s*=\s*true\b[^|;]*$/i.test(text.slice(0, finding.start));

function diagnosticOf(finding: Finding, text: string, source: SourceText): Diagnostic {
  const error = finding.severity === 'Error' && !lenient.has(finding.code) && !isFuzzyArm(finding, text);
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

/** Parses, binds and checks the shape of a query: exactly one result, nothing that is no query. */
export function checkedQuery(text: string, schema: Schema): Checked {
  const source = createSourceText(text);
  const limit = limitsExceeded(text, source);
  if (limit) return { ok: false, diagnostics: [limit] };
  const command = /^(?:\s|\/\/[^\n]*\n)*\.(?=[a-z])/i.exec(text);
  if (command) return { ok: false, diagnostics: [diagnose('control-command', {}, source.span(command[0].length - 1, 1))] };
  const bound = bindQuery(text, schema);
  const findings = bound.findings.map((finding) => diagnosticOf(finding, text, source));
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) return { ok: false, diagnostics: findings };
  const problem = shapeProblem(bound.root, source);
  if (problem) return { ok: false, diagnostics: [problem] };
  const statements = bound.root.list('Statements');
  const expression = statements.find((statement) => statement.kind === 'ExpressionStatement')?.need('Expression') as SyntaxNode;
  const others = statements.filter((statement) => statement.kind !== 'ExpressionStatement');
  return {
    ok: true,
    query: { statements: others, expression, notes: findings, tooComplex: diagnose('query-too-complex', {}, source.span(0, 1)) },
  };
}
