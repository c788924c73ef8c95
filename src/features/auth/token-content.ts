import { z } from 'zod';
import type { TokenCache } from '../../identity/identity-client';

const schema = z.object({ v: z.literal(1), homeAccountId: z.string(), msal: z.string() });

/** The text of a session's token record; the store encrypts it. */
export const writeTokenContent = ({ homeAccountId, msal }: TokenCache): string => JSON.stringify({ v: 1, homeAccountId, msal });

/** Reads it back; undefined for what this version did not write, which asks for a new sign-in. */
export const readTokenContent = (content: string): TokenCache | undefined => {
  try {
    const { homeAccountId, msal } = schema.parse(JSON.parse(content));
    return { homeAccountId, msal };
  } catch {
    return undefined;
  }
};

const cached = z.object({ IdToken: z.record(z.string(), z.object({ realm: z.string(), secret: z.string() })).optional() });

/** The ID token that the cache keeps for `tenantId`: the identity service takes it as a hint of whom to sign out. */
export const idTokenIn = ({ msal }: TokenCache, tenantId: string): string | undefined => {
  try {
    return Object.values(cached.parse(JSON.parse(msal)).IdToken ?? {}).find(({ realm }) => realm === tenantId)?.secret;
  } catch {
    return undefined;
  }
};

const parts = z.record(z.string(), z.record(z.string(), z.looseObject({ realm: z.string().optional() })));

/** The cache without what it holds of one tenant, its access and ID tokens; the refresh token is the person's home's. */
export const withoutTenant = (cache: TokenCache, tenantId: string): TokenCache => {
  const kept = Object.entries(parts.parse(JSON.parse(cache.msal))).map(([kind, entries]) => [
    kind,
    Object.fromEntries(Object.entries(entries).filter(([, { realm }]) => realm !== tenantId)),
  ]);
  return { ...cache, msal: JSON.stringify(Object.fromEntries(kept)) };
};
