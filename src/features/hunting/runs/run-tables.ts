export interface RunsTable {
  id: string;
  kind: string;
  parent_id: string | null;
  owner_tenant_id: string;
  owner_object_id: string;
  owner_name: string;
  query: string;
  timespan: string;
  window_from: string;
  window_to: string;
  state: string;
  provider: string;
  analysis: string;
  inherited: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  pruned_at: number | null;
  cancel_requested_at: number | null;
  /** Written by the process that works on the run; when it is old, nobody does. */
  heartbeat_at: number | null;
  kept_bytes: number;
  /** Moves when slices of a finished run change. */
  changed_at: number | null;
  /** See posted-form.ts; unique for an owner. */
  form_key: string | null;
}

export interface RunSlicesTable {
  id: string;
  run_id: string;
  tenant_id: string;
  tenant_name: string;
  /** The place of the tenant among those asked: results come in this order. */
  tenant_order: number;
  window_from: string;
  window_to: string;
  partial: number;
  state: string;
  row_count: number;
  bytes: number;
  kept_bytes: number;
  cut: string | null;
  request_id: string | null;
  newest: string | null;
  service_seconds: string | null;
  started_at: number | null;
  finished_at: number | null;
  /** JSON: columns, doubts, failure, attempts. */
  details: string;
}

declare module '../../../database/tables' {
  interface Tables {
    runs: RunsTable;
    run_slices: RunSlicesTable;
  }
}
