import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';

/** What the support table says of a function or aggregate; `docs/kql-support.md` is generated from it. */
export type Support =
  | { readonly state: 'exact' }
  | { readonly state: 'limited'; readonly limit: string }
  | { readonly state: 'refused'; readonly reason: string; readonly hint?: string };

export type Emitted = string | Expression;

/**
 * A scalar function as a row of data. The pipeline asks `functionTable: ReadonlyMap<string, FunctionRow>` of functions/function-table.ts.
 *
 * The binder has already checked the call; user-defined functions are inlined before this table is asked. `emit` gets the arguments
 * translated, in order, as they were written (missing optional arguments are absent), and returns SQL of the physical type of the
 * result (atomic: a call, a CASE...END, or in parentheses), or a whole Expression when it knows more (a constant, a path).
 */
export interface FunctionRow {
  /** KQL's spelling. One row a spelling; aliases are rows that share `emit`. */
  readonly name: string;
  /** The rule of docs/translation.md it follows, such as 'R-40'. */
  readonly rule: string;
  readonly support: Support;
  /** Overrides the type the binder gives (`bound`), where the engine's differs. The column types of a result follow from it. */
  readonly returns?: (args: readonly Expression[], bound: KqlType) => KqlType;
  readonly emit: (args: readonly Expression[], context: EmitContext) => Emitted;
  /** For functions that give several columns in extend and project, such as series_fit_line: one Expression a column. */
  readonly columns?: (args: readonly Expression[], context: EmitContext) => readonly Expression[];
}
