import type { Database } from '../../database/database';
import type { TenantId } from '../../http/current-user';
import { bundleNames, findBundle, grantedOf } from '../../identity/consent-scopes';
import type { Permission } from '../../identity/permissions.data';
import type { Resource } from '../../identity/resources.data';

/** `no-service`: the organization does not have the API that the permission is of (usually: no licence). */
export type ConsentState = 'granted' | 'missing' | 'withdrawn' | 'no-service';

interface TenantPermissionsTable {
  tenant_id: string;
  /** API and name, `mde/Ti.ReadWrite`. */
  permission: string;
  state: ConsentState;
  seen_at: number;
  /** Ours, of the refusal that told. */
  code: string | null;
  correlation_id: string | null;
}

declare module '../../database/tables' {
  interface Tables {
    tenant_permissions: TenantPermissionsTable;
  }
}

/** What was last seen of one permission in one organization. */
export interface SeenConsent {
  readonly permission: string;
  readonly state: ConsentState;
  readonly seenAt: number;
  readonly code: string | null;
  readonly correlationId: string | null;
}

/** Of the refusal that told of it. */
export interface Refusal {
  readonly code: string;
  readonly correlationId?: string | undefined;
}

export const permissionKey = ({ resource, value }: Pick<Permission, 'resource' | 'value'>): string => `${resource}/${value}`;

/** Every delegated permission of an API that Quarry may ask for; the app's own are not seen in anybody's token. */
export const delegatedOf = (resource: Resource): readonly Permission[] => {
  const all = bundleNames.flatMap((name) => findBundle(resource, name).permissions);
  return all.filter((permission) => permission.resource === resource && permission.kind === 'delegated');
};

const seenOf = (row: TenantPermissionsTable): SeenConsent => ({
  permission: row.permission,
  state: row.state,
  seenAt: Number(row.seen_at),
  code: row.code,
  correlationId: row.correlation_id,
});

interface Note {
  readonly permission: string;
  readonly state: ConsentState;
  readonly refusal?: Refusal;
}

interface StoreOptions {
  readonly db: Database;
  readonly clock?: () => number;
}

/** What each organization's administrator was seen to have granted: told by tokens' answers and refusals, by nothing else. */
export const createConsentStore = ({ db, clock = Date.now }: StoreOptions) => {
  const write = async (tenantId: TenantId, notes: readonly Note[]): Promise<void> => {
    for (const { permission, state, refusal } of notes) {
      const values = { state, seen_at: clock(), code: refusal?.code ?? null, correlation_id: refusal?.correlationId ?? null };
      await db
        .insertInto('tenant_permissions')
        .values({ tenant_id: tenantId, permission, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'permission']).doUpdateSet(values))
        .execute();
    }
  };

  return Object.freeze({
    of: async (tenantId: TenantId): Promise<readonly SeenConsent[]> => {
      const rows = await db.selectFrom('tenant_permissions').selectAll().where('tenant_id', '=', tenantId).execute();
      return rows.map(seenOf);
    },
    /** A token of `resource` came, and its answer names `scopes`: these are granted, its other permissions are not. */
    seen: async (tenantId: TenantId, resource: Resource, scopes: readonly string[]): Promise<void> => {
      const known = delegatedOf(resource);
      const granted = new Set(grantedOf(known, scopes));
      const notes = known.map((one): Note => ({ permission: permissionKey(one), state: granted.has(one) ? 'granted' : 'missing' }));
      await write(tenantId, notes);
    },
    /** A token for this one permission was refused. */
    refused: (tenantId: TenantId, permission: string, refusal: Refusal & { readonly state: ConsentState }): Promise<void> =>
      write(tenantId, [{ permission, state: refusal.state, refusal }]),
    /** The organization withdrew its consent: what was granted is so no more. */
    withdrawn: async (tenantId: TenantId, refusal: Refusal): Promise<void> => {
      await db
        .updateTable('tenant_permissions')
        .set({ state: 'withdrawn', seen_at: clock(), code: refusal.code, correlation_id: refusal.correlationId ?? null })
        .where('tenant_id', '=', tenantId)
        .where('state', '=', 'granted')
        .execute();
    },
    /** Nothing of it stays: the organization was disconnected here. */
    forget: async (tenantId: TenantId): Promise<void> => {
      await db.deleteFrom('tenant_permissions').where('tenant_id', '=', tenantId).execute();
    },
  });
};

export type ConsentStore = ReturnType<typeof createConsentStore>;
