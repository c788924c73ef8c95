import { checkScopes } from './authorize-request';
import type { IdentityDeps } from './identity-deps';
import { StsError } from './sts-error';
import { issueTokens, oneResource, principalOf, type Redeem } from './token-issue';
import { demand } from './token-request';

/** `grant_type=urn:ietf:params:oauth:grant-type:device_code` (RFC 8628): asked again and again until somebody has decided. */
export const grantByDeviceCode =
  (deps: IdentityDeps): Redeem =>
  async ({ read, authority, client }) => {
    const device = deps.devices.byDeviceCode(demand(read, 'device_code'));
    const { registration } = client;
    if (!device || device.clientId !== registration.clientId) throw new StsError(70018);
    if (device.until <= deps.now().getTime()) throw new StsError(70020);
    if (authority.segment !== device.authority && authority.kind !== 'tenant') throw new StsError(700005);
    if (device.state === 'declined') throw new StsError(70044);
    if (device.state === 'waiting') throw new StsError(deps.devices.hurries(device) ? 90056 : 70016);
    const { username, tenantId, facts } = device.state;
    const asked = checkScopes(device.scope);
    const principal = principalOf(username, tenantId, registration.clientId);
    deps.devices.end(device);
    return issueTokens(deps, {
      principal,
      facts,
      wanted: oneResource({ identity: asked.identity, resources: asked.resources.slice(0, 1) }, device.scope),
      identity: asked.identity,
      claims: undefined,
      withClientInfo: read('client_info') === '1',
      client,
    });
  };
