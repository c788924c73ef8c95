import type { Diagnostic } from '../../../kql/diagnostics';
import { visible } from '../kept/cell-view';
import type { DiagnosticView } from '../views';

const longestExcerpt = 160;

const excerptOf = (
  query: string,
  { line, column, length }: { readonly line: number; readonly column: number; readonly length: number },
) => {
  const text = query.split('\n')[line - 1]?.replace(/\r$/, '') ?? '';
  const from = Math.max(0, column - 1 - 80);
  const shown = text.slice(from, from + longestExcerpt);
  const width = Math.max(1, Math.min(length, shown.length - (column - 1 - from)));
  return { line: visible(shown.replaceAll('\t', ' ')), caret: ' '.repeat(Math.max(0, column - 1 - from)) + '^'.repeat(width) };
};

/** A diagnostic for the page: its words, its place, and the line it is about. */
export const diagnosticView = (diagnostic: Diagnostic, query: string): DiagnosticView => ({
  severity: diagnostic.severity,
  message: diagnostic.message,
  hint: diagnostic.hint ?? null,
  where: diagnostic.span ? `line ${diagnostic.span.line}, column ${diagnostic.span.column}` : null,
  excerpt: diagnostic.span ? excerptOf(query, diagnostic.span) : null,
});
