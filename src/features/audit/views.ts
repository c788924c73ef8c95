/** One record as the page shows it; every text is already safe to read. */
export interface AuditRow {
  readonly seq: string;
  readonly time: string;
  readonly datetime: string;
  readonly who: string;
  readonly username: string;
  readonly action: string;
  readonly label: string;
  readonly facts: readonly AuditFact[];
  readonly verdict: { readonly text: string; readonly tone: 'good' | 'warn' } | null;
  readonly query: { readonly text: string; readonly firstLine: string; readonly long: boolean } | null;
  /** The run, where the reader owns it. */
  readonly runHref: string | null;
  /** All records of its run. */
  readonly sameRunHref: string | null;
}

export interface AuditFact {
  readonly name: string;
  readonly value: string;
}

export interface AuditFilters {
  readonly person: string;
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly run: string;
  readonly actions: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly active: boolean;
}

export interface AuditCheckView {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly says: string;
}

export interface AuditView {
  /** Whose records these are. */
  readonly scope: string;
  /** What was run in the last 30 days, in plain words. */
  readonly summary: string;
  readonly everybody: boolean;
  readonly filters: AuditFilters;
  readonly records: readonly AuditRow[];
  readonly csvHref: string;
  readonly ndjsonHref: string;
  readonly jsonHref: string;
  readonly newestHref: string | null;
  readonly olderHref: string | null;
  /** The record that a long search had come to when it ended; null: the page shows what there is. */
  readonly searchedTo: string | null;
  /** Where to have the chain checked; null: not this reader's. */
  readonly checkAction: string | null;
  readonly check: AuditCheckView | null;
}
