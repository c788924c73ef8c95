import type { Kysely } from 'kysely';

/** `sessions.role_facts`: what the ID token of the person's own organization said of their roles (JSON). Older sessions knew nothing of it, and end. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('sessions')
    .addColumn('role_facts', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await (db as Kysely<{ sessions: object }>).deleteFrom('sessions').execute();
};
