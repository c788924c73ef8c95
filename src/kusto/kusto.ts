import type { Engine } from '../engine/engine';
import type { Parameter, RowStream, Written } from '../engine/requests';
import type { Diagnostic } from '../kql/diagnostics';
import type { Column } from '../kql/schema';
import type { Language } from './language/language';
import { storeSelect, wireSelect } from './store-select';
import { bounds, createTranslator, relationsOf, type Question, type Ready, type Refused } from './translation-rounds';

export type { Question, Refused };

export interface Prepared {
  readonly ok: true;
  readonly columns: readonly Column[];
  readonly notes: readonly Diagnostic[];
  readonly render?: NonNullable<Ready['render']>;
  /** The SQL that answers, for `--explain` and the log. */
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** The name in `sql` of each of `columns`. */
  readonly physical: readonly string[];
  readonly tables: readonly string[];
}

export interface Answered extends Prepared {
  /** JSON array texts in wire form. Iterating may reject with EngineError. */
  readonly rows: RowStream;
}

export interface AnsweredToFile extends Prepared, Written {}

export type Kusto = ReturnType<typeof createKusto>;

/** KQL answered over files: `language` turns the text into SQL, `engine` runs it, and the translator's own questions on the way. */
export function createKusto({
  engine,
  language,
}: {
  readonly engine: Pick<Engine, 'rows' | 'write'>;
  readonly language: Pick<Language, 'translate'>;
}) {
  const prepare = createTranslator({ engine, language });
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

const prepared = ({ columns, notes, render, sql, parameters, physical, tables }: Ready): Prepared => ({
  ok: true,
  columns,
  notes,
  sql,
  parameters: parameters as readonly Parameter[],
  physical,
  tables,
  ...(render !== undefined && { render }),
});
