import type { Engine } from '../engine/engine';
import type { Limits, Parameter, Relation, RowStream, Written } from '../engine/requests';
import type { Translation } from '../kql/index';
import type { Diagnostic } from '../kql/diagnostics';
import type { Column } from '../kql/schema';
import type { Dataset } from './dataset/dataset';
import { LanguageError, type Language } from './language/language';
import { storeSelect, wireSelect } from './store-select';
import { datetimeTicks } from './wire-value';

export interface Question {
  readonly dataset: Dataset;
  /** What `now()` is. */
  readonly now: Date;
  readonly limits?: Limits;
  /** Stop after this many rows; the row stream's outcome then says `cut`. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
  readonly owner?: string;
}

type Ready = Extract<Translation, { state: 'ready' }>;

export interface Refused {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Prepared {
  readonly ok: true;
  readonly columns: readonly Column[];
  readonly notes: readonly Diagnostic[];
  readonly render?: NonNullable<Ready['render']>;
  /** The SQL that answers, for `--explain` and the log. */
  readonly sql: string;
  readonly tables: readonly string[];
}

export interface Answered extends Prepared {
  /** JSON array texts in wire form. Iterating may reject with EngineError. */
  readonly rows: RowStream;
}

export interface AnsweredToFile extends Prepared, Written {}

export type Kusto = ReturnType<typeof createKusto>;

/** A query that keeps asking for more data before it can be translated is broken; real ones ask once or twice. */
const ROUNDS = 8;
/** Answers to the translator's questions are names and constants, never a result. */
const ANSWER_ROWS = 100_000;

const refusal = (code: string, message: string): Refused => ({
  ok: false,
  diagnostics: [{ code, kind: 'limit', severity: 'error', message }],
});

/** KQL answered over files: `language` turns the text into SQL, `engine` runs it, and the translator's own questions on the way. */
export function createKusto({
  engine,
  language,
}: {
  readonly engine: Pick<Engine, 'rows' | 'write'>;
  readonly language: Pick<Language, 'translate'>;
}) {
  const ask = async (sql: string, parameters: readonly Parameter[], question: Question): Promise<string[]> => {
    const stream = engine.rows({
      ...bounds(question),
      relations: allRelations(question.dataset, sql),
      sql: `SELECT CAST(to_json(CAST(answer AS VARCHAR)) AS VARCHAR) FROM (\n${sql}\n) AS asked(answer)`,
      parameters,
      maxRows: ANSWER_ROWS,
    });
    const found: string[] = [];
    for await (const batch of stream) found.push(...batch);
    return found.map((text) => (text === '' ? '' : ((JSON.parse(text) as string | null) ?? '')));
  };
  const translate = async (query: string, question: Question): Promise<Ready | Refused> => {
    const answers = new Map<string, unknown>();
    const nowTicks = datetimeTicks(question.now.toISOString()) ?? 0n;
    for (let round = 0; round < ROUNDS; round += 1) {
      const translation = await language.translate(query, { schema: question.dataset.schema, nowTicks, answers });
      if (translation.state === 'ready') return translation;
      if (translation.state === 'refused') return { ok: false, diagnostics: translation.diagnostics };
      for (const each of translation.questions)
        answers.set(each.id, await ask(each.sql, (each.parameters ?? []) as readonly Parameter[], question));
    }
    return refusal('too-many-questions', 'The query needs too many steps before it can be translated.');
  };
  const prepare = async (query: string, question: Question): Promise<Ready | Refused> => {
    try {
      return await translate(query, question);
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      return refusal(
        `language-${error.code}`,
        error.code === 'deadline' ? 'The query took too long to analyse.' : 'The query could not be analysed.',
      );
    }
  };
  return Object.freeze({
    /** Answers a query. Diagnostics are the query's own faults; EngineError is thrown by the questions on the way and by the rows. */
    async answer(query: string, question: Question): Promise<Answered | Refused> {
      const ready = await prepare(query, question);
      if ('ok' in ready) return ready;
      const rows = engine.rows({
        ...bounds(question),
        relations: relationsOf(ready.tables, question.dataset),
        sql: wireSelect(ready),
        parameters: ready.parameters as readonly Parameter[],
        ...(question.maxRows !== undefined && { maxRows: question.maxRows }),
      });
      return { ...prepared(ready), rows };
    },
    /** Keeps the answer as one store-form Parquet file. Rejects with EngineError. */
    async answerToFile(query: string, question: Question & { readonly to: string }): Promise<AnsweredToFile | Refused> {
      const ready = await prepare(query, question);
      if ('ok' in ready) return ready;
      const written = await engine.write({
        ...bounds(question),
        relations: relationsOf(ready.tables, question.dataset),
        sql: storeSelect(ready),
        parameters: ready.parameters as readonly Parameter[],
        to: question.to,
        format: 'parquet',
      });
      return { ...prepared(ready), ...written };
    },
    /** Translates and answers the translator's questions, but not the query. */
    async explain(query: string, question: Question): Promise<Prepared | Refused> {
      const ready = await prepare(query, question);
      return 'ok' in ready ? ready : prepared(ready);
    },
  });
}

const bounds = ({ limits, signal, owner }: Question) => ({
  ...(limits !== undefined && { limits }),
  ...(signal !== undefined && { signal }),
  ...(owner !== undefined && { owner }),
});

const prepared = ({ columns, notes, render, sql, tables }: Ready): Prepared => ({
  ok: true,
  columns,
  notes,
  sql,
  tables,
  ...(render !== undefined && { render }),
});

const relationsOf = (tables: readonly string[], dataset: Dataset): Relation[] => tables.flatMap((name) => dataset.relation(name) ?? []);

/** A question does not name its tables, so it gets those whose quoted name its SQL holds. */
const allRelations = (dataset: Dataset, sql: string): Relation[] =>
  relationsOf(
    dataset.schema.tables.map((table) => table.name).filter((name) => sql.includes(`"${name.replaceAll('"', '""')}"`)),
    dataset,
  );
