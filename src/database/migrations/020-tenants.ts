import type { Kysely } from 'kysely';

/** The organizations that are connected, and who has acted in which of them. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('tenants')
    .addColumn('tenant_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('connected_at', 'bigint', (column) => column.notNull())
    .addColumn('connected_by', 'text', (column) => column.notNull())
    .addColumn('last_success_at', 'bigint')
    .addColumn('last_failure_at', 'bigint')
    .addColumn('last_failure_code', 'text')
    .execute();
  await db.schema
    .createTable('tenant_reach')
    .addColumn('owner_tenant_id', 'text', (column) => column.notNull())
    .addColumn('owner_object_id', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tenant_reach_key', ['owner_tenant_id', 'owner_object_id', 'tenant_id'])
    .execute();
};
