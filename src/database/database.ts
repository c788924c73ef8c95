import { Kysely, sql } from 'kysely';
import { answering } from './availability';
import { migrate } from './migrate';
import { postgresDialect } from './postgres';
import { sqliteDialect } from './sqlite';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;

/** Where Quarry keeps its state: one file (the default), or a PostgreSQL server shared by several instances. */
export type DatabaseLocation = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export interface OpenDatabase {
  readonly db: Database;
  readonly kind: DatabaseLocation['kind'];
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the database and brings it to this version's shape; rejects when it cannot. */
export const openDatabase = async (location: DatabaseLocation, onError: (error: Error) => void = () => {}): Promise<OpenDatabase> => {
  const db = new Kysely<Tables>({
    dialect: answering(location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url, onError)),
  });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy().catch(() => {});
    throw error;
  }
  return Object.freeze({
    db,
    kind: location.kind,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  });
};
