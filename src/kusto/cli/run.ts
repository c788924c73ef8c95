import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createEngine } from '../../engine/engine';
import { DatasetError } from '../dataset/dataset';
import { createKusto, type Answered, type Kusto, type Prepared, type Question } from '../kusto';
import { createLanguage } from '../language/language';
import { runtimeModule } from '../runtime-module';
import { runBatch } from './batch';
import { explainDiagnostic } from './caret';
import { dataFolder, openData } from './data-source';
import { engineDiagnostic } from './failure';
import { rowFormat } from './formats';
import { help } from './help.data';
import { readOptions, UsageError, type CliOptions } from './options';
import { tableLines } from './table';

/** What the command needs of the process that runs it. */
export interface CliProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable;
}

type ExitCode = 0 | 1 | 2;

/** Rows that a table holds before it is printed; its columns must be measured first. */
const TABLE_ROWS = 1000;

const write = async (stream: Writable, content: string): Promise<void> => {
  if (content !== '' && !stream.write(content)) await once(stream, 'drain');
};

/** Runs the command and says how it ended. */
export async function runCli(io: CliProcess): Promise<ExitCode> {
  // A reader such as `head` may leave at any time; that is no failure.
  io.stdout.on('error', () => process.exit(0));
  try {
    const options = readOptions(io.argv);
    if (options.help) {
      await write(io.stdout, help);
      return 0;
    }
    return await runWith(options, io);
  } catch (error) {
    if (error instanceof UsageError) await write(io.stderr, `kql: ${error.message}\nTry --help.\n`);
    else if (error instanceof DatasetError) await write(io.stderr, `kql: ${error.message}\n`);
    else throw error;
    return 2;
  }
}

async function queryText(options: CliOptions, io: CliProcess): Promise<string> {
  const query = options.query ?? (io.stdin.isTTY === true ? '' : await text(io.stdin));
  if (query.trim() === '') throw new UsageError('give a query, in quotes');
  return query;
}

async function runWith(options: CliOptions, io: CliProcess): Promise<ExitCode> {
  const query = options.batch ? '' : await queryText(options, io);
  const folder = dataFolder(options, io.env);
  const engine = createEngine({ readable: [folder], preludeModule: runtimeModule, timeoutMs: options.timeoutMs });
  const language = createLanguage();
  const warm = language.ready().catch(() => undefined);
  try {
    const dataset = await openData(engine, folder, options.data === undefined);
    await warm;
    const kusto = createKusto({ engine, language });
    const question: Question = { dataset, now: options.now, ...(options.maxRows !== undefined && { maxRows: options.maxRows }) };
    if (!options.batch) return await runQuery(query, { kusto, question, options, io });
    await runBatch(kusto, { input: io.stdin, write: (content) => write(io.stdout, content) }, question);
    return 0;
  } finally {
    await Promise.all([engine.stop(), language.stop()]);
  }
}

interface Asked {
  readonly kusto: Kusto;
  readonly question: Question;
  readonly options: CliOptions;
  readonly io: CliProcess;
}

async function runQuery(query: string, { kusto, question, options, io }: Asked): Promise<ExitCode> {
  const started = performance.now();
  const say = (diagnostic: Parameters<typeof explainDiagnostic>[0]) => write(io.stderr, `${explainDiagnostic(diagnostic, query)}\n`);
  try {
    const answer = await (options.explain ? kusto.explain(query, question) : kusto.answer(query, tableQuestion(question, options)));
    for (const diagnostic of answer.ok ? answer.notes : answer.diagnostics) await say(diagnostic);
    if (!answer.ok) return 1;
    if (isAnswered(answer)) await printRows(answer, { options, io, started });
    else await write(io.stdout, `${answer.sql}\n`);
    return 0;
  } catch (error) {
    await say(engineDiagnostic(error));
    return 1;
  }
}

const isAnswered = (answer: Prepared): answer is Answered => 'rows' in answer;

const tableQuestion = (question: Question, options: CliOptions): Question =>
  options.format === 'table' ? { ...question, maxRows: options.maxRows ?? TABLE_ROWS } : question;

async function printRows(
  answer: Answered,
  { options, io, started }: { readonly options: CliOptions; readonly io: CliProcess; readonly started: number },
): Promise<void> {
  if (options.format === 'table') {
    const rows: string[] = [];
    for await (const batch of answer.rows) rows.push(...batch);
    const width = io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    await write(
      io.stdout,
      tableLines(answer.columns, rows, width)
        .map((line) => `${line}\n`)
        .join(''),
    );
  } else {
    const format = rowFormat(options.format);
    await write(io.stdout, format.open(answer.columns));
    for await (const batch of answer.rows) await write(io.stdout, format.rows(answer.columns, batch));
    await write(io.stdout, format.close());
  }
  const { rows, cut } = await answer.rows.outcome;
  const count = `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
  await write(
    io.stderr,
    `${count}${cut ? ', cut there: more rows follow (--max-rows N)' : ''}, ${((performance.now() - started) / 1000).toFixed(2)} s\n`,
  );
}
