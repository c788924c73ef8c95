/** The head of a chain: its last record. Its row is locked while records are appended. */
export interface AuditChainsTable {
  chain: string;
  seq: number;
  hash: string;
}

export interface AuditRecordsTable {
  /** A tenant's id, or `installation`. */
  chain: string;
  /** From 1, without a gap. */
  seq: number;
  at: number;
  action: string;
  actor_tenant_id: string | null;
  actor_object_id: string | null;
  actor_name: string | null;
  actor_username: string | null;
  run_id: string | null;
  /** 1: the act concerned this tenant's data or members; 0: one of its people acted elsewhere. */
  own_data: number;
  /** Rows of this tenant's data that the act brought up or took out. */
  row_count: number | null;
  /** The hash of the record before; empty for the first. */
  prev: string;
  key_id: string;
  /** HMAC-SHA-256 over all other columns. */
  hash: string;
  /** Canonical JSON. */
  facts: string;
  query: string | null;
}

declare module '../../database/tables' {
  interface Tables {
    audit_chains: AuditChainsTable;
    audit_records: AuditRecordsTable;
  }
}
