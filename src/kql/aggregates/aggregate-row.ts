import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import type { Support } from '../functions/function-row';

/**
 * An aggregate as a row of data; the pipeline asks `aggregateTable: ReadonlyMap<string, AggregateRow>` of aggregates/aggregate-table.ts. arg_max, arg_min, take_any and any over several columns or `*` belong to the operator (operators/summarize.ts);
 * everything that gives one value a call, or a fixed list of values (percentiles), is here.
 *
 * `emit` returns a SQL aggregate expression over one group (it may wrap aggregates in scalar SQL: `coalesce(sum(x), 0)`), of the
 * physical type of the result. Several columns: an array in the order of the binder's columns.
 */
export interface AggregateRow {
  readonly name: string;
  readonly rule: string;
  readonly support: Support;
  readonly returns?: (args: readonly Expression[], bound: KqlType) => KqlType;
  readonly emit: (args: readonly Expression[], context: EmitContext) => string | readonly string[];
}
