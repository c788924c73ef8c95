import type { SignedInUser, TenantId } from '../../http/current-user';
import type { Diagnostic } from '../../kql/diagnostics';
import type { Column, Table } from '../../kql/schema';
import type { Facet } from './results/present-facet';
import type { ChartAsk, ChartRows } from '../../kusto/results/chart-rows';
import type { View } from '../../kusto/results/view';

export type { ChartAsk, ChartRows };

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
  /** Those of them where the person is not known to lack the role: what a form offers. */
  offeredTo(user: SignedInUser): Promise<readonly HuntingTenant[]>;
  /** Rejects with AppError `forbidden` / `role-needed` unless the person may hunt in each. */
  assertMayHunt(user: SignedInUser, tenants: readonly HuntingTenant[]): Promise<void>;
  /** The same for rows that were kept from organizations other than the person's own. */
  assertMayRead(user: SignedInUser, tenants: readonly HuntingTenant[]): Promise<void>;
}

/** What the language knows of a query without running it (`analyze` of src/kql, in its own worker with a deadline). */
export interface QueryAnalysis {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the tables that the query reads. */
  readonly tables: readonly string[];
  readonly columns?: readonly Column[];
  readonly render?: { readonly kind: string; readonly properties?: Readonly<Record<string, string>> };
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

/** Kept rows as src/kusto reads them: store-form files of one shape, in order. */
export interface KeptRelation {
  readonly files: readonly string[];
  readonly columns: readonly Column[];
  /** Rows of each file, where they are known: a page then opens only the files it lies in. */
  readonly counts?: readonly number[];
  /** Every file has every column, in this order. */
  readonly whole?: boolean;
}

/** Turns NDJSON (one JSON array of wire-form values a line, in column order) into one store-form Parquet file. */
export interface RowLoader {
  load(request: {
    readonly from: string;
    readonly to: string;
    readonly columns: readonly Column[];
    readonly signal?: AbortSignal;
    readonly owner?: string;
  }): Promise<{
    readonly rows: number;
    readonly bytes: number;
    /** Cells kept as null because they did not fit, by column; hunting then loads that column as dynamic. */
    readonly misfits: Readonly<Record<string, number>>;
  }>;
}

export interface Asking {
  readonly signal?: AbortSignal | undefined;
  readonly owner?: string;
}

/** Views of kept rows (createResultViews of src/kusto). Rows are JSON array texts in wire form. */
export interface ResultPages {
  page(
    view: View,
    /** The texts hold `columns`, by position and in this order; all where it does not say. */
    bounds: { readonly offset: number; readonly limit: number; readonly columns?: readonly number[] },
    asking?: Asking,
  ): Promise<{ readonly rows: readonly string[]; readonly more: boolean }>;
  /** `near`: the page that is looked at besides. */
  count(view: View, near: { readonly offset: number; readonly limit: number }, asking?: Asking): Promise<number>;
  facet(view: View, asked: { readonly column: number; readonly limit: number }, asking?: Asking): Promise<Facet>;
  /** What a picture of the view is drawn from. */
  chart(view: View, ask: ChartAsk, asking?: Asking): Promise<ChartRows>;
  /** Which columns hold one value, or none, in every row of the result. */
  constants(rows: KeptRelation, asking?: Asking): Promise<readonly boolean[]>;
}

/** Whole kept results as files for other programs, streamed. */
export interface ResultExports {
  /** Rows in wire form, batch after batch. */
  rows(rows: KeptRelation, asking?: { readonly signal?: AbortSignal; readonly owner?: string }): AsyncIterable<readonly string[]>;
  /** CSV lines with a header. `safe`: string cells that a spreadsheet would run as a formula are made harmless. */
  csv(
    rows: KeptRelation,
    options: { readonly safe: boolean; readonly signal?: AbortSignal; readonly owner?: string },
  ): AsyncIterable<string>;
  /** One JSON object a line, its members in column order. */
  ndjson(rows: KeptRelation, asking?: Asking): AsyncIterable<string>;
  /** One Parquet file of ordinary types (times as timestamps, the exact text beside where they are finer), written to `to`. */
  parquet(rows: KeptRelation, to: string, asking?: { readonly signal?: AbortSignal; readonly owner?: string }): Promise<void>;
}

/** KQL over kept rows, their table being called `Results`; the answer becomes a store-form file at `to`. */
export interface KeptQuery {
  answer(request: {
    readonly query: string;
    readonly rows: KeptRelation;
    /** Rows of another run that the query may read besides, as the table `name`. */
    readonly beside?: { readonly name: string; readonly rows: KeptRelation };
    readonly now: Date;
    readonly to: string;
    readonly signal?: AbortSignal;
    readonly owner?: string;
  }): Promise<
    | {
        readonly ok: true;
        readonly columns: readonly Column[];
        readonly rows: number;
        readonly bytes: number;
        /** What the query should hear of besides its answer, and the picture it asks for. */
        readonly notes?: readonly Diagnostic[];
        readonly render?: QueryAnalysis['render'];
      }
    | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  >;
}

/** One act on one organization's data, as the audit trail keeps it. Never a row, a token or a service's own text. */
export interface HuntEvent {
  readonly action: 'hunt-started' | 'hunt-finished' | 'hunt-cancelled' | 'rows-refined' | 'rows-exported' | 'data-deleted';
  /** Who acts. */
  readonly by: Pick<SignedInUser, 'tenantId' | 'objectId' | 'name'> & Partial<Pick<SignedInUser, 'username' | 'tenantName'>>;
  /** False: Quarry did it by rule, to what belongs to this person. */
  readonly byPerson: boolean;
  readonly runId: string;
  readonly query?: string;
  /** Whose data it concerns, and what is known of each. One organization is never told of another. */
  readonly tenants: readonly HuntEventTenant[];
  /** What may be told to each of them. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface HuntEventTenant {
  readonly tenantId: TenantId;
  readonly name: string;
  /** Rows of its data that came, or that left. */
  readonly rows?: number;
  readonly verdict?: string;
  readonly state?: string;
  readonly cut?: string | null;
}

/**
 * Tells the audit trail. Resolves once it is durable. For `hunt-started`, `rows-refined` and a whole `rows-exported` (`complete` among
 * its facts) it rejects with AppError `unavailable` / `audit-unavailable` where that cannot be: they do not happen then. For the others,
 * which have happened already, it goes on trying.
 */
export type RecordHunt = (event: HuntEvent) => Promise<void>;
