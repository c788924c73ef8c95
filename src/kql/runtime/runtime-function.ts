/** The DuckDB types that cross between SQL and a runtime function. A BIGINT is a bigint, a JSON is its text. */
export type RuntimeType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN';

export type RuntimeValue = string | bigint | number | boolean | null;

/**
 * A pure JavaScript function the engine registers as a scalar function. SQL NULL arrives as null and null leaves as SQL NULL;
 * `call` never throws on any input of its types and never keeps state.
 */
export interface RuntimeFunction {
  readonly name: string;
  readonly parameters: readonly RuntimeType[];
  readonly returns: RuntimeType;
  readonly call: (...args: never[]) => RuntimeValue;
}

interface JsTypes {
  VARCHAR: string;
  BIGINT: bigint;
  DOUBLE: number;
  BOOLEAN: boolean;
}
type Args<P extends readonly RuntimeType[]> = { [I in keyof P]: JsTypes[P[I]] };
type NullableArgs<P extends readonly RuntimeType[]> = { [I in keyof P]: JsTypes[P[I]] | null };

/** The types of a runtime function: what it takes and what it gives. */
export interface Shape<P extends readonly RuntimeType[], R extends RuntimeType> {
  readonly takes: P;
  readonly gives: R;
}

/** A runtime function that answers null as soon as one argument is null. */
export function strict<const P extends readonly RuntimeType[], R extends RuntimeType>(
  name: string,
  shape: Shape<P, R>,
  call: (...args: Args<P>) => JsTypes[R] | null,
): RuntimeFunction {
  const guarded = (...args: NullableArgs<P>): JsTypes[R] | null => (args.includes(null) ? null : call(...(args as unknown as Args<P>)));
  return { name, parameters: shape.takes, returns: shape.gives, call: guarded as RuntimeFunction['call'] };
}

/** A runtime function that sees nulls and decides about them. */
export function lenient<const P extends readonly RuntimeType[], R extends RuntimeType>(
  name: string,
  shape: Shape<P, R>,
  call: (...args: NullableArgs<P>) => JsTypes[R] | null,
): RuntimeFunction {
  return { name, parameters: shape.takes, returns: shape.gives, call: call as RuntimeFunction['call'] };
}
