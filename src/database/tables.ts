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
  data: string;
  created_at: number;
  last_seen_at: number;
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
