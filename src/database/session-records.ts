import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { digest } from './key-ring';
import type { SessionsTable } from './tables';

export interface SessionUser {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  readonly tenantName: string;
  /** What the person's organization says of their roles (JSON of the web layer). */
  readonly roleFacts: string;
}

export interface NewSessionRecord {
  readonly user: SessionUser;
  /** The identity service's own session id, when it tells: front-channel sign-out names it. */
  readonly identitySid: string | null;
  /** What else the web layer keeps (JSON). */
  readonly data: string;
}

/** How the person's organization stands with us, which decides what their roles come to. */
export interface TenantStanding {
  readonly connected: boolean;
  readonly assignsRoles: boolean;
}

export interface SessionRecord {
  /** Ours, opaque, not the cookie's id: tokens and runs hang on it. */
  readonly handle: string;
  readonly user: SessionUser;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly rolesReadAt: number;
  readonly tenant: TenantStanding;
  readonly data: string;
}

/** A row as `standing` adds to it. */
export type FoundRow = Selectable<SessionsTable> & { readonly tenant_connected: number; readonly tenant_assigns: number };

const isOne = (value: unknown): boolean => Number(value) === 1;

/** One statement finds the session and how its organization stands: nothing that was decided there waits for the next sign-in. */
export const standing = [
  sql<number>`case when exists (select 1 from tenants t where t.tenant_id = sessions.tenant_id) then 1 else 0 end`.as('tenant_connected'),
  sql<number>`case when exists (select 1 from role_assigning_tenants r where r.tenant_id = sessions.tenant_id) then 1 else 0 end`.as(
    'tenant_assigns',
  ),
] as const;

export const recordOf = (row: FoundRow): SessionRecord => ({
  handle: row.handle,
  user: {
    tenantId: row.tenant_id,
    objectId: row.object_id,
    name: row.name,
    username: row.username,
    tenantName: row.tenant_name,
    roleFacts: row.role_facts,
  },
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  rolesReadAt: Number(row.roles_read_at),
  tenant: { connected: isOne(row.tenant_connected), assignsRoles: isOne(row.tenant_assigns) },
  data: row.data,
});

export const rowOf = (id: string, { user, identitySid, data }: NewSessionRecord, now: number): SessionsTable => ({
  id_hash: digest(id),
  handle: randomUUID(),
  tenant_id: user.tenantId,
  object_id: user.objectId,
  name: user.name,
  username: user.username,
  tenant_name: user.tenantName,
  identity_sid_hash: identitySid === null ? null : digest(identitySid),
  role_facts: user.roleFacts,
  roles_read_at: now,
  data,
  created_at: now,
  last_seen_at: now,
});
