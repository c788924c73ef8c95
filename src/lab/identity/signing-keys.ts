import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK } from 'jose';
import { selfSignedCertificate } from '../../x509/self-signed';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

const makePair = promisify(generateKeyPair);

const createKey = async (now: Date): Promise<SigningKey> => {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048 });
  const certificate = selfSignedCertificate({ commonName: 'Quarry lab signing key', publicKey, privateKey, from: now, days: 5 * 365 });
  const kid = createHash('sha1').update(certificate).digest('base64url');
  const { kty, n, e } = await exportJWK(publicKey);
  return { kid, privateKey, publicKey, jwk: { kty, use: 'sig', kid, x5t: kid, n, e, x5c: [certificate.toString('base64')] } };
};

/** The signing keys of this run of the lab: one that signs, and those that are still (or already) published. */
export const createSigningKeys = async (now: () => Date) => {
  const published: SigningKey[] = [await createKey(now())];
  return Object.freeze({
    current: (): SigningKey => published[0] as SigningKey,
    find: (kid: string | undefined): SigningKey | undefined => published.find((key) => key.kid === kid),
    /** What the JWKS endpoint answers; the tenant-independent one also says for which issuer each key may be used. */
    keySet: (issuer?: string) => ({ keys: published.map(({ jwk }) => ({ ...jwk, ...(issuer === undefined ? {} : { issuer }) })) }),
    /** A new key signs from now on; with `forget`, the older ones are no longer published. */
    roll: async ({ forget = false } = {}): Promise<string> => {
      const fresh = await createKey(now());
      if (forget) published.length = 0;
      published.unshift(fresh);
      published.length = Math.min(published.length, 4);
      return fresh.kid;
    },
  });
};

export type SigningKeys = Awaited<ReturnType<typeof createSigningKeys>>;
