import type { Kysely } from 'kysely';

/** Whether a person could act in a connected organization when it was last tried. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('tenant_reach')
    .addColumn('reached', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
};
