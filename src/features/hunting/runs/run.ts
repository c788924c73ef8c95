import type { TenantId } from '../../../http/current-user';
import type { Column } from '../../../kql/schema';
import type { Diagnostic } from '../../../kql/diagnostics';

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
/** `split`: others took its place (finer time slices, or the same asked again), and it is no longer part of the answer. */
export type SliceState = RunState | 'split';

/** What ended an answer before it was whole. */
export type Cut = 'rows' | 'bytes' | 'time' | 'quota' | 'error' | 'cancel' | 'interrupted' | 'disconnected';

/** Absolute, ISO 8601 in UTC. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** `hunt` asked the service; `refine` asked the kept rows of another run; `explain` asked why another run has none. */
export type RunKind = 'hunt' | 'refine' | 'explain';

/** One try at a slice that did not bring its answer. */
export interface Attempt {
  readonly at: string;
  readonly failure: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly waitedSeconds?: number;
}

export interface SliceFailure {
  /** Stable and kebab-case. */
  readonly code: string;
  /** What happened and the one next step, in our words. */
  readonly message: string;
  /** The service's own words, for quoting. */
  readonly serviceText?: string;
  /** A claims challenge that the person has to answer in the browser. */
  readonly claims?: string;
}

export interface Slice {
  readonly id: string;
  readonly runId: string;
  readonly tenantId: TenantId;
  readonly tenantName: string;
  readonly window: Window;
  /** True for a part of the run's window: the query then carries the slice's bounds itself. */
  readonly partial: boolean;
  readonly state: SliceState;
  readonly rows: number;
  /** Of the answer as it came. */
  readonly bytes: number;
  /** Of the kept file. */
  readonly keptBytes: number;
  readonly cut: Cut | null;
  /** Reasons why a whole-looking answer may still not be whole. */
  readonly doubts: readonly string[];
  readonly failure: SliceFailure | null;
  readonly attempts: readonly Attempt[];
  /** How many rows the service counted when it was asked; null where it was not. */
  readonly counted: number | null;
  /** Sent to the service for this slice, answered or not. */
  readonly calls: number;
  readonly requestId: string | null;
  readonly newest: string | null;
  readonly columns: readonly Column[];
  readonly serviceSeconds: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  readonly parentId: string | null;
  readonly owner: { readonly tenantId: TenantId; readonly objectId: string; readonly name: string };
  readonly query: string;
  readonly timespan: string;
  readonly window: Window;
  readonly state: RunState;
  readonly provider: string;
  readonly analysis: RunAnalysis;
  /** For a refinement: what its source could vouch for when it was asked. */
  readonly inherited: InheritedLedger | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Set when the kept rows were removed by policy. */
  readonly prunedAt: number | null;
}

/** What the language said of the query when the run was made. */
export interface RunAnalysis {
  readonly tables: readonly string[];
  readonly notes: readonly Diagnostic[];
  readonly userTake?: number;
  readonly rowWise?: { readonly timeColumn: string } | { readonly why: string };
  readonly render?: { readonly kind: string; readonly properties?: Readonly<Record<string, string>> };
}

export interface InheritedLedger {
  readonly verdict: Verdict;
  readonly tenants: readonly TenantLedger[];
}

/** `complete` is a claim: every tenant answered whole, nothing speaks against it. */
export type Verdict = 'complete' | 'partial' | 'unknown';

export interface TenantLedger {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly state: RunState;
  readonly rows: number;
  readonly bytes: number;
  readonly cut: Cut | null;
  readonly error: string | null;
  readonly requestId: string | null;
  readonly newest: string | null;
  readonly calls: number;
  readonly retries: number;
  readonly slices: number;
  readonly notes: readonly string[];
}

export const isFinished = (state: RunState | SliceState): boolean => state !== 'queued' && state !== 'running';
