import type { Diagnostic } from '../../kql/diagnostics';
import { visible, widthOf } from './text-width';

const WIDEST = 160;

/** The line of the query with a caret under the spot; a long line is shown around it. */
function spot(query: string, span: NonNullable<Diagnostic['span']>): string[] {
  const line = query.split(/\r?\n/)[span.line - 1] ?? '';
  const column = Math.min(span.column - 1, line.length);
  const from = Math.max(0, column - 100);
  const shown = line.slice(from, from + WIDEST);
  const before = visible(shown.slice(0, column - from));
  const length = Math.max(1, Math.min(span.length, visible(shown).length - before.length));
  const number = String(span.line);
  return [`  ${number} | ${visible(shown)}`, `  ${' '.repeat(number.length)} | ${' '.repeat(widthOf(before))}${'^'.repeat(length)}`];
}

/** A diagnostic as lines for a terminal. */
export function explainDiagnostic(diagnostic: Diagnostic, query: string): string {
  const { severity, code, message, hint, span } = diagnostic;
  const place = span === undefined ? '' : `${span.line}:${span.column}: `;
  return [
    `${place}${severity} ${code}: ${visible(message)}`,
    ...(span === undefined ? [] : spot(query, span)),
    ...(hint === undefined ? [] : [`  hint: ${visible(hint)}`]),
  ].join('\n');
}
