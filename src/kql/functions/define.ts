import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import type { FunctionRow, Support } from './function-row';
import { castTo } from './coerce';

export type Emit = FunctionRow['emit'];
type Returns = NonNullable<FunctionRow['returns']>;

export const exact: Support = { state: 'exact' };
export const limited = (limit: string): Support => ({ state: 'limited', limit });

/** A row that is exact; `more` adds a result type or a limit. */
export function row(
  ...[name, rule, emit, more]: readonly [name: string, rule: string, emit: Emit, more?: Partial<FunctionRow>]
): FunctionRow {
  return { name, rule, support: exact, emit, ...more };
}

/** The same function under its other spellings. */
export function aliases(original: FunctionRow, ...names: readonly string[]): readonly FunctionRow[] {
  return [original, ...names.map((name) => ({ ...original, name }))];
}

/** A function that is refused by name, with the reason that the analyst reads. */
export function refused(...[name, rule, reason, hint]: readonly [name: string, rule: string, reason: string, hint?: string]): FunctionRow {
  return {
    name,
    rule,
    support: { state: 'refused', reason, ...(hint === undefined ? {} : { hint }) },
    emit: (_args, context) => context.refuse(`${name}() is not supported: ${reason}`, hint),
  };
}

export const gives =
  (type: KqlType): Returns =>
  () =>
    type;

/** What an argument is turned into before a macro or runtime function sees it; 'any' leaves it as it is. */
export type Wanted = KqlType | 'any';

const coerced = (args: readonly Expression[], wanted: readonly Wanted[]): readonly string[] =>
  args.map((arg, index) => {
    const type = wanted[Math.min(index, wanted.length - 1)] ?? 'any';
    return type === 'any' ? arg.sql : castTo(arg, type);
  });

/** Emits a call of a DuckDB function that writes its arguments once. */
export function call(name: string, ...wanted: readonly Wanted[]): Emit {
  return (args) => `${name}(${coerced(args, wanted).join(', ')})`;
}

/** Emits a macro that repeats its arguments: each is evaluated once. */
export function macro(name: string, ...wanted: readonly Wanted[]): Emit {
  return (args, context) => context.onceAll(coerced(args, wanted), (names) => `(${name}(${names.join(', ')}))`);
}

/** A call whose result is JSON text and becomes dynamic. */
export function dynamicCall(name: string, ...wanted: readonly Wanted[]): Emit {
  return (args) => `CAST(${name}(${coerced(args, wanted).join(', ')}) AS JSON)`;
}

/** A call of a runtime function that takes any number of dynamic values as one JSON array. */
export function packedCall(name: string): Emit {
  return (args) => `CAST(${name}(${packed(args)}) AS JSON)`;
}

/** One JSON array, as text, of the dynamic values of all arguments. */
export function packed(args: readonly Expression[]): string {
  return `CAST(json_array(${args.map((arg) => castTo(arg, 'dynamic')).join(', ')}) AS VARCHAR)`;
}

/** The argument at a position; the binder has checked that it is there. */
export function at(args: readonly Expression[], index: number): Expression {
  const arg = args[index];
  if (arg === undefined) throw new Error(`Argument ${index} of a bound call is missing.`);
  return arg;
}

/** The constant text of an argument that SQL needs as a constant; asks for it, and refuses the call where no constant can come of it. */
export function settledText(args: readonly Expression[], index: number, context: EmitContext): string {
  const settled = context.settle(at(args, index));
  const value = settled.constant?.value;
  if (typeof value !== 'string')
    return context.refuse('This argument must be a constant string here.', 'Put the text into the query or into a let statement.');
  return value;
}
