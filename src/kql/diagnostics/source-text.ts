import type { Span } from '../diagnostics';

/** Turns offsets into spans with line and column, both from 1. */
export function createSourceText(text: string): { span(start: number, length: number): Span } {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    span: (start, length) => {
      const line = lineOf(start);
      return { start, length, line: line + 1, column: start - (starts[line] as number) + 1 };
    },
  };
}

export type SourceText = ReturnType<typeof createSourceText>;
