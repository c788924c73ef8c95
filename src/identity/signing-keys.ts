import type { JWK } from 'jose';
import type { Provider } from './discovery';
import type { IdentityHttp } from './http-client';
import { transient } from './identity-error';

/** A published key; Entra adds the issuer it may sign for. */
export type SigningKey = JWK & { readonly issuer?: string };

export interface SigningKeys {
  /** The RS256 key that the provider publishes as `kid`, or undefined when it publishes none of that name. */
  find(provider: Provider, kid: string): Promise<SigningKey | undefined>;
}

interface KeySet {
  keys: ReadonlyMap<string, SigningKey>;
  readUntil: number;
  /** An unknown kid makes us read again, at most once in this time: made-up kids cannot make us flood the service. */
  askAgainAt: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const cooldownMs = 60_000;

const usable = (key: unknown): key is SigningKey => {
  const { kty, kid, use, alg } = (key ?? {}) as JWK;
  return kty === 'RSA' && typeof kid === 'string' && (use === undefined || use === 'sig') && (alg === undefined || alg === 'RS256');
};

/** Keys by their address, kept a day, the last good ones while the service is down (keys roll without notice). */
export const createSigningKeys = ({ http, clock }: { http: IdentityHttp; clock: () => number }): SigningKeys => {
  const sets = new Map<string, KeySet>();
  const underWay = new Map<string, Promise<KeySet>>();

  const read = async ({ jwksUri, origins }: Provider): Promise<KeySet> => {
    const answer = await http.exchange({ method: 'GET', url: jwksUri, origins });
    const listed = answer.body['keys'];
    if (answer.status !== 200 || !Array.isArray(listed)) throw transient('keys-unreadable');
    const keys = new Map(listed.filter(usable).map((key) => [key.kid as string, key]));
    const fresh = { keys, readUntil: clock() + dayMs, askAgainAt: sets.get(jwksUri)?.askAgainAt ?? 0 };
    sets.set(jwksUri, fresh);
    return fresh;
  };

  const readOnce = (provider: Provider): Promise<KeySet> => {
    const running = underWay.get(provider.jwksUri) ?? read(provider).finally(() => underWay.delete(provider.jwksUri));
    underWay.set(provider.jwksUri, running);
    return running;
  };

  const current = async (provider: Provider): Promise<KeySet> => {
    const known = sets.get(provider.jwksUri);
    if (known && known.readUntil > clock()) return known;
    return readOnce(provider).catch((error: unknown) => {
      if (known) return known;
      throw error;
    });
  };

  return Object.freeze({
    find: async (provider: Provider, kid: string): Promise<SigningKey | undefined> => {
      const set = await current(provider);
      const key = set.keys.get(kid);
      if (key || set.askAgainAt > clock()) return key;
      set.askAgainAt = clock() + cooldownMs;
      return (await readOnce(provider)).keys.get(kid);
    },
  });
};
