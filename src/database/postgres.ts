import { PostgresDialect, type Dialect } from 'kysely';

/** A page waits this long for the database, no longer: then it says so (503) instead of hanging. */
const patience = 900;

const bigint = 20;

/** Kysely over a PostgreSQL pool; `onError` hears of idle connections that broke (the pool replaces them). */
export const postgresDialect = (url: string, onError: (error: Error) => void): Dialect =>
  new PostgresDialect({
    pool: async () => {
      const { Pool, types } = await import('pg');
      const pool = new Pool({
        connectionString: url,
        max: 10,
        connectionTimeoutMillis: patience,
        query_timeout: 10_000,
        statement_timeout: 10_000,
        idle_in_transaction_session_timeout: 30_000,
        // Our 64-bit columns are times and counts, far below 2^53.
        types: { getTypeParser: (id: number, format?: 'text') => (id === bigint ? Number : types.getTypeParser(id, format)) } as never,
      });
      pool.on('error', onError);
      return pool;
    },
  });
