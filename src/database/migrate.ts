import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Migrator, type Kysely, type Migration } from 'kysely';

const folder = join(__dirname, 'migrations');
const pattern = /^(\d{3}-[a-z0-9-]+)\.(js|ts)$/;

/** Each file of `migrations/` is one step, `NNN-what.ts` with an exported `up(db)`; features add files of their own. */
const loadMigrations = async (): Promise<Record<string, Migration>> => {
  const steps: Record<string, Migration> = {};
  for (const file of readdirSync(folder).sort()) {
    const name = pattern.exec(file)?.[1];
    if (name) steps[name] = (await import(join(folder, file))) as Migration;
  }
  return steps;
};

/**
 * Brings the database to this version's shape. Steps may arrive out of order (two features, two numbers), each runs
 * once; on PostgreSQL several instances may start together (an advisory lock lets one work). Throws the first failure.
 */
export const migrate = async <T>(db: Kysely<T>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: loadMigrations }, allowUnorderedMigrations: true });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
