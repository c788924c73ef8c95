import { createHash, timingSafeEqual } from 'node:crypto';
import type { ResourceScopes } from '../directory/scopes';
import { checkClaims, checkScopes } from './authorize-request';
import type { CodeGrant } from './authorization-code';
import type { Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { StsError } from './sts-error';
import { heldScopes, issueTokens, oneResource, principalOf, type Redeem } from './token-issue';
import { demand } from './token-request';

/** RFC 7636, S256. */
const proveVerifier = (challenge: string, verifier: string | undefined): void => {
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw new StsError(501481);
  const expected = Buffer.from(challenge);
  const actual = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw new StsError(501481);
};

/** A code is redeemed at the authority that issued it, or at the tenant that its person turned out to belong to. */
const proveAuthority = (grant: CodeGrant, authority: Authority): void => {
  const right = authority.kind === 'tenant' ? authority.tenant.id === grant.tenantId : authority.segment === grant.authority;
  if (!right) throw new StsError(700005);
};

/** The resource of the request, or (when it names none) the first that the sign-in asked for. */
const wantedOf = (consented: string, text: string | undefined): ResourceScopes => {
  const asked = text === undefined ? undefined : checkScopes(text);
  if (asked && asked.resources.length > 0) return oneResource(asked, text ?? '');
  const { identity, resources } = checkScopes(consented);
  return oneResource({ identity, resources: resources.slice(0, 1) }, consented);
};

/** `grant_type=authorization_code`: every check passes before the code is used up, and it is used up before a token is made. */
export const grantByCode =
  (deps: IdentityDeps): Redeem =>
  async ({ read, authority, client }) => {
    const code = demand(read, 'code');
    const redirectUri = demand(read, 'redirect_uri');
    const grant = await deps.codes.open(code);
    const { registration } = client;
    if (grant.clientId !== registration.clientId) throw new StsError(70000, ['code']);
    proveAuthority(grant, authority);
    if (redirectUri !== grant.redirectUri) throw new StsError(50011, [redirectUri, registration.clientId], { error: 'invalid_grant' });
    proveVerifier(grant.challenge, read('code_verifier'));
    const wanted = wantedOf(grant.scope, read('scope'));
    const principal = principalOf(grant.username, grant.tenantId, registration.clientId);
    const claims = checkClaims({ claims: read('claims') }) ?? grant.claims;
    heldScopes({ registration, grants: deps.grants.for(registration.clientId) }, principal, wanted);
    deps.codes.redeem(grant);
    return issueTokens(deps, {
      principal,
      facts: { sid: grant.sid, authTime: grant.authTime, strong: grant.strong },
      wanted,
      identity: checkScopes(grant.scope).identity,
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      claims,
      withClientInfo: read('client_info') === '1',
      client,
    });
  };
