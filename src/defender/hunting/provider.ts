import type { ReceivedAnswer, TenantMark } from './receive-answer';
import type { HuntingFailure } from './hunting-failure';

export type HuntingResource = 'graph' | 'xdr' | 'mde';

/** An absolute window, half open: `from` <= time < `to`, ISO 8601 in UTC. */
export interface HuntingWindow {
  readonly from: string;
  readonly to: string;
}

export interface HuntingCall {
  readonly token: string;
  readonly query: string;
  readonly window: HuntingWindow;
  /** Ours, sent as `client-request-id`, so that a call without an answer can still be named to the service's support. */
  readonly clientRequestId: string;
  /** Where the rows go: a file of NDJSON arrays, made anew. */
  readonly to: string;
  readonly signal: AbortSignal;
  /** Set: each row begins with the tenant's name and id, in columns of their own. */
  readonly tenant?: TenantMark;
}

export type HuntingAnswer =
  ({ readonly ok: true; readonly requestId?: string } & ReceivedAnswer) | { readonly ok: false; readonly failure: HuntingFailure };

/** One of Microsoft's advanced hunting services. Failures are values; a rejection is a bug or a full disk. */
export interface HuntingProvider {
  readonly resource: HuntingResource;
  /** Whether the service itself applies `window`; if not, the caller writes it into the query. */
  readonly appliesWindow: boolean;
  run(call: HuntingCall): Promise<HuntingAnswer>;
}
