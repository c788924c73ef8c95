import { randomUUID } from 'node:crypto';
import { stsErrors, type StsCode, type StsErrorRow } from './sts-errors.data';

/** One numbered failure of the identity service, with what an occasion adds to its row. */
export class StsError extends Error {
  constructor(
    readonly code: StsCode,
    readonly details: readonly string[] = [],
    readonly extra: { readonly error?: string; readonly suberror?: string; readonly claims?: string } = {},
  ) {
    super(`AADSTS${code}`);
  }

  get row(): StsErrorRow {
    return stsErrors[this.code];
  }

  get oauthError(): string {
    return this.extra.error ?? this.row.error;
  }
}

/** The identifiers by which a person and their administrator find one failure again. */
export interface Trace {
  readonly traceId: string;
  readonly correlationId: string;
  readonly at: Date;
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A trace for one request; the caller's own `client-request-id` is its correlation id when it is a GUID. */
export const createTrace = (clientRequestId: unknown, at: Date): Trace => ({
  traceId: randomUUID(),
  correlationId: typeof clientRequestId === 'string' && guid.test(clientRequestId) ? clientRequestId.toLowerCase() : randomUUID(),
  at,
});

const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`;

export const describe = ({ code, row, details }: StsError, { traceId, correlationId, at }: Trace): string => {
  const sentence = row.text.replace(/\{(\d)\}/g, (_, index: string) => details[Number(index)] ?? '');
  return `AADSTS${code}: ${sentence} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${stamp(at)}`;
};

/** The JSON body that the token endpoint fails with. */
export const errorBody = (error: StsError, trace: Trace, base: string) => {
  const suberror = error.extra.suberror ?? error.row.suberror;
  return {
    error: error.oauthError,
    error_description: describe(error, trace),
    error_codes: [error.code],
    timestamp: stamp(trace.at),
    trace_id: trace.traceId,
    correlation_id: trace.correlationId,
    error_uri: `${base}/error?code=${error.code}`,
    ...(suberror === undefined ? {} : { suberror }),
    ...(error.extra.claims === undefined ? {} : { claims: error.extra.claims }),
  };
};

/** The parameters that take a failure of the authorize endpoint back to the app. */
export const errorParameters = (error: StsError, trace: Trace, base: string): Record<string, string> => ({
  error: error.oauthError,
  error_description: describe(error, trace),
  error_uri: `${base}/error?code=${error.code}`,
  ...(error.code === 65004 ? { error_subcode: 'cancel' } : {}),
  ...(error.extra.claims === undefined ? {} : { claims: error.extra.claims }),
});
