import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { AppError } from '../../errors';
import { digest, sameDigest, secretValue } from './digest';
import { signInHref } from './identity-problem';
import type { PendingSignIn, PendingSignIns } from './ports';
import { signInLifetimeMs, type SignInCookie } from './sign-in-cookie';

/** What leaves for the identity service; the rest of the pending sign-in stays here. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly codeChallenge: string;
}

export type Wish = Pick<PendingSignIn, 'returnTo' | 'tenant' | 'purpose' | 'attempt' | 'sessionId'>;

/** Several tabs may sign in at once; a sixth makes the first one start over. */
const perBrowser = 5;

/** Why an answer is not taken; `unknown`: it was used before, is long past, or was never begun here. */
export type StaleReason = 'no-state' | 'other-browser' | 'unknown' | 'expired' | 'other-purpose';

const stale = (reason: StaleReason): AppError =>
  new AppError({
    kind: 'invalid',
    code: 'sign-in-stale',
    publicMessage: 'That sign-in was already used, took longer than ten minutes, or began in another browser. Start it again.',
    action: { label: 'Sign in', href: signInHref({}) },
    detail: { reason },
  });

export interface PendingOptions {
  readonly store: PendingSignIns;
  readonly cookie: SignInCookie;
  readonly clock: () => number;
}

/** Sign-ins under way: each has a single-use state, a nonce and a PKCE verifier of its own, all bound to one browser. */
export const createPending = ({ store, cookie, clock }: PendingOptions) =>
  Object.freeze({
    begin: async (req: Request, res: Response, wish: Wish): Promise<Departure> => {
      const [state, nonce, codeVerifier] = [secretValue(), secretValue(), secretValue()];
      const browserHash = digest(cookie.renew(req, res));
      const expiresAt = clock() + signInLifetimeMs;
      await store.add({ ...wish, stateHash: digest(state), browserHash, nonce, codeVerifier, expiresAt }, perBrowser);
      return { state, nonce, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') };
    },

    /** The sign-in that `state` belongs to, once, to the browser that began it; anything else is refused before any call is made. */
    finish: async (req: Request, state: string | undefined, purposes: readonly PendingSignIn['purpose'][]): Promise<PendingSignIn> => {
      const browser = cookie.read(req);
      if (state === undefined) throw stale('no-state');
      if (browser === undefined) throw stale('other-browser');
      const pending = await store.take(digest(state));
      if (!pending) throw stale('unknown');
      if (!sameDigest(pending.browserHash, digest(browser))) throw stale('other-browser');
      if (!purposes.includes(pending.purpose)) throw stale('other-purpose');
      if (pending.expiresAt <= clock()) throw stale('expired');
      return pending;
    },
  });

export type Pending = ReturnType<typeof createPending>;
