import type { Kysely } from 'kysely';

/** By what the page is found that says how far the deletion of a disconnected organization has come: nobody of it is signed in any more. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('disconnections').addColumn('receipt', 'text').execute();
};
