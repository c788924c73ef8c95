import { isEngineError, type EngineErrorCode } from '../../engine/engine-error';
import type { Diagnostic } from '../../kql/diagnostics';

/** What a limit or a fault of the engine means to the person who asked. */
const sentences: Readonly<Record<EngineErrorCode, string>> = {
  timeout: 'The query ran longer than it may. Narrow the time window or the tables, or raise --timeout.',
  memory: 'The query needs more memory than it may have. Filter or summarize earlier.',
  disk: 'The disk is full.',
  cancelled: 'The query was cancelled.',
  stalled: 'Nobody read the rows.',
  crashed: 'The engine stopped while answering this query.',
  invalid: 'The query could not be run: its translation was not accepted.',
  refused: 'The query reaches for a file it may not read.',
  data: 'A value in the data made the query fail.',
  busy: 'Too many queries wait already.',
  stopped: 'The engine is shutting down.',
};

/** An engine failure as a diagnostic; DuckDB's own words follow, because the reader of a terminal can use them. */
export function engineDiagnostic(error: unknown): Diagnostic {
  if (!isEngineError(error)) throw error;
  return { code: `engine-${error.code}`, kind: 'limit', severity: 'error', message: `${sentences[error.code]} (${error.message})` };
}
