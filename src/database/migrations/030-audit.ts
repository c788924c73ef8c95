import type { Kysely } from 'kysely';

/**
 * The audit trail: one chain of records a tenant (and one of the installation's own), each record sealed with a key that is
 * not in this database, and the head of each chain, whose row is the lock under which instances append.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('audit_chains')
    .addColumn('chain', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  // The long texts come last: what is counted and filtered is read without them.
  await db.schema
    .createTable('audit_records')
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('actor_tenant_id', 'text')
    .addColumn('actor_object_id', 'text')
    .addColumn('actor_name', 'text')
    .addColumn('actor_username', 'text')
    .addColumn('run_id', 'text')
    .addColumn('own_data', 'integer', (column) => column.notNull())
    .addColumn('row_count', 'bigint')
    .addColumn('prev', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('query', 'text')
    .addPrimaryKeyConstraint('audit_records_key', ['chain', 'seq'])
    .execute();
  // Wide enough that a month is added up from the index alone.
  const summed = ['chain', 'at', 'action', 'own_data', 'row_count', 'actor_tenant_id', 'actor_object_id'];
  await db.schema.createIndex('audit_records_by_time').on('audit_records').columns(summed).execute();
  await db.schema.createIndex('audit_records_by_person').on('audit_records').columns(['chain', 'actor_object_id', 'seq']).execute();
  await db.schema.createIndex('audit_records_by_run').on('audit_records').columns(['chain', 'run_id']).execute();
};
