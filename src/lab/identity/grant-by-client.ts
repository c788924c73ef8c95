import { checkScopes } from './authorize-request';
import type { IdentityDeps } from './identity-deps';
import { StsError } from './sts-error';
import { oneResource, type Redeem } from './token-issue';
import { demand } from './token-request';

/** `grant_type=client_credentials`: the app's own token in one tenant, with the roles that its administrator granted. */
export const grantByClient =
  ({ grants: allGrants, licences, tokens }: IdentityDeps): Redeem =>
  async ({ read, authority, client }) => {
    if (authority.kind !== 'tenant') throw new StsError(50059);
    const text = demand(read, 'scope');
    const asked = checkScopes(text);
    const { resource, uri, everything } = oneResource(asked, text);
    if (!everything || asked.identity.length > 0 || uri === undefined) throw new StsError(1002012, [text]);
    const { registration } = client;
    if (registration.publicClient) throw new StsError(7000218);
    const grants = allGrants.for(registration.clientId);
    if (!grants.connected(authority.tenant)) throw new StsError(7000229, [registration.clientId, authority.tenant.id]);
    if (licences.lacks(authority.tenant, resource.audience)) throw new StsError(500011, [uri, authority.tenant.name]);
    const prefix = `${resource.audience}/`;
    const roles = [...grants.application(authority.tenant)]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
    const { token, expiresIn } = await tokens.applicationToken(authority.tenant, { audience: uri, scopes: roles, client });
    return {
      tenantId: authority.tenant.id,
      body: { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token },
    };
  };
