import { createHash, randomBytes, randomInt } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { homeTenant, type Principal } from '../directory/directory';
import type { Account } from '../directory/accounts.data';
import type { AppRoles } from '../directory/app-roles';
import type { Registration } from '../directory/registration';
import type { Resource } from '../directory/resources.data';
import type { Tenant } from '../directory/tenants.data';
import type { ClientProof } from './client-authentication';
import type { SigningKeys } from './signing-keys';

export interface TokenMakerDeps {
  readonly keys: SigningKeys;
  readonly roles: AppRoles;
  readonly base: () => string;
  readonly now: () => Date;
}

/** How the person signed in: it travels from the authorize endpoint through codes and refresh tokens. */
export interface SignInFacts {
  readonly sid: string;
  readonly authTime: number;
  /** Whether a second factor was given. */
  readonly strong: boolean;
}

/** Entra dates its tokens five minutes back, for clocks that are late. */
export const backdated = 300;

export interface AccessWish {
  readonly audience: string;
  readonly resource: Resource;
  readonly scopes: readonly string[];
  /** The client understands claims challenges, so the token may live for a day. */
  readonly continuous: boolean;
  readonly client: ClientProof;
}

export interface IdTokenWish {
  readonly registration: Registration;
  readonly scopes: readonly string[];
  readonly nonce?: string;
}

export interface TimedToken {
  readonly token: string;
  readonly expiresIn: number;
}

const minutes = (low: number, high: number): number => randomInt(low * 60, high * 60 + 1);

/** Differs between apps and stays the same for one: what `sub` promises. */
const pairwise = (audience: string, objectId: string): string => createHash('sha256').update(`${audience}|${objectId}`).digest('base64url');

const opaque = (): string => randomBytes(16).toString('base64url');

const acrOf: Readonly<Record<ClientProof['method'], string>> = { none: '0', secret: '1', certificate: '2' };

/** The opaque name of an account that apps hand back to skip its choice (`login_hint`, `logout_hint`). */
export const loginHintOf = ({ objectId }: Account): string => `O.${pairwise('login_hint', objectId)}`;

/** MSAL's home account: the person's object and tenant at home, which for a guest are not those of the token. */
export const clientInfo = ({ account }: Principal): string =>
  Buffer.from(JSON.stringify({ uid: account.objectId, utid: homeTenant(account).id })).toString('base64url');

/** How claims become a token, and what all tokens have in common. */
const createSigner = ({ keys, now }: TokenMakerDeps) => {
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return {
    sign: (payload: JWTPayload): Promise<string> => {
      const { kid, privateKey } = keys.current();
      return new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid }).sign(privateKey);
    },
    times: (lifetime: number) => ({ iat: seconds() - backdated, nbf: seconds() - backdated, exp: seconds() + lifetime }),
  };
};

const foreign = ({ account, guest }: Principal, base: string) => (guest ? { idp: `${base}/${homeTenant(account).id}/` } : {});
const common = ({ tenant }: { readonly tenant: Tenant }) => ({ tid: tenant.id, uti: opaque(), aio: opaque() });

/** The claims by which an app decides what a person may do in it; a claim without a value is left out. */
const roleClaims = (principal: Principal, roles: AppRoles, { appRoles, tellsDirectoryRoles }: Registration) => {
  const assigned = roles.of(principal).filter((value) => appRoles === undefined || appRoles.includes(value));
  const directory = tellsDirectoryRoles ? roles.directoryRoles(principal) : [];
  return { ...(assigned.length > 0 ? { roles: assigned } : {}), ...(directory.length > 0 ? { wids: directory } : {}) };
};

const idTokenMaker = (deps: TokenMakerDeps) => {
  const { sign, times } = createSigner(deps);
  return (principal: Principal, facts: SignInFacts, wish: IdTokenWish): Promise<string> => {
    const { account, tenant, objectId } = principal;
    const profile = { name: account.name, preferred_username: account.username, oid: objectId };
    return sign({
      ver: '2.0',
      iss: `${deps.base()}/${tenant.id}/v2.0`,
      sub: pairwise(wish.registration.clientId, objectId),
      aud: wish.registration.clientId,
      ...times(3600),
      ...(wish.scopes.includes('profile') ? profile : {}),
      ...(wish.scopes.includes('email') ? { email: account.username } : {}),
      ...(wish.nonce === undefined ? {} : { nonce: wish.nonce }),
      auth_time: facts.authTime,
      login_hint: loginHintOf(account),
      sid: facts.sid,
      rh: opaque(),
      ...roleClaims(principal, deps.roles, wish.registration),
      ...foreign(principal, deps.base()),
      ...common(principal),
    });
  };
};

const accessTokenMaker = (deps: TokenMakerDeps) => {
  const { sign, times } = createSigner(deps);
  return async (principal: Principal, facts: SignInFacts, wish: AccessWish): Promise<TimedToken> => {
    const { account, tenant, objectId } = principal;
    const { registration } = wish.client;
    const expiresIn = wish.continuous ? minutes(20 * 60, 28 * 60) : minutes(60, 90);
    const token = await sign({
      aud: wish.audience,
      iss: `${deps.base()}/${tenant.id}/`,
      ...times(expiresIn),
      acr: '1',
      amr: facts.strong ? ['pwd', 'mfa'] : ['pwd'],
      app_displayname: registration.name,
      appid: registration.clientId,
      appidacr: acrOf[wish.client.method],
      name: account.name,
      oid: objectId,
      scp: wish.scopes.join(' '),
      sid: facts.sid,
      sub: pairwise(wish.resource.applicationId, objectId),
      unique_name: account.username,
      upn: account.username,
      rh: opaque(),
      ver: '1.0',
      ...(wish.continuous ? { xms_cc: ['cp1'] } : {}),
      ...foreign(principal, deps.base()),
      ...common(principal),
    });
    return { token, expiresIn };
  };
};

const applicationTokenMaker = (deps: TokenMakerDeps) => {
  const { sign, times } = createSigner(deps);
  return async (tenant: Tenant, wish: Omit<AccessWish, 'resource' | 'continuous'>): Promise<TimedToken> => {
    const { registration } = wish.client;
    const expiresIn = minutes(60, 90);
    const principalId = pairwise('service-principal', `${registration.clientId}|${tenant.id}`);
    const token = await sign({
      aud: wish.audience,
      iss: `${deps.base()}/${tenant.id}/`,
      ...times(expiresIn),
      app_displayname: registration.name,
      appid: registration.clientId,
      appidacr: acrOf[wish.client.method],
      idtyp: 'app',
      oid: principalId,
      ...(wish.scopes.length > 0 ? { roles: wish.scopes } : {}),
      sub: principalId,
      ver: '1.0',
      ...common({ tenant }),
    });
    return { token, expiresIn };
  };
};

/** Makes the signed tokens of the identity service. Access tokens have the version 1 form, as the older Defender resources do. */
export const createTokenMaker = (deps: TokenMakerDeps) =>
  Object.freeze({
    idToken: idTokenMaker(deps),
    accessToken: accessTokenMaker(deps),
    /** The app's own token in one tenant, for what an administrator granted to the app itself. */
    applicationToken: applicationTokenMaker(deps),
  });

export type TokenMaker = ReturnType<typeof createTokenMaker>;
