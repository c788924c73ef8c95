import type { Kysely } from 'kysely';

/** The posted form that a run was made by: a form that is sent twice makes one run. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('runs').addColumn('form_key', 'text').execute();
  await db.schema.createIndex('runs_by_form').on('runs').columns(['owner_tenant_id', 'owner_object_id', 'form_key']).unique().execute();
};
