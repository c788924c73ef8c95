import { findBundle } from '../../identity/consent-scopes';
import { bundlesFor, huntPermissions, resourceApps, type Permission, type ResourceApp } from '../../identity/permissions.data';
import type { Resource } from '../../identity/resources.data';
import { objects, type Directory, type Json } from '../directory';

/**
 * `standard`: hunting, and what Microsoft's original page lists besides. `hunt`: what hunting needs, and nothing else. `all`:
 * whatever a customer may be asked for one day. What is listed for an API comes along with each consent by its `.default`.
 */
export const permissionChoices = ['standard', 'hunt', 'all'] as const;
export type PermissionChoice = (typeof permissionChoices)[number];

type Wanted = Pick<Permission, 'resource' | 'value' | 'kind' | 'title'>;

const ofTheApp: Wanted = { resource: 'mde', value: 'Ti.ReadWrite', kind: 'application', title: 'Read and write IOCs belonging to the app' };
const ofAll: Wanted = { resource: 'mde', value: 'Ti.ReadWrite.All', kind: 'application', title: 'Read and write all IOCs' };

const byChoice: Readonly<Record<PermissionChoice, (provider: Resource) => readonly Wanted[]>> = {
  hunt: (provider) => [huntPermissions[provider]],
  standard: (provider) => [
    ...new Set([huntPermissions.graph, huntPermissions.mde, huntPermissions[provider]]),
    ...findBundle(provider, 'timeline').permissions,
    ofTheApp,
  ],
  all: (provider) => [
    ...new Set([...Object.values(huntPermissions), ...bundlesFor(provider).flatMap(({ permissions }) => permissions)]),
    ofTheApp,
    ofAll,
  ],
};

export const wantedPermissions = (choice: PermissionChoice, provider: Resource): readonly Wanted[] => byChoice[choice](provider);

/** One line of a registration's `requiredResourceAccess`, with its name for people. */
export interface ResolvedPermission {
  readonly resourceAppId: string;
  readonly id: string;
  readonly type: 'Scope' | 'Role';
  readonly label: string;
}

export interface Resolved {
  readonly permissions: readonly ResolvedPermission[];
  /** What cannot be listed here, in words. */
  readonly left: readonly string[];
}

const idOf = (api: Json, { value, kind }: Wanted): string | undefined => {
  const offered = objects(api[kind === 'delegated' ? 'oauth2PermissionScopes' : 'appRoles']);
  const found = offered.find((one) => one['value'] === value && one['isEnabled'] !== false);
  return typeof found?.['id'] === 'string' ? found['id'] : undefined;
};

const labelOf = (app: string, value: string, kind: string): string => `${app} ${value} (${kind})`;

const resolveOne = (app: ResourceApp, api: Json | undefined, wanted: readonly Wanted[]): Resolved => {
  const names = wanted.map(({ value }) => value).join(', ');
  if (!api) return { permissions: [], left: [`${app.name} is not in this tenant (no licence for it): left out ${names}.`] };
  const found = wanted.map((permission) => ({ permission, id: idOf(api, permission) }));
  return {
    permissions: found.flatMap(({ permission: { value, kind }, id }) =>
      id === undefined
        ? []
        : [{ resourceAppId: app.appId, id, type: kind === 'delegated' ? 'Scope' : 'Role', label: labelOf(app.name, value, kind) }],
    ),
    left: found
      .filter(({ id }) => id === undefined)
      .map(({ permission }) => `${app.name} offers no ${permission.kind} permission ${permission.value} here: left out.`),
  };
};

/** The ids of permissions in this very tenant, by their names: asked of the APIs' own service principals. */
export const resolvePermissions = async (directory: Directory, wanted: readonly Wanted[]): Promise<Resolved> => {
  const resolved: Resolved[] = [];
  for (const [resource, app] of Object.entries(resourceApps)) {
    const own = wanted.filter((permission) => permission.resource === resource);
    if (own.length === 0) continue;
    const path = `/servicePrincipals(appId='${app.appId}')?$select=id,appId,appRoles,oauth2PermissionScopes`;
    resolved.push(resolveOne(app, await directory.find(path), own));
  }
  return { permissions: resolved.flatMap(({ permissions }) => permissions), left: resolved.flatMap(({ left }) => left) };
};
