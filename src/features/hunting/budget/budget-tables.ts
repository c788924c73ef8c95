export interface CallSlotsTable {
  tenant_id: string;
  /** The stretch of time in which a slot serves once. */
  span_ms: number;
  slot: number;
  taken_at: number;
}

export interface TenantPausesTable {
  tenant_id: string;
  until: number;
}

export interface TenantWorkTable {
  tenant_id: string;
  /** Minutes since 1970. */
  minute: number;
  worked_ms: number;
}

declare module '../../../database/tables' {
  interface Tables {
    call_slots: CallSlotsTable;
    tenant_pauses: TenantPausesTable;
    tenant_work: TenantWorkTable;
  }
}
