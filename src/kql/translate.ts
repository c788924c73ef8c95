import type { Column, Schema } from './schema';
import type { Diagnostic } from './diagnostics';
import { diagnose, Refusal } from './diagnostics/diagnose';
import type { Insertion } from './diagnostics/source-text';
import { checkedQuery, type CheckedQuery } from './bind/checked-query';
import { schemaFor } from './bind/fitting-schema';
import { emptyEnvironment } from './translate/environment';
import { declareStatements } from './translate/statements';
import { scalar } from './translate/scalar';
import { inlineView, pipeline, tabular } from './translate/tabular';
import { Rebinding } from './operators/plugins/output-schema';
import { Asking, createTranslation, type Render } from './translate/translation';
import type { Relation } from './translate/relation';

export interface TranslateContext {
  readonly schema: Schema;
  /** The instant of now(), in ticks of 100 ns since 0001-01-01. */
  readonly nowTicks: bigint;
  /** Answers to the questions of an earlier pass: by id, the texts of the single column. */
  readonly answers?: ReadonlyMap<string, unknown>;
}

export type Translation =
  | {
      readonly state: 'ready';
      readonly sql: string;
      readonly parameters: readonly unknown[];
      readonly columns: readonly Column[];
      /** physical[i] is the name in the SQL result of columns[i]. */
      readonly physical: readonly string[];
      readonly tables: readonly string[];
      readonly ordered: boolean;
      readonly notes: readonly Diagnostic[];
      readonly render?: Render;
    }
  | {
      readonly state: 'asks';
      /** Each SQL gives one VARCHAR column; run it and translate again with answers.set(id, the texts of its rows). */
      readonly questions: readonly {
        readonly id: string;
        readonly sql: string;
        readonly parameters: readonly unknown[];
        readonly tables: readonly string[];
      }[];
    }
  | { readonly state: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** The result's SELECT states its columns, so that helper columns and the schema's own order never leak out. */
function finalSelect(relation: Relation): string {
  return `SELECT ${relation.columns.map((column) => column.sql).join(', ') || 'NULL AS _'} FROM ${relation.from}`;
}

/** Plugins with columns from the data, one after the other. */
const maxRounds = 12;

const unquoted = (name: string): string => name.slice(1, -1).replaceAll('""', '"');

/** What the binder doubted and the translation then could not do after all: a call with an argument too few. */
const raised = (notes: readonly Diagnostic[]): readonly Diagnostic[] =>
  notes
    .filter(({ code, severity }) => code.startsWith('KS') && severity === 'warning')
    .map((note) => ({ ...note, kind: 'semantic', severity: 'error' }));

interface Pass {
  /** The text as it is bound: the user's, with the schemas that earlier passes found. */
  readonly text: string;
  readonly checked: CheckedQuery;
  readonly insertions: readonly Insertion[];
}

function pass({ text, checked, insertions }: Pass, context: TranslateContext): Translation | Rebinding {
  const translation = createTranslation(
    { text, insertions, schema: context.schema, nowTicks: context.nowTicks, answers: context.answers ?? new Map() },
    { tabular, scalar, inlineView, pipeline },
  );
  try {
    const environment = declareStatements(checked.statements, translation, emptyEnvironment);
    const relation = translation.tabular(checked.expression, environment);
    if (relation.graph)
      return translation.refuse(
        'construct-unsupported',
        { what: 'A graph is no result by itself: use graph-match or graph-to-table.' },
        { node: checked.expression, environment },
      );
    const rendering = translation.rendering();
    return {
      state: 'ready',
      sql: translation.complete(finalSelect(relation)),
      parameters: [],
      columns: relation.columns.map(({ name, type }) => ({ name, type })),
      physical: relation.columns.map((column) => unquoted(column.sql)),
      tables: [...translation.tables],
      ordered: relation.ordered,
      notes: checked.notes,
      ...(rendering ? { render: rendering } : {}),
    };
  } catch (error) {
    if (error instanceof Asking) {
      return {
        state: 'asks',
        questions: error.questions.map((question) => ({ ...question, parameters: [], tables: [...translation.tables] })),
      };
    }
    if (error instanceof Rebinding) return error;
    if (error instanceof RangeError) return { state: 'refused', diagnostics: [checked.tooComplex] };
    if (error instanceof Refusal) return { state: 'refused', diagnostics: error.diagnostics };
    const doubted = raised(checked.notes);
    if (doubted.length > 0) return { state: 'refused', diagnostics: doubted };
    throw error;
  }
}

/** The names that only the data could have given, when nothing else is wrong with a query. */
function absentNames(diagnostics: readonly Diagnostic[]): readonly string[] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const names = errors.map((error) => (error.code === 'KS142' ? /'([^'*]+)'/.exec(error.message)?.[1] : undefined));
  return names.every((name) => name !== undefined) ? [...new Set(names as string[])] : [];
}

/**
 * A column that a plugin would have found in other data: stated as an empty one, with a warning. Over data that lacks it the service
 * refuses the query; here a hunt over a quiet day should still run.
 */
function withAbsent(text: string, insertions: Insertion[], names: readonly string[]): string {
  const last = insertions.at(-1) as Insertion;
  const end = last.at + last.length - 1;
  const more = names.map((name) => `, ['${name.replaceAll('\\', '\\\\')}']: dynamic`).join('');
  insertions[insertions.length - 1] = { at: last.at, length: last.length + more.length };
  return text.slice(0, end) + more + text.slice(end);
}

/**
 * Translates a query to one SELECT over the tables of the schema, which the engine supplies under their own names in store form.
 * Everything the user wrote stands in the SQL as quoted constants: DuckDB folds them, prunes by them and compiles patterns once.
 * Never throws on user input.
 */
export function translate(query: string, request: TranslateContext): Translation {
  const { schema, notes: fitting } = schemaFor(query, request.schema);
  const context = { ...request, schema };
  let text = query;
  const insertions: Insertion[] = [];
  const notes: Diagnostic[] = [...fitting];
  for (let round = 0; round < maxRounds; round += 1) {
    const checked = checkedQuery(text, context.schema);
    if (!checked.ok) {
      const absent = insertions.length > 0 ? absentNames(checked.diagnostics) : [];
      if (absent.length === 0) return { state: 'refused', diagnostics: checked.diagnostics };
      text = withAbsent(text, insertions, absent);
      notes.push(...absent.map((name) => diagnose('column-absent', { name })));
      continue;
    }
    const result = pass({ text, checked: checked.query, insertions }, context);
    if (!(result instanceof Rebinding)) return result.state === 'ready' ? { ...result, notes: [...notes, ...result.notes] } : result;
    text = text.slice(0, result.at) + result.insert + text.slice(result.at);
    insertions.push({ at: result.at, length: result.insert.length });
  }
  return { state: 'refused', diagnostics: [diagnose('query-too-complex', {})] };
}
