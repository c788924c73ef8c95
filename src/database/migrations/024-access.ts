import { sql, type Kysely } from 'kysely';

/**
 * Who may do what where: roles that other organizations gave to a session's person, which organizations assign roles at all,
 * since when an organization's consent has been missing, and which were disconnected here (and what was deleted then).
 * `sessions.roles_read_at`: when the identity service last spoke of `role_facts`. `runs.changed_at`: moves when slices of a
 * finished run change, so that nobody remembers them as they were.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const noTime = sql`0`;
  await db.schema
    .alterTable('sessions')
    .addColumn('roles_read_at', 'bigint', (column) => column.notNull().defaultTo(noTime))
    .execute();
  await db.schema.alterTable('runs').addColumn('changed_at', 'bigint').execute();
  await db.schema.createIndex('run_slices_by_tenant').on('run_slices').column('tenant_id').execute();
  await db.schema
    .createTable('session_roles')
    .addColumn('session_handle', 'text', (column) => column.notNull().references('sessions.handle').onDelete('cascade'))
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('role_facts', 'text', (column) => column.notNull())
    .addColumn('read_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_roles_key', ['session_handle', 'tenant_id'])
    .execute();
  await db.schema.createIndex('session_roles_by_tenant').on('session_roles').column('tenant_id').execute();
  await createTenantTables(db);
};

const createTenantTables = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('role_assigning_tenants')
    .addColumn('tenant_id', 'text', (column) => column.primaryKey())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('tenant_withdrawals')
    .addColumn('tenant_id', 'text', (column) => column.primaryKey())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('disconnections')
    .addColumn('tenant_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('requested_by', 'text')
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('reconnected_at', 'bigint')
    .execute();
};
