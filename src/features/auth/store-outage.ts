import { AppError } from '../../errors';

/** Somebody waits for a page: a store that has not answered by then is said to be down. */
const patienceMs = 2_000;

const down = (cause: unknown): AppError =>
  new AppError({
    kind: 'unavailable',
    code: 'database-down',
    publicMessage: 'Quarry cannot reach its database at the moment. Nothing is lost; try again shortly.',
    cause,
  });

const inTime = async (work: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof AppError ? error : down(error);
  } finally {
    clearTimeout(timer);
  }
};

type Method = (...values: unknown[]) => Promise<unknown>;

/** The same store, whose failures and silences are AppError `unavailable`: a database that is away signs nobody out. */
export const tellingOutages = <T extends object>(store: T): T =>
  Object.fromEntries(
    Object.entries(store).map(([name, method]) => [name, (...values: unknown[]) => inTime((method as Method)(...values))]),
  ) as T;
