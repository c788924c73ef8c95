import { day, hour } from '../window';
import type { World } from '../world';

const workloads = [
  ['Backup connector', 'Microsoft Graph', '00000003-0000-0000-c000-000000000000', false],
  ['Build pipeline', 'Azure Storage', 'e406a681-f3d4-42a8-90b6-c2b029497af1', false],
  ['Key vault reader', 'Azure Key Vault', 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', true],
] as const;

/** Service principals and managed identities sign in around the clock, on the hour. */
export const signInApps = (world: World, budget: number): void => {
  const perDay = Math.max(1, Math.min(24, Math.round(budget / 40 / world.window.days)));
  for (const [name, resource, resourceId, managed] of workloads) {
    const random = world.random.branch(`workload/${name}`);
    const identity = {
      Application: name,
      ApplicationId: random.guid(),
      ServicePrincipalName: name,
      ServicePrincipalId: random.guid(),
      IsManagedIdentity: managed,
    };
    for (let index = 0; index < perDay * world.window.days; index += 1) {
      const at = Math.floor((index * day) / perDay) + random.int(0, 200) * 10_000 + (index % 3) * hour;
      const row = {
        ...identity,
        ErrorCode: random.chance(0.01) ? 7000222 : 0,
        CorrelationId: random.guid(),
        ResourceDisplayName: resource,
        ResourceId: resourceId,
        ResourceTenantId: world.tenant.id,
        IPAddress: managed ? '' : '192.0.2.250',
        Country: world.organization.blueprint.sites[0]?.country,
        City: world.organization.blueprint.sites[0]?.city,
        RequestId: random.guid(),
        ReportId: random.guid(),
      };
      world.record('EntraIdSpnSignInEvents', at, row);
      world.record('AADSpnSignInEventsBeta', at, row);
    }
  }
};
