import { randomUUID } from 'node:crypto';
import type { HuntingTenant } from '../ports';
import type { Run, Slice } from '../runs/run';

/** A tenant's share of a run, not yet begun. */
export const newSlice = (run: Pick<Run, 'id' | 'window'>, tenant: HuntingTenant): Slice => ({
  id: randomUUID(),
  runId: run.id,
  tenantId: tenant.tenantId,
  tenantName: tenant.name,
  window: run.window,
  partial: false,
  state: 'queued',
  rows: 0,
  bytes: 0,
  keptBytes: 0,
  cut: null,
  doubts: [],
  failure: null,
  attempts: [],
  calls: 0,
  counted: null,
  requestId: null,
  newest: null,
  columns: [],
  serviceSeconds: null,
  startedAt: null,
  finishedAt: null,
});
