import type { Kysely } from 'kysely';

/** What each tenant's service was asked for lately, by every instance: calls, a wish to be left alone, and time at work. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('call_slots')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('span_ms', 'bigint', (column) => column.notNull())
    .addColumn('slot', 'integer', (column) => column.notNull())
    .addColumn('taken_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('call_slots_key', ['tenant_id', 'span_ms', 'slot'])
    .execute();
  await db.schema
    .createTable('tenant_pauses')
    .addColumn('tenant_id', 'text', (column) => column.primaryKey())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('tenant_work')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('minute', 'bigint', (column) => column.notNull())
    .addColumn('worked_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tenant_work_key', ['tenant_id', 'minute'])
    .execute();
};
