import { isEngineError, type EngineErrorCode } from './engine/engine-error';
import { AppError, type ErrorKind } from './errors';
import { LanguageError } from './kusto/language/language';

interface Words {
  readonly kind: ErrorKind;
  readonly message: string;
}

const tooMuch = 'That is more than this Quarry may use at once. Narrow it down: fewer rows, fewer columns, a shorter time.';

/** What a person reads when the local engine did not finish: the one table. */
const words: Readonly<Record<EngineErrorCode, Words>> = {
  timeout: { kind: 'timeout', message: 'Reading the kept rows took too long. Narrow it down and try again.' },
  memory: { kind: 'refused', message: tooMuch },
  disk: {
    kind: 'unavailable',
    message: 'The disk of this Quarry is full. Its operator has to make room; nothing kept was harmed.',
  },
  cancelled: { kind: 'conflict', message: 'It was cancelled.' },
  stalled: { kind: 'conflict', message: 'Nobody read the answer for too long, so it was given up.' },
  crashed: { kind: 'unavailable', message: 'The local engine stopped at this. It is running again; try once more.' },
  invalid: { kind: 'bug', message: 'Quarry could not read its own rows. The error is in the log under the request id below.' },
  refused: { kind: 'bug', message: 'Quarry could not read its own rows. The error is in the log under the request id below.' },
  data: { kind: 'refused', message: 'A value in the rows cannot be handled this way. Change the query or the filter.' },
  busy: { kind: 'unavailable', message: 'Too many people are asking at once. Try again in a moment.' },
  stopped: { kind: 'unavailable', message: 'Quarry is stopping. Try again shortly.' },
};

const appError = (error: unknown): unknown => {
  if (isEngineError(error)) {
    const { kind, message } = words[error.code];
    return new AppError({ kind, code: `engine-${error.code}`, publicMessage: message, cause: error });
  }
  if (error instanceof LanguageError) {
    const publicMessage = 'The query could not be read in time. Simplify it, or try again in a moment.';
    return new AppError({ kind: 'timeout', code: `language-${error.code}`, publicMessage, cause: error });
  }
  return error;
};

/** Runs `work`; what the engine or the language throws arrives as AppError. */
export const inOurWords = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw appError(error);
  }
};

/** The same for rows that arrive in batches. */
export async function* batchesInOurWords<T>(work: () => AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* work();
  } catch (error) {
    throw appError(error);
  }
}
