import type { GridView } from './results/grid-view';

export interface DiagnosticView {
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint: string | null;
  /** `line 2, column 7`. */
  readonly where: string | null;
  /** The line it is about and a caret under the place. */
  readonly excerpt: { readonly line: string; readonly caret: string } | null;
}

export interface TenantChoiceView {
  readonly id: string;
  readonly name: string;
  readonly checked: boolean;
  /** `45 of 45 calls left this minute`. */
  readonly budget: string;
}

/** `views/pages/hunting/new.ejs`: the query form, also after a mistake. */
export interface HuntingNewView {
  /** Drawn anew at each showing, so that a form that is sent twice makes one run. */
  readonly once: string;
  readonly query: string;
  readonly timespans: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly tenants: readonly TenantChoiceView[];
  readonly problems: readonly string[];
  readonly diagnostics: readonly DiagnosticView[];
  /** Set when the session ended while somebody wrote: the text is still in the form. */
  readonly signInHref: string | null;
}

export interface LedgerLineView {
  readonly tenantName: string;
  readonly tenantId: string;
  readonly state: string;
  readonly stage: string | null;
  readonly rows: string;
  readonly cut: string | null;
  readonly error: string | null;
  readonly serviceText: string | null;
  readonly requestId: string | null;
  readonly newest: string | null;
  readonly calls: string;
  readonly notes: readonly string[];
  readonly signInHref: string | null;
  /** Where an administrator of the organization can connect it again. */
  readonly connectHref: string | null;
}

export interface RunActionView {
  readonly label: string;
  readonly action: string;
  readonly explanation: string;
}

/** `views/pages/hunting/run.ejs`: a run while it works and after. */
export interface HuntingRunView {
  readonly id: string;
  readonly state: string;
  /** A sentence that says how it stands, also for a screen reader. */
  readonly status: string;
  readonly verdict: 'complete' | 'partial' | 'unknown';
  readonly verdictText: string;
  readonly reasons: readonly string[];
  readonly query: string;
  readonly window: string;
  readonly asked: string;
  readonly took: string;
  readonly live: boolean;
  readonly jsonHref: string;
  readonly editHref: string;
  /** False for somebody who may only read. */
  readonly mayHunt: boolean;
  readonly parent: { readonly label: string; readonly href: string } | null;
  readonly diagnostics: readonly DiagnosticView[];
  readonly ledger: readonly LedgerLineView[];
  readonly cancelAction: string | null;
  readonly actions: readonly RunActionView[];
  /** Why time slices are not offered although something was cut. */
  readonly notSliceable: string | null;
  readonly results: GridView | null;
  /** In place of a table: no rows, or no longer kept. */
  readonly emptyText: string | null;
  readonly refine: { readonly action: string; readonly query: string; readonly diagnostics: readonly DiagnosticView[] } | null;
}

/** `views/pages/hunting/history.ejs`. */
export interface HuntingHistoryView {
  readonly runs: readonly {
    readonly href: string;
    readonly query: string;
    readonly asked: string;
    readonly tenants: string;
    readonly state: string;
    readonly verdict: 'complete' | 'partial' | 'unknown';
    readonly rows: string;
    readonly took: string;
    readonly kept: boolean;
  }[];
  readonly olderHref: string | null;
}

/** `views/pages/hunting/tables.ejs` and `table.ejs`: the schema as we know it. */
export interface SchemaTablesView {
  readonly note: string;
  readonly tables: readonly {
    readonly name: string;
    readonly href: string;
    readonly about: string;
    readonly group: string;
    readonly status: string;
    readonly columns: number;
  }[];
}

export interface SchemaTableView {
  readonly name: string;
  readonly about: string;
  readonly status: string;
  readonly note: string;
  readonly huntHref: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}
