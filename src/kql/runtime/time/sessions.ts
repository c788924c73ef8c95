import { strict, type RuntimeFunction } from '../runtime-function';

/**
 * Where each value's session began: a new one begins after null, at a restart, and when a value lies too far from the first or from the
 * one before. Lists are joined by commas, as their numbers do not fit in a double.
 */
function sessionStarts(values: string, restarts: string, limits: { readonly first: bigint; readonly between: bigint }): string {
  let begun: bigint | undefined;
  let last = 0n;
  const restarted = restarts.split(',');
  const starts = values.split(',').map((text, index) => {
    const value = text === '' ? undefined : BigInt(text);
    if (value === undefined) return (begun = undefined);
    const far = begun === undefined || value >= begun + limits.first || value >= last + limits.between;
    if (far || restarted[index] === '1') begun = value;
    last = value;
    return begun;
  });
  return starts.map((start) => start ?? '').join(',');
}

/** What row_window_session() runs over the rows of a sub-table. */
export const sessionFunctions: readonly RuntimeFunction[] = [
  strict(
    'kql_js_session_starts',
    { takes: ['VARCHAR', 'VARCHAR', 'BIGINT', 'BIGINT'], gives: 'VARCHAR' },
    (...[values, restarts, first, between]) => sessionStarts(values, restarts, { first, between }),
  ),
];
