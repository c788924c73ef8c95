import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, SqliteDialect, type Dialect, type Driver, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';

/** Statements kept prepared; our stores write few distinct ones, so the bound is a safety net. */
const maxPrepared = 500;

const settings = [
  'PRAGMA journal_mode = WAL',
  // An intent must survive a power cut before its call leaves: one sync a commit.
  'PRAGMA synchronous = FULL',
  'PRAGMA busy_timeout = 2000',
  'PRAGMA foreign_keys = ON',
  'PRAGMA trusted_schema = OFF',
];

const openFile = (file: string): SqliteDatabase => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const connection = new Libsql(file);
  for (const setting of settings) connection.exec(setting);
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql) as unknown as SqliteStatement;
    const kept: SqliteStatement = {
      reader: statement.reader,
      all: (p) => statement.all(p),
      run: (p) => statement.run(p),
      iterate: (p) => statement.iterate(p),
    };
    if (prepared.size >= maxPrepared) prepared.clear();
    prepared.set(sql, kept);
    return kept;
  };
  return { prepare, close: () => void connection.close() };
};

/** A transaction takes the write lock at once: one that began by reading could never wait for it. */
class WritingSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    };
    const rollback = driver.rollbackTransaction.bind(driver);
    driver.rollbackTransaction = async (connection) => {
      try {
        await rollback(connection);
      } catch (error) {
        // A full disk has rolled back already; what went wrong then is the first error, not this one.
        if (!/no transaction is active/.test((error as Error).message)) throw error;
      }
    };
    return driver;
  }
}

/** Kysely over one SQLite file (write-ahead log); its folder is made, for this account alone. */
export const sqliteDialect = (file: string): Dialect => new WritingSqliteDialect({ database: () => Promise.resolve(openFile(file)) });
