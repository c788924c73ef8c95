import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Diagnostic } from '../../kql/diagnostics';
import type { Kusto, Question } from '../kusto';
import { DatasetError } from '../dataset/dataset';
import { engineDiagnostic } from './failure';

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

async function answerLine(kusto: Kusto, line: string, question: Question): Promise<string> {
  let id: unknown = null;
  try {
    const asked = JSON.parse(line) as { id?: unknown; kql?: unknown } | null;
    id = asked?.id ?? null;
    if (typeof asked?.kql !== 'string') return errorLine(id, wrongLine('a line is {"id","kql"}, with the query as a string'));
    const answer = await kusto.answer(asked.kql, question);
    if (!answer.ok) return errorLine(id, worst(answer.diagnostics));
    const rows: string[] = [];
    for await (const batch of answer.rows) rows.push(...batch);
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
  io: { readonly input: Readable; write(text: string): Promise<void> },
  question: Question,
): Promise<void> {
  const pending: Promise<string>[] = [];
  const writeNext = async (): Promise<void> => io.write(`${await pending.shift()}\n`);
  for await (const line of createInterface({ input: io.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending.push(answerLine(kusto, line, question));
    if (pending.length >= AHEAD) await writeNext();
  }
  while (pending.length > 0) await writeNext();
}
