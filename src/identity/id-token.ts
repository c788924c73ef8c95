import { timingSafeEqual } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, importJWK, type ProtectedHeaderParameters } from 'jose';
import { isTenantId, personalTenant } from './authority';
import type { Provider } from './discovery';
import { rejected } from './identity-error';
import type { SigningKey, SigningKeys } from './signing-keys';

/** What a validated ID token vouches for. The pair (`tenantId`, `objectId`) is the identity; all names are for display. */
export interface IdTokenIdentity {
  readonly tenantId: string;
  readonly objectId: string;
  readonly subject: string;
  readonly name: string | undefined;
  readonly username: string | undefined;
  /** The identity service's session, for front-channel sign-out. */
  readonly sid: string | undefined;
  readonly loginHint: string | undefined;
  /** Set when the person's home is another directory (a guest). */
  readonly guest: boolean;
  /** App roles that the tenant assigned to the person for this application (`roles`), as it spells them. */
  readonly appRoles: readonly string[];
  /** Template ids of the person's directory roles (`wids`). */
  readonly directoryRoles: readonly string[];
}

export interface IdTokenExpectation {
  readonly clientId: string;
  readonly provider: Provider;
  /** Our nonce; undefined for a token that a refresh brought (OpenID Connect Core 12.2). */
  readonly nonce: string | undefined;
  /** Set where one tenant alone will do. */
  readonly tenantId: string | undefined;
  /** Microsoft's own clouds always say `ver`; another provider may leave it out. */
  readonly versionRequired: boolean;
  /** Seconds. */
  readonly now: number;
}

type Claims = Readonly<Record<string, unknown>>;
type Check = (claims: Claims, expected: IdTokenExpectation) => boolean;

const skewSeconds = 120;
const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= max;
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const sameText = (actual: unknown, expected: string): boolean => {
  if (typeof actual !== 'string') return false;
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const issuerFor = (template: string, tenantId: unknown): string => template.replaceAll('{tenantid}', String(tenantId));

/** Every rule by the code of its refusal, in order (OpenID Connect Core 3.1.3.7; Microsoft's claims validation; RFC 9700). */
const checks: readonly (readonly [string, Check])[] = [
  ['tenant-missing', ({ tid }) => typeof tid === 'string' && isTenantId(tid)],
  ['tenant-personal', ({ tid }) => tid !== personalTenant],
  ['tenant-other', ({ tid }, { tenantId }) => tenantId === undefined || tid === tenantId],
  ['issuer', ({ iss, tid }, { provider }) => iss === issuerFor(provider.issuer, tid)],
  ['audience', ({ aud }, { clientId }) => aud === clientId || (Array.isArray(aud) && aud.length === 1 && aud[0] === clientId)],
  ['authorized-party', ({ azp }, { clientId }) => azp === undefined || azp === clientId],
  ['expired', ({ exp }, { now }) => isTime(exp) && exp > now - skewSeconds],
  ['issued-in-future', ({ iat }, { now }) => isTime(iat) && iat <= now + skewSeconds],
  ['not-yet-valid', ({ nbf }, { now }) => nbf === undefined || (isTime(nbf) && nbf <= now + skewSeconds)],
  ['nonce', ({ nonce }, expected) => expected.nonce === undefined || sameText(nonce, expected.nonce)],
  ['version', ({ ver }, { versionRequired }) => ver === '2.0' || (ver === undefined && !versionRequired)],
  ['object-id', ({ oid }) => isText(oid, 128)],
  ['subject', ({ sub }) => isText(sub, 255)],
];

const readHeader = (token: string): ProtectedHeaderParameters => {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw rejected('id-token-malformed');
  }
};

const findKey = async (token: string, provider: Provider, keys: SigningKeys): Promise<SigningKey> => {
  const { alg, kid, typ } = readHeader(token);
  if (alg !== 'RS256') throw rejected('id-token-algorithm');
  if (typ !== undefined && (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT')) throw rejected('id-token-type');
  if (!isText(kid, 255)) throw rejected('id-token-key-unknown');
  const key = await keys.find(provider, kid);
  if (!key) throw rejected('id-token-key-unknown');
  return key;
};

const verifiedClaims = async (token: string, key: SigningKey): Promise<Claims> => {
  let payload: Uint8Array;
  try {
    payload = (await compactVerify(token, await importJWK(key, 'RS256'), { algorithms: ['RS256'] })).payload;
  } catch {
    throw rejected('id-token-signature');
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims as Claims;
  } catch {
    // Signed, but not a JSON object: refused below with the rest.
  }
  throw rejected('id-token-malformed');
};

const optionalText = (value: unknown, max: number): string | undefined => (isText(value, max) ? value : undefined);

/** A signed list of words; anything else in it, or more than a token can sensibly name, is left out. */
const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((word): word is string => isText(word, 128)).slice(0, 200) : [];

const identityOf = (claims: Claims): IdTokenIdentity => ({
  tenantId: claims['tid'] as string,
  objectId: claims['oid'] as string,
  subject: claims['sub'] as string,
  name: optionalText(claims['name'], 256),
  username: optionalText(claims['preferred_username'], 256) ?? optionalText(claims['upn'], 256),
  sid: optionalText(claims['sid'], 255),
  loginHint: optionalText(claims['login_hint'], 1_024),
  guest: claims['acct'] === 1 || (typeof claims['idp'] === 'string' && claims['idp'] !== claims['iss']),
  appRoles: words(claims['roles']),
  directoryRoles: words(claims['wids']),
});

/**
 * Checks an ID token as if nobody had before (MSAL does not): signature by a key the provider publishes now, the key's
 * own issuer, and every rule above. Rejects with IdentityError `rejected` and the first rule's code, or `transient`
 * when the keys cannot be read.
 */
export const validateIdToken = async (token: string, expected: IdTokenExpectation, keys: SigningKeys): Promise<IdTokenIdentity> => {
  if (token.length > 32_768) throw rejected('id-token-malformed');
  const key = await findKey(token, expected.provider, keys);
  const claims = await verifiedClaims(token, key);
  for (const [code, passes] of checks) {
    if (!passes(claims, expected)) throw rejected(`id-token-${code}`);
  }
  if (key.issuer !== undefined && issuerFor(key.issuer, claims['tid']) !== claims['iss']) throw rejected('id-token-key-issuer');
  return identityOf(claims);
};
