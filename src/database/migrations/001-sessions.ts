import type { Kysely } from 'kysely';

/** Sessions, the ids that must never come back, sign-ins on their way, token caches and leases. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('sessions')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('handle', 'text', (column) => column.notNull().unique())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('object_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('username', 'text', (column) => column.notNull())
    .addColumn('tenant_name', 'text', (column) => column.notNull())
    .addColumn('identity_sid_hash', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sessions_by_user').on('sessions').columns(['tenant_id', 'object_id']).execute();
  await db.schema.createIndex('sessions_by_identity_sid').on('sessions').column('identity_sid_hash').execute();
  await db.schema
    .createTable('ended_sessions')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .execute();
  await createSignInTables(db);
};

const createSignInTables = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('pending_sign_ins')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('pending_sign_ins_by_browser').on('pending_sign_ins').column('browser_hash').execute();
  // The foreign key makes sign-out final: a refresh in flight cannot store tokens for a session that is gone.
  await db.schema
    .createTable('token_records')
    .addColumn('session_handle', 'text', (column) => column.primaryKey().references('sessions.handle').onDelete('cascade'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
};
