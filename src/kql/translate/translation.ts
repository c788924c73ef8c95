import type { Column, KqlType, Schema } from '../schema';
import type { Span } from '../diagnostics';
import { refuse, type Parameters } from '../diagnostics/diagnose';
import type { DiagnosticCode } from '../diagnostics/catalogue.data';
import { createSourceText, type Insertion } from '../diagnostics/source-text';
import type { SyntaxNode } from '../bind/syntax-node';
import type { Environment } from './environment';
import type { Expression } from './expression';
import { completed, type Step } from './needed-steps';
import { physicalColumns, selected, type Relation } from './relation';

/** A data-dependent value that must be known before the SQL can be written. Its SQL gives one VARCHAR column. */
export interface Question {
  readonly id: string;
  readonly sql: string;
}

/** Stops a pass when questions are open; kql/index.ts turns it into the `asks` state. */
export class Asking extends Error {
  constructor(readonly questions: readonly Question[]) {
    super('The translation has open questions.');
  }
}

export interface Render {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface TranslationContext {
  readonly text: string;
  readonly schema: Schema;
  readonly nowTicks: bigint;
  readonly answers: ReadonlyMap<string, unknown>;
  readonly insertions?: readonly Insertion[];
}

export interface StepOptions {
  readonly ordered?: boolean;
  readonly materialized?: boolean;
  readonly source?: string;
  /** The hidden column that the step carries on. */
  readonly partition?: string | undefined;
  readonly parsed?: Relation['parsed'];
}

export interface NewColumn extends Column {
  readonly expression: string;
  /** The text that parse_json() makes it of. */
  readonly parsed?: string | undefined;
}

/** The state of one pass over one query: the steps written so far, the tables named, notes, and the two recursive entries. */
export interface Translation extends TranslationContext {
  /** Adds a CTE and gives the relation it is. */
  step(sql: string, columns: Relation['columns'], options?: StepOptions): Relation;
  /** SELECT of computed columns; `tail` is what follows FROM. From a relation, its partition goes along. */
  select(
    columns: readonly NewColumn[],
    from: string | Pick<Relation, 'from' | 'partition' | 'parsed'>,
    options?: { tail?: string; ordered?: boolean; distinct?: boolean },
  ): Relation;
  /** A name no one else uses, for aliases and helper columns. */
  fresh(prefix: string): string;
  /** The WITH clause of everything written so far, and a body after it. */
  complete(body: string): string;
  /** Rows of a helper query, asked for when they are not among the answers yet. */
  ask(body: string): readonly string[];
  /** Stores the rendering hint of the query. */
  render(value: Render): void;
  usesTable(name: string): void;
  spanOf(node: SyntaxNode, environment: Environment): Span;
  refuse(code: DiagnosticCode, parameters: Parameters, at: { node: SyntaxNode; environment: Environment }): never;
  tabular(node: SyntaxNode, environment: Environment): Relation;
  scalar(node: SyntaxNode, scope: Scope): Expression;
  /** A sub-query that begins with given rows. */
  pipeline(node: SyntaxNode, parts: { input: Relation; environment: Environment }): Relation;
  /** The rows of a view that a wildcard found. */
  inlineView(name: string, environment: Environment): Relation;
  readonly tables: ReadonlySet<string>;
  readonly rendering: () => Render | undefined;
}

/** Takes window expressions out of an operator's expressions into steps before it (operators/windows.ts). */
export interface WindowHost {
  /** The hidden column of sub-tables, when there are any. */
  readonly partition: string | undefined;
  add(sql: string, type: KqlType): Expression;
  /** A value of each row that is worked out over the whole sub-table at once: `sql` gives a list in row order. */
  fold(sql: (position: string) => string, type: KqlType): Expression;
  /** The position of a row; asking for it says that rows must be put back into order afterwards. */
  position(): Expression;
}

/** Where a scalar expression stands. */
export interface Scope {
  readonly translation: Translation;
  readonly environment: Environment;
  /** The row in sight; absent in let and print. */
  readonly row?: Relation | undefined;
  /** $left and $right of a join condition. */
  readonly sides?: { readonly left: Relation; readonly right: Relation } | undefined;
  readonly windows?: WindowHost | undefined;
  /** Inside summarize and make-series, where aggregates may stand. */
  readonly aggregates?: boolean | undefined;
  /** Columns hidden behind other SQL, such as the states of scan or the elements of mv-apply. */
  readonly resolve?: ((node: SyntaxNode) => Expression | undefined) | undefined;
}

/** The two recursive entries, given from outside so that modules form no cycle. */
export interface Entries {
  readonly tabular: (translation: Translation, node: SyntaxNode, environment: Environment) => Relation;
  readonly scalar: (node: SyntaxNode, scope: Scope) => Expression;
  readonly inlineView: (translation: Translation, name: string, environment: Environment) => Relation;
  readonly pipeline: (translation: Translation, node: SyntaxNode, parts: { input: Relation; environment: Environment }) => Relation;
}

const hashed = (text: string): string => {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  return (first >>> 0).toString(16).padStart(8, '0') + (second >>> 0).toString(16).padStart(8, '0');
};

/** Which of the new columns are parsed from a text that stands beside them under its own name. */
function parsedAmong(columns: readonly NewColumn[], physical: Relation['columns'], before: Relation['parsed']): Relation['parsed'] {
  const kept = new Set(columns.flatMap(({ expression }, index) => (physical[index]?.sql === expression ? [expression] : [])));
  const found = columns.flatMap(({ expression, parsed }, index): [string, string][] => {
    const text = parsed ?? before?.get(expression);
    return text !== undefined && kept.has(text) ? [[physical[index]?.sql ?? '', text]] : [];
  });
  return found.length > 0 ? new Map(found) : undefined;
}

/** The steps of a pass and its counter of names. */
function createSteps(): Pick<Translation, 'step' | 'select' | 'fresh' | 'complete'> {
  const steps: Step[] = [];
  let counter = 0;
  const fresh = (prefix: string): string => `_${prefix}${(counter += 1)}`;
  const step: Translation['step'] = (sql, columns, options = {}) => {
    const name = fresh('');
    const { ordered = false, materialized = false, source, partition, parsed } = options;
    steps.push({ name, sql, materialized });
    return {
      from: name,
      columns,
      ordered,
      parsed,
      ...(source === undefined ? {} : { source }),
      ...(partition === undefined ? {} : { partition }),
    };
  };
  const select: Translation['select'] = (columns, origin, options = {}) => {
    const { from, partition, parsed }: Pick<Relation, 'from' | 'partition' | 'parsed'> =
      typeof origin === 'string' ? { from: origin } : origin;
    const physical = physicalColumns(columns);
    const list = [
      ...columns.map((column, index) => selected(column.expression, physical[index]?.sql ?? '')),
      ...(partition === undefined ? [] : [partition]),
    ];
    const head = options.distinct ? 'SELECT DISTINCT ' : 'SELECT ';
    const sql = `${head}${list.join(', ') || 'NULL AS _'} FROM ${from}${options.tail ? ` ${options.tail}` : ''}`;
    return step(sql, physical, { ordered: options.ordered ?? false, partition, parsed: parsedAmong(columns, physical, parsed) });
  };
  return { step, select, fresh, complete: (body) => completed(steps, body) };
}

/** Starts a pass. */
export function createTranslation(context: TranslationContext, entries: Entries): Translation {
  const steps = createSteps();
  const tables = new Set<string>();
  const source = createSourceText(context.text, context.insertions);
  let rendered: Render | undefined;
  const spanOf: Translation['spanOf'] = (node, environment) =>
    environment.anchor ?? source.span(node.start, Math.max(node.end - node.start, 1));
  const translation: Translation = {
    ...context,
    ...steps,
    tables,
    spanOf,
    ask(body) {
      const sql = steps.complete(body);
      const id = hashed(sql);
      const answer = context.answers.get(id);
      if (!Array.isArray(answer)) throw new Asking([{ id, sql }]);
      return answer.map((value) => (value === null || value === undefined ? '' : String(value)));
    },
    render: (value) => void (rendered = value),
    rendering: () => rendered,
    usesTable: (name) => void tables.add(name),
    refuse: (code, parameters, at) => refuse(code, parameters, spanOf(at.node, at.environment)),
    tabular: (node, environment) => entries.tabular(translation, node, environment),
    scalar: (node, scope) => entries.scalar(node, scope),
    pipeline: (node, parts) => entries.pipeline(translation, node, parts),
    inlineView: (name, environment) => entries.inlineView(translation, name, environment),
  };
  return translation;
}
