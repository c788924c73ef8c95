import type { AuditRecord } from './seal';

/** A record for programs: every column that is sealed, so that a copy can be compared. */
export const recordJson = (record: AuditRecord) => ({
  seq: record.seq,
  at: new Date(record.at).toISOString(),
  action: record.action,
  actor:
    record.actor_object_id === null
      ? null
      : {
          tenantId: record.actor_tenant_id,
          objectId: record.actor_object_id,
          name: record.actor_name,
          username: record.actor_username,
        },
  runId: record.run_id,
  ownData: record.own_data === 1,
  rows: record.row_count,
  facts: JSON.parse(record.facts) as Readonly<Record<string, unknown>>,
  query: record.query,
  prev: record.prev,
  key: record.key_id,
  hash: record.hash,
});
