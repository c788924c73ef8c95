import type { Kysely } from 'kysely';

/** Runs and their slices: what was asked of whom, what came, and what is kept. Values that no query compares are JSON texts. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('parent_id', 'text')
    .addColumn('owner_tenant_id', 'text', (column) => column.notNull())
    .addColumn('owner_object_id', 'text', (column) => column.notNull())
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('query', 'text', (column) => column.notNull())
    .addColumn('timespan', 'text', (column) => column.notNull())
    .addColumn('window_from', 'text', (column) => column.notNull())
    .addColumn('window_to', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('analysis', 'text', (column) => column.notNull())
    .addColumn('inherited', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('pruned_at', 'bigint')
    .addColumn('cancel_requested_at', 'bigint')
    .addColumn('heartbeat_at', 'bigint')
    .addColumn('kept_bytes', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('runs_by_owner').on('runs').columns(['owner_tenant_id', 'owner_object_id', 'created_at']).execute();
  await db.schema.createIndex('runs_by_state').on('runs').column('state').execute();
  await createSlices(db);
};

const createSlices = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('run_slices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('tenant_name', 'text', (column) => column.notNull())
    .addColumn('tenant_order', 'integer', (column) => column.notNull())
    .addColumn('window_from', 'text', (column) => column.notNull())
    .addColumn('window_to', 'text', (column) => column.notNull())
    .addColumn('partial', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('row_count', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('bytes', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('kept_bytes', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('cut', 'text')
    .addColumn('request_id', 'text')
    .addColumn('newest', 'text')
    .addColumn('service_seconds', 'text')
    .addColumn('started_at', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('details', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('run_slices_by_run').on('run_slices').columns(['run_id', 'tenant_order', 'window_from']).execute();
};
