import { resources, type Permission, type Resource } from './resources.data';
import { stableGuid } from './stable-guid';

export type PermissionKind = 'Scope' | 'Role';

export interface KnownPermission extends Permission {
  readonly id: string;
  readonly kind: PermissionKind;
}

/** Everything that can be asked of a resource, each under the id by which registrations list it. */
export const permissionsOf = ({ applicationId, delegated, others = [], application }: Resource): readonly KnownPermission[] => {
  const known = (kind: PermissionKind) => (permission: Permission) => ({
    ...permission,
    kind,
    id: stableGuid('permission', applicationId, kind, permission.value),
  });
  return [...[...delegated, ...others].map(known('Scope')), ...application.map(known('Role'))];
};

export interface RequiredAccess {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: PermissionKind }[];
}

/** What a registration lists, as grant names; ids that no resource knows grant nothing. */
export const listedGrants = (required: readonly RequiredAccess[], kind: PermissionKind): string[] =>
  required.flatMap(({ resourceAppId, resourceAccess }) => {
    const resource = resources.find(({ applicationId }) => applicationId === resourceAppId);
    if (!resource) return [];
    const wanted = new Set(resourceAccess.filter(({ type }) => type === kind).map(({ id }) => id));
    return permissionsOf(resource)
      .filter((permission) => permission.kind === kind && wanted.has(permission.id))
      .map(({ value }) => `${resource.audience}/${value}`);
  });
