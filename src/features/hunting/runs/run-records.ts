import type { Insertable, Selectable, Updateable } from 'kysely';
import type { TenantId } from '../../../http/current-user';
import type { Cut, InheritedLedger, Run, RunAnalysis, RunKind, RunState, Slice, SliceState } from './run';
import type { RunSlicesTable, RunsTable } from './run-tables';

/** PostgreSQL's driver may hand out bigint columns as text. */
const count = (value: number | string): number => Number(value);
const moment = (value: number | string | null): number | null => (value === null ? null : Number(value));

export const toRun = (row: Selectable<RunsTable>): Run => ({
  id: row.id,
  kind: row.kind as RunKind,
  parentId: row.parent_id,
  owner: { tenantId: row.owner_tenant_id as TenantId, objectId: row.owner_object_id, name: row.owner_name },
  query: row.query,
  timespan: row.timespan,
  window: { from: row.window_from, to: row.window_to },
  state: row.state as RunState,
  provider: row.provider,
  analysis: JSON.parse(row.analysis) as RunAnalysis,
  inherited: row.inherited === null ? null : (JSON.parse(row.inherited) as InheritedLedger),
  createdAt: count(row.created_at),
  startedAt: moment(row.started_at),
  finishedAt: moment(row.finished_at),
  prunedAt: moment(row.pruned_at),
});

export const fromRun = (run: Run, formKey: string | null): Insertable<RunsTable> => ({
  id: run.id,
  kind: run.kind,
  parent_id: run.parentId,
  owner_tenant_id: run.owner.tenantId,
  owner_object_id: run.owner.objectId,
  owner_name: run.owner.name,
  query: run.query,
  timespan: run.timespan,
  window_from: run.window.from,
  window_to: run.window.to,
  state: run.state,
  provider: run.provider,
  analysis: JSON.stringify(run.analysis),
  inherited: run.inherited === null ? null : JSON.stringify(run.inherited),
  created_at: run.createdAt,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
  pruned_at: run.prunedAt,
  cancel_requested_at: null,
  heartbeat_at: null,
  changed_at: null,
  kept_bytes: 0,
  form_key: formKey,
});

type Details = Pick<Slice, 'columns' | 'doubts' | 'failure' | 'attempts' | 'calls' | 'counted'>;

export const toSlice = (row: Selectable<RunSlicesTable>): Slice => ({
  ...(JSON.parse(row.details) as Details),
  id: row.id,
  runId: row.run_id,
  tenantId: row.tenant_id as TenantId,
  tenantName: row.tenant_name,
  window: { from: row.window_from, to: row.window_to },
  partial: row.partial === 1,
  state: row.state as SliceState,
  rows: count(row.row_count),
  bytes: count(row.bytes),
  keptBytes: count(row.kept_bytes),
  cut: row.cut as Cut | null,
  requestId: row.request_id,
  newest: row.newest,
  serviceSeconds: row.service_seconds === null ? null : Number(row.service_seconds),
  startedAt: moment(row.started_at),
  finishedAt: moment(row.finished_at),
});

/** What may change of a slice once it exists. */
export const sliceChanges = (slice: Slice) =>
  ({
    state: slice.state,
    row_count: slice.rows,
    bytes: slice.bytes,
    kept_bytes: slice.keptBytes,
    cut: slice.cut,
    request_id: slice.requestId,
    newest: slice.newest,
    service_seconds: slice.serviceSeconds === null ? null : String(slice.serviceSeconds),
    started_at: slice.startedAt,
    finished_at: slice.finishedAt,
    details: JSON.stringify({
      columns: slice.columns,
      doubts: slice.doubts,
      failure: slice.failure,
      attempts: slice.attempts,
      calls: slice.calls,
      counted: slice.counted,
    } satisfies Details),
  }) satisfies Updateable<RunSlicesTable>;

export const fromSlice = (slice: Slice, tenantOrder: number): Insertable<RunSlicesTable> => ({
  ...sliceChanges(slice),
  id: slice.id,
  run_id: slice.runId,
  tenant_id: slice.tenantId,
  tenant_name: slice.tenantName,
  tenant_order: tenantOrder,
  window_from: slice.window.from,
  window_to: slice.window.to,
  partial: slice.partial ? 1 : 0,
});
