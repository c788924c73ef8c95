import type { Kysely } from 'kysely';

/** Which permission was last seen granted where, what a person's check of an organization found, and which call failed last. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('tenants').addColumn('last_failure_correlation', 'text').execute();
  await db.schema
    .createTable('tenant_permissions')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('permission', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('correlation_id', 'text')
    .addPrimaryKeyConstraint('tenant_permissions_key', ['tenant_id', 'permission'])
    .execute();
  await db.schema
    .createTable('tenant_checks')
    .addColumn('owner_tenant_id', 'text', (column) => column.notNull())
    .addColumn('owner_object_id', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('table_name', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('request_id', 'text')
    .addPrimaryKeyConstraint('tenant_checks_key', ['owner_tenant_id', 'owner_object_id', 'tenant_id', 'table_name'])
    .execute();
};
