import type { SignedInUser, TenantId } from '../../http/current-user';
import type { Diagnostic } from '../../kql/diagnostics';
import type { Column, Table } from '../../kql/schema';

/**
 * What hunting needs from the rest of the house, and nothing more. `composition.ts` adapts the real parts to these shapes;
 * tests pass small fakes of the same shapes.
 */

/** Delegated access tokens of the signed-in person, for one customer tenant and one resource. */
export interface AccessTokens {
  /**
   * Rejects with AppError `unauthenticated` / `sign-in-again` when only the person can help (a claims challenge travels in
   * `detail.claims`), `forbidden` when consent or policy is in the way, `upstream` when the identity service fails.
   */
  acquire(request: TokenRequest): Promise<{ readonly token: string; readonly expiresAt: Date }>;
}

export interface TokenRequest {
  readonly user: SignedInUser;
  readonly tenantId: TenantId;
  readonly resource: 'graph' | 'xdr' | 'mde';
  readonly claims?: string;
  readonly forceRefresh?: boolean;
}

/** A customer organization that this person may hunt in. */
export interface HuntingTenant {
  readonly tenantId: TenantId;
  readonly name: string;
}

/** The organizations to choose from: the person's own first, then the connected ones they may act in. */
export interface TenantDirectory {
  listFor(user: SignedInUser): Promise<readonly HuntingTenant[]>;
}

/** What the language knows of a query without running it (`analyze` of src/kql, in its own worker with a deadline). */
export interface QueryAnalysis {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the tables that the query reads. */
  readonly tables: readonly string[];
  readonly columns?: readonly Column[];
  readonly render?: { readonly kind: string };
  readonly timeFilter?: unknown;
  /** Whether the query works row by row over one time column, so that time slices of it add up exactly. */
  readonly rowWise?: { readonly timeColumn: string } | { readonly why: string };
  /** The query's own final `take`, `limit` or `top`. */
  readonly userTake?: number;
}

export interface Language {
  /** `schema`: the hunting schema, or the columns of a kept result under the table name `Results`. */
  analyze(query: string, schema: 'hunting' | { readonly id: string; readonly tables: readonly Table[] }): Promise<QueryAnalysis>;
}

/** One stored file set that reads as one relation; every file has the store form of `columns`. */
export interface KeptRelation {
  readonly files: readonly string[];
  readonly columns: readonly Column[];
}

/** The engine, as hunting sees it: load rows, then answer views over kept files. Values go out in wire form, one JSON array text a row. */
export interface ResultEngine {
  /** NDJSON (one JSON array of wire-form values a line, in column order) to one store-form Parquet file. */
  load(request: { readonly from: string; readonly to: string; readonly columns: readonly Column[]; readonly signal?: AbortSignal }): Promise<{
    readonly rows: number;
    readonly bytes: number;
  }>;
  rows(request: {
    readonly relation: KeptRelation;
    readonly offset?: number;
    readonly limit?: number;
    readonly signal?: AbortSignal;
  }): AsyncIterable<readonly string[]>;
  /** Writes the relation as one Parquet file that other programs read (typed columns, times as timestamps and exact text). */
  writeParquet(request: { readonly relation: KeptRelation; readonly to: string; readonly signal?: AbortSignal }): Promise<{ readonly bytes: number }>;
}

/** KQL over kept rows: the table `Results`. */
export interface KeptQuery {
  answer(request: {
    readonly query: string;
    readonly relation: KeptRelation;
    readonly now: Date;
    readonly to: string;
    readonly signal?: AbortSignal;
  }): Promise<
    | { readonly ok: true; readonly columns: readonly Column[]; readonly rows: number; readonly bytes: number; readonly notes: readonly Diagnostic[] }
    | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  >;
}
