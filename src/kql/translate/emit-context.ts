import type { KqlType } from '../schema';
import type { Span } from '../diagnostics';
import type { Expression } from './expression';

/** What a row of the function or aggregate table may ask of the translation it is part of. */
export interface EmitContext {
  /** The instant that now() gives, fixed for the whole query. */
  readonly nowTicks: bigint;
  /** The type the binder gives this call. */
  readonly bound: KqlType;
  /** Where the call stands in the query text. */
  readonly span: Span;
  /** The query names no table: its rows are written in it, so an exact form that is slow over millions of rows costs nothing. */
  readonly fewRows: boolean;
  /** Stops the translation with a diagnostic of kind 'unsupported' that names the construct: what is not exact is refused. */
  refuse(message: string, hint?: string): never;
  /**
   * SQL that evaluates `sql` once and uses it several times: use('x') sees a name. A plain column or literal is repeated instead.
   * Use it wherever an argument would otherwise be written twice and may be long (nested macros explode).
   */
  once(sql: string, use: (name: string) => string): string;
  /** Several at once. */
  onceAll(sqls: readonly string[], use: (names: readonly string[]) => string): string;
  /**
   * The value of a constant that only running a query can tell (an argument that must be constant in SQL but came from toscalar()):
   * returns the expression with `constant` filled in, or stops this pass to ask for it.
   */
  settle(expression: Expression): Expression;
}
