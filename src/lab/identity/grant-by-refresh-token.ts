import { checkClaims, checkScopes } from './authorize-request';
import type { IdentityDeps } from './identity-deps';
import type { RefreshGrant } from './refresh-token';
import { demandsStrength, strongClaims } from './sign-in-step';
import { StsError } from './sts-error';
import { issueTokens, oneResource, principalOf, type Redeem } from './token-issue';
import { demand } from './token-request';
import type { Account } from '../directory/accounts.data';

/** Policies are asked again at each renewal, and may say no to what they allowed at sign-in. */
const checkPolicies = (
  account: Account,
  grant: RefreshGrant,
  { demanded, applicationName }: { readonly demanded: boolean; readonly applicationName: string },
): void => {
  if (account.obstacle === 'blocked') throw new StsError(53003, [], { error: 'invalid_grant' });
  if (grant.strong || (account.obstacle !== 'step-up' && account.obstacle !== 'mfa' && !demanded)) return;
  throw new StsError(50076, [applicationName], { error: 'invalid_grant', claims: strongClaims });
};

/** `grant_type=refresh_token`: for any one resource that was consented to, and at any tenant where the person is known. */
export const grantByRefreshToken =
  (deps: IdentityDeps): Redeem =>
  async ({ read, authority, client }) => {
    const grant = await deps.refreshTokens.open(demand(read, 'refresh_token'));
    const { registration } = client;
    if (grant.clientId !== registration.clientId) throw new StsError(70000, ['refresh_token']);
    const tenantId = authority.kind === 'tenant' ? authority.tenant.id : grant.tenantId;
    const principal = principalOf(grant.username, tenantId, registration.clientId);
    const claims = checkClaims({ claims: read('claims') });
    checkPolicies(principal.account, grant, { demanded: demandsStrength(claims), applicationName: registration.name });
    const text = read('scope') ?? '';
    return issueTokens(deps, {
      principal,
      facts: { sid: grant.sid, authTime: grant.authTime, strong: grant.strong },
      wanted: oneResource(checkScopes(text), text),
      identity: grant.scope.split(' ').filter((name) => name !== ''),
      claims,
      withClientInfo: read('client_info') === '1',
      client,
    });
  };
