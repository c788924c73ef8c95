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

/** What libsql's own declarations leave out. */
interface Prepared {
  readonly reader: boolean;
  raw(on: boolean): Prepared;
  columns(): readonly { readonly name: string }[];
  all(parameters: readonly unknown[]): unknown[][];
  get(parameters: readonly unknown[]): unknown[] | undefined;
  run(parameters: readonly unknown[]): ReturnType<SqliteStatement['run']>;
  iterate(parameters: readonly unknown[]): IterableIterator<unknown[]>;
}

/** The one row that a statement promises by its last words is fetched without the apparatus for many. */
const promisesOne = (sql: string): boolean => sql.endsWith(' limit 1');

/** Rows come as arrays, which costs libsql half of what objects cost it, and get their names here. */
const quick = (prepared: unknown, sql: string): SqliteStatement => {
  const statement = prepared as Prepared;
  const run = (parameters: readonly unknown[]) => statement.run(parameters);
  if (!statement.reader) return { reader: false, all: () => [], run, iterate: () => [][Symbol.iterator]() };
  const namesNow = (): string[] => statement.columns().map(({ name }) => name);
  let names = namesNow();
  statement.raw(true);
  const named = (row: readonly unknown[]): Record<string, unknown> => {
    // `select *` of a table that another instance has just given a column.
    if (row.length !== names.length) names = namesNow();
    const record: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) record[names[index]!] = row[index];
    return record;
  };
  const one = (parameters: readonly unknown[]): unknown[] => {
    const row = statement.get(parameters);
    return row === undefined ? [] : [named(row)];
  };
  return {
    reader: true,
    all: promisesOne(sql) ? one : (parameters) => statement.all(parameters).map(named),
    run,
    *iterate(parameters) {
      for (const row of statement.iterate(parameters)) yield named(row);
    },
  };
};

const openFile = (file: string): SqliteDatabase => {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const connection = new Libsql(file);
  for (const setting of settings) connection.exec(setting);
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const known = prepared.get(sql);
    if (known) return known;
    const kept = quick(connection.prepare(sql), sql);
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
