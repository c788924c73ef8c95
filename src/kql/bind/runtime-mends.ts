/* eslint-disable @typescript-eslint/no-explicit-any -- the library has no usable types */
type Foreign = any;

/**
 * Faults of the runtime below the language service that a query can run into. A 64-bit number cannot be compared with nothing: a function
 * of the query that is called with long(null) once and with a number once stopped the analysis.
 */
export function mendRuntime(system: Foreign): void {
  const numbers = [system?.Int64?.prototype, system?.UInt64?.prototype].filter((prototype) => typeof prototype?.equals === 'function');
  for (const prototype of numbers) {
    const own = prototype.equals;
    prototype.equals = function equals(this: Foreign, other: Foreign): boolean {
      return other !== null && other !== undefined && own.call(this, other);
    };
  }
}
