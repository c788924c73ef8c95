import type { Engine } from '../engine/engine';
import type { Limits, Parameter, Relation } from '../engine/requests';
import type { Diagnostic } from '../kql/diagnostics';
import type { Translation } from '../kql/index';
import type { Dataset } from './dataset/dataset';
import { LanguageError, type Language } from './language/language';
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

export type Ready = Extract<Translation, { state: 'ready' }>;
type Asks = Extract<Translation, { state: 'asks' }>['questions'][number];

export interface Refused {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
}

/** A query that keeps asking for more data before it can be translated is broken; real ones ask once or twice. */
const ROUNDS = 12;
/** Answers to the translator's questions are names and constants, never a result. */
const ANSWER_ROWS = 1_000_000;

const refusal = (code: string, message: string): Refused => ({
  ok: false,
  diagnostics: [{ code, kind: 'limit', severity: 'error', message }],
});

/** The part of a question that an engine request takes over. */
export const bounds = ({ limits, signal, owner }: Question) => ({
  ...(limits !== undefined && { limits }),
  ...(signal !== undefined && { signal }),
  ...(owner !== undefined && { owner }),
});

/** Names that differ in case alone are one table to DuckDB; an alias of the hunting schema is such a name. */
export const relationsOf = (tables: readonly string[], dataset: Dataset): Relation[] => {
  const named = new Map(tables.map((name) => [name.toLowerCase(), name]));
  return [...named.values()].flatMap((name) => dataset.relation(name) ?? []);
};

/** A question does not name its tables, so it gets those whose quoted name its SQL holds. */
const namedIn = (sql: string, dataset: Dataset): Relation[] => {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  return relationsOf(
    dataset.schema.tables.map((table) => table.name).filter((name) => sql.includes(quoted(name))),
    dataset,
  );
};

/**
 * Translates a query, running what the translator needs to know on the way (constants that feed a regular expression,
 * columns that only the data can name). Rejects with EngineError when one of those runs into a limit.
 */
export function createTranslator({
  engine,
  language,
}: {
  readonly engine: Pick<Engine, 'rows'>;
  readonly language: Pick<Language, 'translate'>;
}) {
  const ask = async (asked: Asks, question: Question): Promise<string[]> => {
    const stream = engine.rows({
      ...bounds(question),
      relations: namedIn(asked.sql, question.dataset),
      sql: `SELECT CAST(to_json(CAST(answer AS VARCHAR)) AS VARCHAR) FROM (\n${asked.sql}\n) AS asked(answer)`,
      parameters: asked.parameters as readonly Parameter[],
      maxRows: ANSWER_ROWS,
    });
    const found: string[] = [];
    for await (const batch of stream) for (const text of batch) found.push(text === '' ? '' : ((JSON.parse(text) as string | null) ?? ''));
    return found;
  };
  const translate = async (query: string, question: Question): Promise<Ready | Refused> => {
    const answers = new Map<string, unknown>();
    const nowTicks = datetimeTicks(question.now.toISOString()) ?? 0n;
    for (let round = 0; round < ROUNDS; round += 1) {
      const translation = await language.translate(query, { schema: question.dataset.schema, nowTicks, answers });
      if (translation.state === 'ready') return translation;
      if (translation.state === 'refused') return { ok: false, diagnostics: translation.diagnostics };
      for (const asked of translation.questions) answers.set(asked.id, await ask(asked, question));
    }
    return refusal('too-many-questions', 'The query needs too many steps before it can be translated.');
  };
  return async (query: string, question: Question): Promise<Ready | Refused> => {
    try {
      return await translate(query, question);
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      return refusal(
        `language-${error.code}`,
        error.code === 'deadline' ? 'The query took too long to analyse.' : `The query could not be analysed (${error.message}).`,
      );
    }
  };
}
