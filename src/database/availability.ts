import type { DatabaseConnection, Dialect } from 'kysely';
import { AppError } from '../errors';

/** SQLSTATE classes and codes in which the server, not the statement, is the trouble. */
const serverTrouble = /^(08|53|57|58)|^25006$/;
const fileTrouble = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT|NOTADB|PROTOCOL|NOMEM)/;
const networkTrouble = /^E[A-Z]+$/;
const poolTrouble = /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable|Client was closed/;

const isTrouble = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const byCode = typeof code === 'string' && [serverTrouble, fileTrouble, networkTrouble].some((pattern) => pattern.test(code));
  return byCode || (typeof message === 'string' && poolTrouble.test(message));
};

/** A failure of the database itself becomes AppError `unavailable`; a wrong statement stays what it is. */
const explain = (error: unknown): unknown =>
  isTrouble(error)
    ? new AppError({
        kind: 'unavailable',
        code: 'database-unavailable',
        publicMessage: 'Quarry cannot reach its database at the moment. Try again shortly.',
        cause: error,
      })
    : error;

const explaining = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
};

/** The same dialect, whose connections say `unavailable` when the database does not answer: every store inherits it. */
export const answering = (dialect: Dialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => {
    const driver = dialect.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    const known = new WeakSet<DatabaseConnection>();
    driver.acquireConnection = async () => {
      const connection = await explaining(acquire);
      if (known.has(connection)) return connection;
      known.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = (query) => explaining(async () => execute(query));
      return connection;
    };
    return driver;
  },
});
