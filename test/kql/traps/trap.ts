import type { Schema } from '../../../src/kql/schema';

/** A query that a naive translation gets wrong. Its header says what that would be; the rows are argued by hand from Kusto's documentation. */
export interface Trap {
  readonly rule: string;
  readonly query: string;
  /** Tables that the query reads, and the SQL that makes them. */
  readonly tables?: { readonly schema: Schema; readonly sql: readonly string[] };
  /** The names of the result's columns, where the rule is about them. */
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}
