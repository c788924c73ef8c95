/**
 * What can go wrong between Quarry and the identity service, as one closed set. The flow follows `failure`, which comes
 * from the protocol's own `error` and `suberror`; an AADSTS number only picks a friendlier sentence (`aadsts.data.ts`).
 *
 * - `interaction`: only the person can help, by signing in (again)
 * - `consent`: nobody has allowed Quarry (all of) this in that organization yet
 * - `blocked`: a policy or the account's state is in the way; signing in again changes nothing
 * - `wrong-account`: another account, or another organization, is meant
 * - `cancelled`: the person declined or went back
 * - `configuration`: the registration or the settings of this installation are wrong
 * - `rejected`: what came back did not pass our own checks
 * - `transient`: the service failed, was slow, or answered nonsense; the session stays
 */
export type IdentityFailure =
  'interaction' | 'consent' | 'blocked' | 'wrong-account' | 'cancelled' | 'configuration' | 'rejected' | 'transient';

export interface IdentityErrorOptions {
  readonly failure: IdentityFailure;
  /** Stable and kebab-case, ours: never the server's text. */
  readonly code: string;
  /** AADSTS number, when the service gave one. */
  readonly aadsts?: number | undefined;
  /** OAuth `error` and Entra's `suberror`, when they look like such words. */
  readonly oauthError?: string | undefined;
  readonly suberror?: string | undefined;
  /** A claims request to carry through the browser; JSON text. */
  readonly claims?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly cause?: unknown;
}

/** The identity room's only error. Carries no server text, no token and no code: it may be logged as it is. */
export class IdentityError extends Error {
  readonly failure: IdentityFailure;
  readonly code: string;
  readonly aadsts: number | undefined;
  readonly oauthError: string | undefined;
  readonly suberror: string | undefined;
  readonly claims: string | undefined;
  readonly correlationId: string | undefined;

  constructor(options: IdentityErrorOptions) {
    super(`${options.failure}: ${options.code}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'IdentityError';
    this.failure = options.failure;
    this.code = options.code;
    this.aadsts = options.aadsts;
    this.oauthError = options.oauthError;
    this.suberror = options.suberror;
    this.claims = options.claims;
    this.correlationId = options.correlationId;
  }
}

/** Something of ours refused what came back. */
export const rejected = (code: string): IdentityError => new IdentityError({ failure: 'rejected', code });

export const transient = (code: string, cause?: unknown): IdentityError => new IdentityError({ failure: 'transient', code, cause });
