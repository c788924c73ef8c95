import { EngineError, isEngineError, type EngineErrorCode } from '../engine-error';

/** DuckDB says the kind of an error in its first words. */
const codes: readonly (readonly [RegExp, EngineErrorCode])[] = [
  [/^INTERRUPT/i, 'cancelled'],
  [/no space left on device/i, 'disk'],
  [/^Out of Memory|max_temp_directory_size|could not allocate|failed to (offload|allocate)|cannot allocate/i, 'memory'],
  [/^Permission Error/i, 'refused'],
  [/^(Parser|Binder|Catalog|Not implemented) Error|syntax error at/i, 'invalid'],
];

/** Turns whatever DuckDB threw into the closed set, keeping the first line only: the rest quotes SQL. */
export function asEngineError(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = codes.find(([pattern]) => pattern.test(text))?.[1] ?? 'data';
  return new EngineError(code, (text.split('\n', 1)[0] ?? '').slice(0, 500));
}
