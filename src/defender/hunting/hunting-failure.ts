import { UpstreamFailure, type UpstreamReason } from '../upstream/upstream-failure';
import type { UpstreamResponse } from '../upstream/upstream';
import { readClaimsChallenge } from './claims-challenge';
import { JsonFault } from './json-scan';

/**
 * Why a call brought no answer.
 * `query`: the service does not accept the query; `size`: the answer would be too large; `token`: refused, maybe with a claims
 * challenge; `forbidden`, `missing`; `quota`: throttled; `time`: too slow for the service or for us; `service`: it failed;
 * `network`: no connection, or a broken one; `unreadable`: not a whole answer; `cancelled`: by us.
 */
export type HuntingFailureKind =
  'query' | 'size' | 'token' | 'forbidden' | 'missing' | 'quota' | 'time' | 'service' | 'network' | 'unreadable' | 'cancelled';

export interface HuntingFailure {
  readonly kind: HuntingFailureKind;
  /** The same call may succeed when it is sent again. */
  readonly transient: boolean;
  readonly status?: number;
  readonly code?: string;
  /** The service's own words, shortened: to be shown as a quotation, never to decide by. */
  readonly serviceText?: string;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  readonly claims?: string;
}

const kindByReason: Readonly<Record<UpstreamReason, readonly [HuntingFailureKind, boolean]>> = {
  unsent: ['network', true],
  broken: ['network', true],
  'slow-headers': ['time', false],
  stalled: ['time', false],
  'slow-total': ['time', false],
  'too-large': ['size', false],
  aborted: ['cancelled', false],
};

/** A call that ended below HTTP, or a body that is not a whole answer. Anything else is rethrown: ours, or the disk's. */
export const failureOf = (error: unknown, context: { readonly requestId?: string; readonly status?: number } = {}): HuntingFailure => {
  if (error instanceof JsonFault) return { kind: 'unreadable', transient: true, code: error.message, ...context };
  if (!(error instanceof UpstreamFailure)) throw error;
  const [kind, transient] = kindByReason[error.reason];
  return { kind, transient, code: error.reason, ...context };
};

/** Seconds to wait, from either form of `Retry-After`. */
export const readRetryAfter = (header: string | undefined, now = Date.now()): number | undefined => {
  if (header === undefined) return undefined;
  if (/^\d{1,6}(\.\d+)?$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1_000));
};

interface ErrorBody {
  readonly code?: string;
  readonly serviceText?: string;
  readonly requestId?: string;
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 2_000) : undefined);
const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const readErrorBody = (text: string): ErrorBody => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  const error = asObject(asObject(parsed)['error']);
  const inner = asObject(error['innerError'] ?? error['innererror']);
  const found = {
    code: asText(error['code']),
    serviceText: asText(error['message']),
    requestId: asText(inner['request-id']) ?? asText(error['target']),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

const kindByStatus: Readonly<Record<number, HuntingFailureKind>> = {
  400: 'query',
  401: 'token',
  403: 'forbidden',
  404: 'missing',
  408: 'time',
  413: 'size',
  429: 'quota',
  504: 'time',
};

/** The services answer 400 both for a bad query and for an answer that is too large; only their words tell which. */
const speaksOfSize = /result size|allowed result|E_QUERY_RESULT_SET_TOO_LARGE/i;
const speaksOfTime = /timeout period|exceeded the timeout|execution timed out/i;

const kindOf = (status: number, text: string): HuntingFailureKind => {
  if (status === 400 && speaksOfSize.test(text)) return 'size';
  if (status === 400 && speaksOfTime.test(text)) return 'time';
  return kindByStatus[status] ?? (status >= 400 && status < 500 ? 'query' : 'service');
};

/** An answer whose status is not 200: reads the little body and sorts the failure. */
export const failureOfStatus = async (response: UpstreamResponse, requestId: string | undefined): Promise<HuntingFailure> => {
  const body = await response.text().then(readErrorBody, () => ({}) as ErrorBody);
  const kind = kindOf(response.status, body.serviceText ?? '');
  const retryAfterSeconds = readRetryAfter(response.header('retry-after'));
  const claims = kind === 'token' ? readClaimsChallenge(response.header('www-authenticate')) : undefined;
  const known = requestId ?? body.requestId;
  return {
    kind,
    transient: response.status >= 500,
    status: response.status,
    ...body,
    ...(known === undefined ? {} : { requestId: known }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(claims === undefined ? {} : { claims }),
  };
};
