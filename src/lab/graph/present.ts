import type { Application } from '../directory/application';
import { permissionsOf } from '../directory/permissions';
import type { Registration } from '../directory/registration';
import type { Resource } from '../directory/resources.data';
import { stableGuid } from '../directory/stable-guid';

type Json = Readonly<Record<string, unknown>>;

/** Certificates come back with their content only where exactly they were asked for. */
const keysOf = (application: Application, whole: boolean) =>
  application.keyCredentials.map((credential) => ({ ...credential, key: whole ? credential.key : null }));

/** An application as Graph shows it; `select` as the caller wrote it. */
export const presentApplication = (application: Application, select?: readonly string[]): Json => {
  const { tenantId: _tenant, passwordCredentials, ...rest } = application;
  const all: Json = {
    ...rest,
    publisherDomain: null,
    keyCredentials: keysOf(application, select?.includes('keyCredentials') ?? false),
    passwordCredentials: passwordCredentials.map(({ digest: _digest, ...shown }) => ({ ...shown, secretText: null })),
  };
  return select ? Object.fromEntries(Object.entries(all).filter(([name]) => name === 'id' || select.includes(name))) : all;
};

export const servicePrincipalId = (tenantId: string, appId: string): string => stableGuid('service-principal', tenantId, appId);

const principal = (tenantId: string, appId: string, displayName: string) => ({
  id: servicePrincipalId(tenantId, appId),
  appId,
  displayName,
  appDisplayName: displayName,
  accountEnabled: true,
  appRoleAssignmentRequired: false,
  servicePrincipalType: 'Application',
});

/** One of Microsoft's APIs as a tenant knows it: every permission by its id and name. */
export const presentResource = (tenantId: string, resource: Resource): Json => {
  const permissions = permissionsOf(resource);
  return {
    ...principal(tenantId, resource.applicationId, resource.name),
    servicePrincipalNames: [...resource.uris],
    tags: [],
    oauth2PermissionScopes: permissions
      .filter(({ kind }) => kind === 'Scope')
      .map(({ id, value, title, adminOnly }) => ({
        id,
        value,
        type: adminOnly ? 'Admin' : 'User',
        isEnabled: true,
        adminConsentDisplayName: title,
        adminConsentDescription: title,
        userConsentDisplayName: title,
        userConsentDescription: title,
      })),
    appRoles: permissions
      .filter(({ kind }) => kind === 'Role')
      .map(({ id, value, title }) => ({
        id,
        value,
        displayName: title,
        description: title,
        allowedMemberTypes: ['Application'],
        isEnabled: true,
        origin: 'Application',
      })),
  };
};

/** An app as a tenant knows it. */
export const presentPrincipal = (tenantId: string, registration: Registration, application: Application | undefined): Json => ({
  ...principal(tenantId, registration.clientId, registration.name),
  appOwnerOrganizationId: application?.tenantId ?? null,
  servicePrincipalNames: [registration.clientId],
  signInAudience: application?.signInAudience ?? 'AzureADMultipleOrgs',
  replyUrls: [...registration.redirectUris],
  tags: application?.tags ?? [],
  appRoles: application?.appRoles ?? [],
  oauth2PermissionScopes: [],
});
