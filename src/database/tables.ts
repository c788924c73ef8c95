/**
 * The tables of Quarry's own state, one interface per table. A feature adds its tables from its `store.ts`
 * by declaration merging and creates them in a migration file of its own:
 *
 * ```ts
 * declare module '../../database/tables' { interface Tables { runs: RunsTable } }
 * ```
 *
 * Only what SQLite and PostgreSQL mean alike is used: `text`, `integer` (0/1 for booleans) and `bigint`
 * for times (milliseconds since 1970) and counts.
 */
export interface Tables {
  sessions: SessionsTable;
  ended_sessions: EndedSessionsTable;
  pending_sign_ins: PendingSignInsTable;
  token_records: TokenRecordsTable;
  leases: LeasesTable;
  session_roles: SessionRolesTable;
  role_assigning_tenants: RoleAssigningTenantsTable;
}

export interface SessionsTable {
  /** SHA-256 of the cookie's id: a copy of the database opens no session. */
  id_hash: string;
  handle: string;
  tenant_id: string;
  object_id: string;
  name: string;
  username: string;
  tenant_name: string;
  identity_sid_hash: string | null;
  /** What the ID token said of the person's roles: JSON, read by the web layer. */
  role_facts: string;
  /** When the identity service last said so. */
  roles_read_at: number;
  data: string;
  created_at: number;
  last_seen_at: number;
}

/** What another organization says of the roles of a session's person there. */
export interface SessionRolesTable {
  session_handle: string;
  tenant_id: string;
  role_facts: string;
  read_at: number;
}

/** Organizations of which a token has carried one of our roles: whoever has none there gets none. */
export interface RoleAssigningTenantsTable {
  tenant_id: string;
  since: number;
}

export interface EndedSessionsTable {
  id_hash: string;
  ended_at: number;
}

export interface PendingSignInsTable {
  state_hash: string;
  browser_hash: string;
  sealed: string;
  created_at: number;
  expires_at: number;
}

export interface TokenRecordsTable {
  session_handle: string;
  version: number;
  sealed: string;
  updated_at: number;
}

export interface LeasesTable {
  name: string;
  holder: string;
  expires_at: number;
}
