import { jwtVerify, type JWTPayload } from 'jose';
import { findAccount, findTenant, principalIn, type Principal } from './directory/directory';
import type { Grants } from './directory/grants';
import { resources, type Audience } from './directory/resources.data';
import type { Tenant } from './directory/tenants.data';
import { backdated } from './identity/tokens';
import type { Revocations } from './directory/revocations';
import type { SigningKeys } from './identity/signing-keys';

/** What a service demands of the token it is called with; one of the permissions is enough. */
export interface Demand {
  readonly audience: Audience;
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

/** The holder of a good token. */
export interface Caller {
  readonly tenant: Tenant;
  /** The person, or undefined when the app calls for itself. */
  readonly person: Principal | undefined;
  readonly clientId: string;
  readonly permissions: readonly string[];
  readonly claims: JWTPayload;
}

/** All but `forbidden` and `consent` (a 403) are a 401. */
export type TokenProblem = 'missing' | 'invalid' | 'expired' | 'revoked' | 'audience' | 'forbidden' | 'consent';

export type TokenVerdict =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly problem: TokenProblem; readonly tenantId: string | undefined; readonly detail: string };

export interface VerifierDeps {
  readonly keys: SigningKeys;
  readonly grants: Grants;
  readonly revocations: Revocations;
  readonly base: () => string;
  readonly now: () => Date;
}

const words = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);

const readClaims = async (token: string, { keys, now }: VerifierDeps): Promise<JWTPayload> => {
  const findKey = ({ kid }: { readonly kid?: string }) => {
    const key = keys.find(kid);
    if (!key) throw new Error('unknown key');
    return key.publicKey;
  };
  const rules = { algorithms: ['RS256'], currentDate: now(), clockTolerance: 300, requiredClaims: ['exp', 'aud', 'iss', 'tid'] };
  return (await jwtVerify(token, findKey, rules)).payload;
};

/** Whom the claims name, or undefined when the issuer or the person is not of this lab. */
const callerOf = (claims: JWTPayload, base: string): Caller | undefined => {
  const tenant = findTenant(String(claims['tid']));
  const issuers = [`${base}/${String(claims['tid'])}/`, `${base}/${String(claims['tid'])}/v2.0`];
  if (!tenant || !issuers.includes(String(claims.iss))) return undefined;
  const clientId = String(claims['appid'] ?? claims['azp']);
  if (claims['scp'] === undefined) return { tenant, person: undefined, clientId, permissions: texts(claims['roles']), claims };
  const account = findAccount(String(claims['unique_name'] ?? claims['preferred_username']));
  const person = account && principalIn(account, tenant);
  return person && person.objectId === claims['oid'] ? { tenant, person, clientId, permissions: words(claims['scp']), claims } : undefined;
};

/** The permission must be in the token, and its consent must still stand. */
const permitted = ({ tenant, person, clientId, permissions }: Caller, demand: Demand, grants: Grants): 'yes' | 'forbidden' | 'consent' => {
  const accepted = (person ? demand.delegated : demand.application).filter((value) => permissions.includes(value));
  if (accepted.length === 0) return 'forbidden';
  const app = grants.for(clientId);
  const held = person ? app.of(person) : app.application(tenant);
  return accepted.some((value) => held.has(`${demand.audience}/${value}`)) ? 'yes' : 'consent';
};

const details: Readonly<Record<TokenProblem, string>> = {
  missing: 'Access token is empty.',
  invalid: 'Access token validation failure.',
  expired: 'Lifetime validation failed, the token is expired.',
  revoked: 'The token was issued before it was revoked.',
  audience: 'Access token validation failure. Invalid audience.',
  forbidden: 'The token carries none of the permissions that this call needs: ',
  consent: 'The consent that this token was issued under has been withdrawn.',
};

/** The tokens are dated five minutes back. */
const isRevoked = ({ person, claims }: Caller, revocations: Revocations): boolean =>
  person !== undefined && revocations.isRevoked(person.account.username, (claims.iat ?? 0) + backdated);

const isFor = (claims: JWTPayload, audience: Audience): boolean =>
  resources.some((resource) => resource.audience === audience && resource.uris.some((uri) => uri === claims.aud));

/** Verifies access tokens for the lab's services: signature, issuer, audience, time, permission, and that the consent behind it still stands. */
export const createTokenVerifier = (deps: VerifierDeps) => {
  const refuse = (problem: TokenProblem, demand: Demand, tenantId?: string): TokenVerdict => {
    const needed = problem === 'forbidden' ? [...new Set([...demand.delegated, ...demand.application])].join(', ') : '';
    return { ok: false, problem, tenantId, detail: `${details[problem]}${needed}` };
  };

  return async (authorization: string | undefined, demand: Demand): Promise<TokenVerdict> => {
    const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return refuse('missing', demand);
    const read = await readClaims(token, deps).catch((error: { code?: string }) => error.code ?? 'invalid');
    if (typeof read === 'string') return refuse(read === 'ERR_JWT_EXPIRED' ? 'expired' : 'invalid', demand);
    const caller = callerOf(read, deps.base());
    if (!caller) return refuse('invalid', demand);
    if (!isFor(read, demand.audience)) return refuse('audience', demand, caller.tenant.id);
    if (isRevoked(caller, deps.revocations)) return refuse('revoked', demand, caller.tenant.id);
    const verdict = permitted(caller, demand, deps.grants);
    return verdict === 'yes' ? { ok: true, caller } : refuse(verdict, demand, caller.tenant.id);
  };
};

export type TokenVerifier = ReturnType<typeof createTokenVerifier>;
