/** Why the engine did not finish a request; the set is closed, so a caller can map every code to a sentence. */
export type EngineErrorCode =
  | 'timeout' // the request's wall clock ran out
  | 'memory' // the memory, temporary disk or process size limit was reached
  | 'disk' // the disk is full
  | 'cancelled' // the caller's signal, or the caller stopped reading
  | 'stalled' // the reader took no row for too long, so its place was given to others
  | 'crashed' // the process of this request died
  | 'invalid' // the SQL does not parse or bind, or is not exactly one SELECT
  | 'refused' // the request reaches for a file outside the engine's folders
  | 'data' // a value at run time made the query fail (a cast, an overflow, a broken file)
  | 'busy' // too many requests wait already
  | 'stopped'; // the engine is shutting down

/** `message` is DuckDB's or our own first line, without SQL text; it may name columns and files, so it is detail and not for a page. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Tells an engine failure from a bug. */
export const isEngineError = (error: unknown): error is EngineError => error instanceof EngineError;
