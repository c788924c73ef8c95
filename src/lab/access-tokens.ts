import { jwtVerify, type JWTPayload } from 'jose';
import { findAccount, findTenant, principalIn, type Principal } from './directory/directory';
import type { Grants } from './directory/grants';
import { resources, type Audience } from './directory/resources.data';
import type { Tenant } from './directory/tenants.data';
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

export type TokenVerdict =
  | { readonly ok: true; readonly caller: Caller }
  /** `missing`, `invalid` and `expired` are a 401; `audience` too; `forbidden` and `consent` are a 403. */
  | {
      readonly ok: false;
      readonly problem: 'missing' | 'invalid' | 'expired' | 'audience' | 'forbidden' | 'consent';
      readonly tenantId: string | undefined;
      readonly detail: string;
    };

export interface VerifierDeps {
  readonly keys: SigningKeys;
  readonly grants: Grants;
  readonly base: () => string;
  readonly now: () => Date;
}

const words = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []);

/** Verifies access tokens for the lab's services: signature, issuer, audience, time, permission, and that the consent behind it still stands. */
export const createTokenVerifier = ({ keys, grants, base, now }: VerifierDeps) => {
  const read = async (token: string): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(
      token,
      (header) => {
        const key = keys.find(header.kid);
        if (!key) throw new Error('unknown key');
        return key.publicKey;
      },
      { algorithms: ['RS256'], currentDate: now(), clockTolerance: 300, requiredClaims: ['exp', 'aud', 'iss', 'tid'] },
    );
    return payload;
  };

  const callerOf = (payload: JWTPayload): Caller | undefined => {
    const tenant = findTenant(String(payload.tid));
    const issuers = [`${base()}/${String(payload.tid)}/`, `${base()}/${String(payload.tid)}/v2.0`];
    if (!tenant || !issuers.includes(String(payload.iss))) return undefined;
    const clientId = String(payload.appid ?? payload.azp);
    if (payload.scp === undefined) return { tenant, person: undefined, clientId, permissions: texts(payload.roles), claims: payload };
    const account = findAccount(String(payload.unique_name ?? payload.preferred_username));
    const person = account && principalIn(account, tenant);
    return person && person.objectId === payload.oid
      ? { tenant, person, clientId, permissions: words(payload.scp), claims: payload }
      : undefined;
  };

  const permitted = ({ tenant, person, permissions }: Caller, demand: Demand): 'yes' | 'forbidden' | 'consent' => {
    const accepted = (person ? demand.delegated : demand.application).filter((value) => permissions.includes(value));
    if (accepted.length === 0) return 'forbidden';
    const held = person ? grants.of(person) : grants.application(tenant);
    return accepted.some((value) => held.has(`${demand.audience}/${value}`)) ? 'yes' : 'consent';
  };

  return async (authorization: string | undefined, demand: Demand): Promise<TokenVerdict> => {
    const no = (problem: Exclude<TokenVerdict, { ok: true }>['problem'], detail: string, tenantId?: string): TokenVerdict => ({
      ok: false,
      problem,
      detail,
      tenantId,
    });
    const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return no('missing', 'Access token is empty.');
    let payload: JWTPayload;
    try {
      payload = await read(token);
    } catch (error) {
      const expired = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
      return expired
        ? no('expired', 'Lifetime validation failed, the token is expired.')
        : no('invalid', 'The token could not be validated.');
    }
    const caller = callerOf(payload);
    if (!caller) return no('invalid', 'The token names an issuer or a person that is not known here.');
    const tenantId = caller.tenant.id;
    const resource = resources.find(({ audience }) => audience === demand.audience);
    if (!resource?.uris.some((uri) => uri === payload.aud))
      return no('audience', 'Access token validation failure. Invalid audience.', tenantId);
    const verdict = permitted(caller, demand);
    if (verdict === 'forbidden')
      return no('forbidden', `Missing permission: one of ${[...demand.delegated, ...demand.application].join(', ')}.`, tenantId);
    if (verdict === 'consent') return no('consent', 'The consent that this token was issued under has been withdrawn.', tenantId);
    return { ok: true, caller };
  };
};

export type TokenVerifier = ReturnType<typeof createTokenVerifier>;
