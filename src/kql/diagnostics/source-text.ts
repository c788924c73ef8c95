import type { Span } from '../diagnostics';

/** Text that was put into the query after the user wrote it; spans speak of the user's text. */
export interface Insertion {
  readonly at: number;
  readonly length: number;
}

const withoutInsertion = (offset: number, { at, length }: Insertion): number => (offset <= at ? offset : Math.max(at, offset - length));

/** Turns offsets into spans with line and column, both from 1. */
export function createSourceText(text: string, insertions: readonly Insertion[] = []): { span(start: number, length: number): Span } {
  const original = insertions.reduceRight((known, { at, length }) => known.slice(0, at) + known.slice(at + length), text);
  const starts = [0];
  for (let index = original.indexOf('\n'); index >= 0; index = original.indexOf('\n', index + 1)) starts.push(index + 1);
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
    span: (from, length) => {
      const start = insertions.reduceRight(withoutInsertion, from);
      const line = lineOf(start);
      return { start, length, line: line + 1, column: start - (starts[line] as number) + 1 };
    },
  };
}

export type SourceText = ReturnType<typeof createSourceText>;
