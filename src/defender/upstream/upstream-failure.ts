import { isProxyRefusal } from '../../outbound';

/**
 * Why a call brought no usable answer, before anything of the service's own error language is read.
 * `unsent`: the connection never stood, so the call cannot have been received; `broken`: it may have been.
 */
export type UpstreamReason = 'unsent' | 'broken' | 'slow-headers' | 'stalled' | 'slow-total' | 'too-large' | 'aborted';

/** A call that failed below HTTP, or broke one of our limits. */
export class UpstreamFailure extends Error {
  constructor(
    readonly reason: UpstreamReason,
    options?: { readonly cause?: unknown },
  ) {
    super(`upstream: ${reason}`, options);
    this.name = 'UpstreamFailure';
  }
}

const reasonsByCode: Readonly<Record<string, UpstreamReason>> = {
  UND_ERR_CONNECT_TIMEOUT: 'unsent',
  ECONNREFUSED: 'unsent',
  ENOTFOUND: 'unsent',
  EAI_AGAIN: 'unsent',
  EHOSTUNREACH: 'unsent',
  ENETUNREACH: 'unsent',
  UND_ERR_HEADERS_TIMEOUT: 'slow-headers',
  UND_ERR_BODY_TIMEOUT: 'stalled',
  UND_ERR_ABORTED: 'aborted',
  ABORT_ERR: 'aborted',
};

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : cause === undefined ? '' : codeOf(cause);
};

/** Sorts whatever the HTTP client threw; what it does not know counts as a broken connection. */
export const toUpstreamFailure = (error: unknown): UpstreamFailure => {
  if (error instanceof UpstreamFailure) return error;
  if (isProxyRefusal(error)) return new UpstreamFailure('unsent', { cause: error });
  const named = error instanceof Error && error.name === 'AbortError' ? 'aborted' : undefined;
  return new UpstreamFailure(named ?? reasonsByCode[codeOf(error)] ?? 'broken', { cause: error });
};
