import type { AuditView } from '../features/audit/views';
import type { NoAccessView } from '../features/auth/no-access-view';
import type { SignedOutView } from '../features/auth/views';
import type { BoardView } from '../features/tenants/board/board-view';
import type { ConnectView } from '../features/tenants/connect/connect-view';
import type { ConnectedView, RefusedView } from '../features/tenants/connect/outcome-views';
import type { DisconnectedView, DisconnectView } from '../features/tenants/disconnect/disconnect-views';
import type { EntityView } from '../features/entities/views';
import type { CompareView } from '../features/hunting/compare/present-compare';
import type { HuntingHistoryView, HuntingNewView, HuntingRunView, SchemaTablesView, SchemaTableView } from '../features/hunting/views';

/**
 * Every page by name and what its template is given: the one list. A page's template is
 * `views/pages/<name>.ejs`; `test/http/pages.test.ts` fails on a file without an entry here, and the reverse.
 */
export interface ErrorView {
  readonly heading: string;
  readonly message: string;
  readonly action: { readonly label: string; readonly href: string } | null;
  readonly requestId: string;
  readonly correlationId: string | null;
  readonly code: string;
}

export interface HomeView {
  readonly signInHref: string;
  readonly connectHref: string | null;
  /** Set where the lab stands in for the cloud: says so, and whom to sign in as. */
  readonly lab: { readonly account: string; readonly query: string } | null;
}

export interface Pages {
  'audit/index': AuditView;
  'auth/no-access': NoAccessView;
  'auth/signed-out': SignedOutView;
  'connect/new': ConnectView;
  'connect/connected': ConnectedView;
  'connect/refused': RefusedView;
  'tenants/index': BoardView;
  'tenants/disconnect': DisconnectView;
  'tenants/disconnected': DisconnectedView;
  'entities/show': EntityView;
  'error/show': ErrorView;
  'home/show': HomeView;
  'hunting/compare': CompareView;
  'hunting/history': HuntingHistoryView;
  'hunting/new': HuntingNewView;
  'hunting/run': HuntingRunView;
  'hunting/table': SchemaTableView;
  'hunting/tables': SchemaTablesView;
}

export type PageName = keyof Pages;
