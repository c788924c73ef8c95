import { createHash, randomBytes, randomInt } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { Principal } from '../directory/directory';
import { homeTenant } from '../directory/directory';
import type { Resource } from '../directory/resources.data';
import type { Tenant } from '../directory/tenants.data';
import type { SigningKeys } from './signing-keys';

export interface TokenMakerDeps {
  readonly keys: SigningKeys;
  readonly clientId: string;
  readonly applicationName: string;
  readonly base: () => string;
  readonly now: () => Date;
}

/** How the person signed in: it travels from the authorize endpoint through codes and refresh tokens. */
export interface SignInFacts {
  readonly sid: string;
  readonly authTime: number;
  readonly strong: boolean;
}

const minutes = (low: number, high: number): number => randomInt(low * 60, high * 60 + 1);

/** A number that differs between apps and stays the same for one: what `sub` promises. */
const pairwise = (audience: string, objectId: string): string => createHash('sha256').update(`${audience}|${objectId}`).digest('base64url');

const opaque = (): string => randomBytes(16).toString('base64url');

/** MSAL's home account: the person's object and tenant at home, which for a guest are not those of the token. */
export const clientInfo = ({ account }: Principal): string =>
  Buffer.from(JSON.stringify({ uid: account.objectId, utid: homeTenant(account).id })).toString('base64url');

/** Makes the signed tokens of the identity service. */
export const createTokenMaker = ({ keys, clientId, applicationName, base, now }: TokenMakerDeps) => {
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const sign = (payload: JWTPayload): Promise<string> => {
    const { kid, privateKey } = keys.current();
    return new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid }).sign(privateKey);
  };
  // Entra dates its tokens five minutes back, for clocks that are late.
  const times = (lifetime: number) => ({ iat: seconds() - 300, nbf: seconds() - 300, exp: seconds() + lifetime });

  return Object.freeze({
    idToken: (
      principal: Principal,
      facts: SignInFacts,
      wish: { readonly scopes: readonly string[]; readonly nonce?: string },
    ): Promise<string> => {
      const { account, tenant, objectId, guest } = principal;
      const profile = wish.scopes.includes('profile');
      return sign({
        ver: '2.0',
        iss: `${base()}/${tenant.id}/v2.0`,
        sub: pairwise(clientId, objectId),
        aud: clientId,
        ...times(3600),
        ...(profile ? { name: account.name, preferred_username: account.username, oid: objectId } : {}),
        ...(wish.scopes.includes('email') ? { email: account.username } : {}),
        tid: tenant.id,
        sid: facts.sid,
        auth_time: facts.authTime,
        login_hint: `O.${pairwise('login_hint', account.objectId)}`,
        ...(guest ? { idp: `${base()}/${homeTenant(account).id}/` } : {}),
        ...(wish.nonce === undefined ? {} : { nonce: wish.nonce }),
        uti: opaque(),
        rh: opaque(),
        aio: opaque(),
      });
    },

    /** A person's access token for one resource: in version 1 form, as the older Defender resources have it. */
    accessToken: async (
      principal: Principal,
      facts: SignInFacts,
      wish: { readonly audience: string; readonly resource: Resource; readonly scopes: readonly string[]; readonly continuous: boolean },
    ): Promise<{ readonly token: string; readonly expiresIn: number }> => {
      const { account, tenant, objectId, guest } = principal;
      const expiresIn = wish.continuous ? minutes(20 * 60, 28 * 60) : minutes(60, 90);
      const token = await sign({
        aud: wish.audience,
        iss: `${base()}/${tenant.id}/`,
        ...times(expiresIn),
        acr: '1',
        aio: opaque(),
        amr: facts.strong ? ['pwd', 'mfa'] : ['pwd'],
        app_displayname: applicationName,
        appid: clientId,
        appidacr: '1',
        ...(guest ? { idp: `${base()}/${homeTenant(account).id}/` } : {}),
        name: account.name,
        oid: objectId,
        scp: wish.scopes.join(' '),
        sid: facts.sid,
        sub: pairwise(wish.resource.applicationId, objectId),
        tid: tenant.id,
        unique_name: account.username,
        upn: account.username,
        uti: opaque(),
        ver: '1.0',
        ...(wish.continuous ? { xms_cc: ['cp1'] } : {}),
      });
      return { token, expiresIn };
    },

    /** The app's own token in one tenant, for what an administrator granted to the app itself. */
    applicationToken: async (
      tenant: Tenant,
      wish: { readonly audience: string; readonly roles: readonly string[]; readonly certificate: boolean },
    ): Promise<{ readonly token: string; readonly expiresIn: number }> => {
      const expiresIn = minutes(60, 90);
      const principalId = pairwise('service-principal', `${clientId}|${tenant.id}`);
      const token = await sign({
        aud: wish.audience,
        iss: `${base()}/${tenant.id}/`,
        ...times(expiresIn),
        aio: opaque(),
        app_displayname: applicationName,
        appid: clientId,
        appidacr: wish.certificate ? '2' : '1',
        idtyp: 'app',
        oid: principalId,
        ...(wish.roles.length > 0 ? { roles: wish.roles } : {}),
        sub: principalId,
        tid: tenant.id,
        uti: opaque(),
        ver: '1.0',
      });
      return { token, expiresIn };
    },
  });
};

export type TokenMaker = ReturnType<typeof createTokenMaker>;
