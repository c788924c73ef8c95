/** One proof of a function: a scalar expression and the value it gives in wire form, argued by hand from the reference or recorded from the engine. */
export type Check = readonly [functionName: string, expression: string, expected: unknown];

/** One proof of an aggregate: what follows a source of rows, and the rows of the answer. */
export interface AggregateCheck {
  readonly name: string;
  readonly query: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** Equal values; reals agree to nine digits, as everywhere in the comparison with the engine. */
export function agrees(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'number' && typeof wanted === 'number')
    return got === wanted || Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  if (Array.isArray(wanted))
    return Array.isArray(got) && got.length === wanted.length && wanted.every((item, index) => agrees(got[index], item));
  if (wanted !== null && typeof wanted === 'object') {
    if (got === null || typeof got !== 'object' || Array.isArray(got)) return false;
    const keys = Object.keys(wanted);
    return (
      Object.keys(got).join() === keys.join() &&
      keys.every((key) => agrees((got as Record<string, unknown>)[key], (wanted as Record<string, unknown>)[key]))
    );
  }
  return got === wanted;
}
