import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Diagnostic } from '../../kql/diagnostics';
import type { Kusto, Question } from '../kusto';
import { DatasetError } from '../dataset/dataset';
import { engineDiagnostic } from './failure';

/** Characters of one answer: a line is one text, and a text has an end. */
const LONGEST = 2 ** 28;

/** Queries under way at once: while one is analysed another runs. */
const AHEAD = 4;

const errorLine = (id: unknown, { code, message, span }: Diagnostic): string =>
  JSON.stringify({ id, error: { code, message, line: span?.line ?? null, column: span?.column ?? null } });

const wrongLine = (message: string): Diagnostic => ({ code: 'batch-line', kind: 'syntax', severity: 'error', message });

const faultOf = (error: unknown): Diagnostic => {
  if (error instanceof SyntaxError) return wrongLine('the line is not JSON');
  if (error instanceof DatasetError) return { code: `data-${error.code}`, kind: 'limit', severity: 'error', message: error.message };
  return engineDiagnostic(error);
};

const tooLong = (most: number): Diagnostic => ({
  code: 'batch-answer',
  kind: 'limit',
  severity: 'error',
  message: `The answer is longer than a line may be (${most} characters). Add take, or summarize.`,
});

interface Asking {
  readonly kusto: Kusto;
  readonly question: Question;
  readonly longest: number;
}

async function answerLine(line: string, { kusto, question, longest }: Asking): Promise<string> {
  let id: unknown = null;
  try {
    const asked = JSON.parse(line) as { id?: unknown; kql?: unknown } | null;
    id = asked?.id ?? null;
    if (typeof asked?.kql !== 'string') return errorLine(id, wrongLine('a line is {"id","kql"}, with the query as a string'));
    const answer = await kusto.answer(asked.kql, question);
    if (!answer.ok) return errorLine(id, worst(answer.diagnostics));
    const rows: string[] = [];
    let length = 0;
    for await (const batch of answer.rows) {
      for (const row of batch) {
        length += row.length;
        rows.push(row);
      }
      if (length > longest) return errorLine(id, tooLong(longest));
    }
    return `{"id":${JSON.stringify(id)},"columns":${JSON.stringify(answer.columns.map(({ name, type }) => ({ name, type })))},"rows":[${rows.join(',')}]}`;
  } catch (error) {
    return errorLine(id, faultOf(error));
  }
}

const worst = (diagnostics: readonly Diagnostic[]): Diagnostic =>
  diagnostics.find((each) => each.severity === 'error') ?? diagnostics[0] ?? wrongLine('the query was refused without a reason');

/** Answers every line of `input` with one line, in order. */
export async function runBatch(
  kusto: Kusto,
  io: { readonly input: Readable; readonly longest?: number; write(text: string): Promise<void> },
  question: Question,
): Promise<void> {
  const asking: Asking = { kusto, question, longest: io.longest ?? LONGEST };
  const pending: Promise<string>[] = [];
  const writeNext = async (): Promise<void> => io.write(`${await pending.shift()}\n`);
  for await (const line of createInterface({ input: io.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending.push(answerLine(line, asking));
    if (pending.length >= AHEAD) await writeNext();
  }
  while (pending.length > 0) await writeNext();
}
