/**
 * What can go wrong, as one closed set. The error handler (`src/http/error-handler.ts`) maps each kind to a
 * status, a log level and a page; nothing else decides how a failure looks.
 *
 * - `invalid`: the request's own content is wrong and the person can correct it
 * - `unauthenticated`: there is no session, or it no longer suffices; signing in helps
 * - `forbidden`: signed in, and not allowed
 * - `not-found`: no such thing, or not this tenant's
 * - `conflict`: it changed meanwhile, or is already done
 * - `refused`: understood, and declined by rule (limits, policy, read-only)
 * - `too-many`: asked too often; waiting helps
 * - `timeout`: ours or the upstream's deadline passed
 * - `upstream`: Microsoft's (or the lab's) service failed or answered nonsense
 * - `unavailable`: a part of Quarry itself (its database, its engine) does not answer
 * - `bug`: ours
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'too-many'
  | 'timeout'
  | 'upstream'
  | 'unavailable'
  | 'bug';

export interface AppErrorOptions {
  readonly kind: ErrorKind;
  /** Stable and kebab-case: tests, logs and pages refer to it. */
  readonly code: string;
  /** What the person reads: what happened and the one next step. Never a library's or a server's own text. */
  readonly publicMessage: string;
  /** For the log alone. Never a token, a code, a cookie or a query's literals. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** What the page offers as the next step, a path of ours. */
  readonly action?: { readonly label: string; readonly href: string };
  /** The identity service's or API's id of the failed call, for their support. */
  readonly correlationId?: string;
}

export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly publicMessage: string;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  readonly action: { readonly label: string; readonly href: string } | undefined;
  readonly correlationId: string | undefined;

  constructor(options: AppErrorOptions) {
    super(`${options.kind}: ${options.code}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = options.kind;
    this.code = options.code;
    this.publicMessage = options.publicMessage;
    this.detail = options.detail;
    this.action = options.action;
    this.correlationId = options.correlationId;
  }
}
