import type { Grants } from '../directory/grants';
import { permissionsOf } from '../directory/permissions';
import { resources } from '../directory/resources.data';
import type { Tenant } from '../directory/tenants.data';
import { servicePrincipalId } from './present';

type Json = Readonly<Record<string, unknown>>;

/** What an app may do in everybody's name in a tenant, by resource, as `oauth2PermissionGrants`. */
export const delegatedGrants = (grants: Grants, tenant: Tenant, appId: string): Json[] =>
  resources.flatMap(({ audience, applicationId }) => {
    const held = [...grants.for(appId).delegated(tenant)].filter((name) => name.startsWith(`${audience}/`));
    if (held.length === 0) return [];
    const clientId = servicePrincipalId(tenant.id, appId);
    const resourceId = servicePrincipalId(tenant.id, applicationId);
    const scope = held.map((name) => name.slice(audience.length + 1)).join(' ');
    return [{ id: `${clientId}.${audience}`, clientId, consentType: 'AllPrincipals', principalId: null, resourceId, scope }];
  });

/** What an app may do for itself in a tenant, as `appRoleAssignments`. */
export const applicationGrants = (grants: Grants, tenant: Tenant, appId: string): Json[] => {
  const held = grants.for(appId).application(tenant);
  const principalId = servicePrincipalId(tenant.id, appId);
  return resources.flatMap((resource) =>
    permissionsOf(resource)
      .filter(({ kind, value }) => kind === 'Role' && held.has(`${resource.audience}/${value}`))
      .map(({ id }) => ({
        id: `${principalId}.${id}`,
        appRoleId: id,
        principalId,
        principalType: 'ServicePrincipal',
        resourceId: servicePrincipalId(tenant.id, resource.applicationId),
        resourceDisplayName: resource.name,
      })),
  );
};
