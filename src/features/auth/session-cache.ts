import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors';
import type { TokenCache } from '../../identity/identity-client';
import type { Leases, TokenOwner, TokenRecords } from './ports';
import { readTokenContent, writeTokenContent } from './token-content';

export interface SessionCacheOptions {
  readonly tokens: TokenRecords;
  readonly leases: Leases;
}

/** What a change comes to: the cache to keep (none: leave it as it is) and what the caller wanted. */
export interface Change<T> {
  readonly cache?: TokenCache;
  readonly result: T;
}

/** Longer than one call to the token endpoint may take, so that a lease never ends under a change. */
const leaseMs = 20_000;
const patienceMs = 15_000;

export const signInAgain = (): AppError =>
  new AppError({
    kind: 'unauthenticated',
    code: 'sign-in-again',
    publicMessage: 'Your sign-in has ended. Sign in again.',
    action: { label: 'Sign in', href: '/auth/signin' },
  });

const busy = (): AppError =>
  new AppError({
    kind: 'timeout',
    code: 'token-renewal-busy',
    publicMessage: 'Renewing your sign-in took too long. Try again in a moment.',
  });

/** The MSAL cache of each session: one encrypted record, changed by one caller at a time on all instances. */
export const createSessionCache = ({ tokens, leases }: SessionCacheOptions) => {
  const load = async (owner: TokenOwner): Promise<{ version: number; cache: TokenCache }> => {
    const record = await tokens.read(owner);
    const cache = record && readTokenContent(record.content);
    if (!cache) throw signInAgain();
    return { version: record.version, cache };
  };

  const acquireLease = async (name: string): Promise<{ release(): Promise<void> }> => {
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(25 + Math.random() * 75)) {
      const lease = await leases.tryAcquire(name, leaseMs);
      if (lease) return lease;
    }
    throw busy();
  };

  /** What was fetched may only be used while the session lives: after a sign-out it is dropped, not handed out. */
  const keep = async (owner: TokenOwner, cache: TokenCache, version: number): Promise<void> => {
    if (await tokens.write(owner, writeTokenContent(cache), version)) return;
    await load(owner);
  };

  return Object.freeze({
    /** Rejects with `sign-in-again` when the session has ended. */
    read: async (owner: TokenOwner): Promise<TokenCache> => (await load(owner)).cache,

    /** Runs `work` alone over the session's newest cache and keeps what it gives: a refresh token that rotates is never spent twice. */
    change: async <T>(owner: TokenOwner, work: (cache: TokenCache) => Promise<Change<T>>): Promise<T> => {
      const lease = await acquireLease(`tokens:${owner.sessionId}`);
      try {
        const { version, cache } = await load(owner);
        const change = await work(cache);
        if (change.cache) await keep(owner, change.cache, version);
        return change.result;
      } finally {
        await lease.release();
      }
    },
  });
};

export type SessionCache = ReturnType<typeof createSessionCache>;
