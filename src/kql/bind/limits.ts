import type { Diagnostic } from '../diagnostics';
import { diagnose } from '../diagnostics/diagnose';
import type { SourceText } from '../diagnostics/source-text';

export const maxQueryBytes = 64 * 1024;
export const maxNesting = 100;

/** Text that is no bracket of the query: strings of all forms and comments. */
const skipped =
  /\/\/[^\n]*|```[\s\S]*?```|~~~[\s\S]*?~~~|[hH]?@"(?:[^"]|"")*"|[hH]?@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[([{]|[)\]}]/g;

/** Checks size and nesting before the parser sees the text: five thousand brackets cost it seconds. */
export function limitsExceeded(text: string, source: SourceText): Diagnostic | undefined {
  const length = Buffer.byteLength(text);
  if (length > maxQueryBytes) return diagnose('query-too-long', { length, limit: maxQueryBytes }, source.span(0, 1));
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(skipped)) {
    if (/^[([{]$/.test(found)) depth += 1;
    else if (/^[)\]}]$/.test(found)) depth -= 1;
    if (depth > maxNesting) return diagnose('query-too-deep', { depth, limit: maxNesting }, source.span(index, 1));
  }
  return undefined;
}
