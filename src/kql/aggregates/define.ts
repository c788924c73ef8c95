import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { castTo } from '../functions/coerce';
import { exact } from '../functions/define';
import type { AggregateRow } from './aggregate-row';

export type EmitAggregate = AggregateRow['emit'];

/** A row that is exact; `more` adds a result type or a limit. */
export function aggregate(name: string, emit: EmitAggregate, more: Partial<AggregateRow> = {}): AggregateRow {
  return { name, rule: 'R-61', support: exact, emit, ...more };
}

/** The same aggregate under its other spellings. */
export function aliases(original: AggregateRow, ...names: readonly string[]): readonly AggregateRow[] {
  return [original, ...names.map((name) => ({ ...original, name }))];
}

/** An aggregate that is refused by name, with the reason that the analyst reads. */
export function refused(name: string, reason: string, hint?: string): AggregateRow {
  return {
    name,
    rule: 'R-61',
    support: { state: 'refused', reason, ...(hint === undefined ? {} : { hint }) },
    emit: (_args, context) => context.refuse(`${name}() is not supported: ${reason}`, hint),
  };
}

export const gives =
  (type: KqlType): NonNullable<AggregateRow['returns']> =>
  () =>
    type;

/** The part of an aggregate that only sees the rows for which a predicate is true; nothing without a predicate. */
export function where(...conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? '' : ` FILTER (WHERE ${given.join(' AND ')})`;
}

/** An aggregate over one value and its `if` form, whose predicate is the second argument. */
export function withIf(
  names: readonly [string, string],
  emit: (value: Expression, filter: string, bound: KqlType) => string,
  more: Partial<AggregateRow> = {},
): readonly AggregateRow[] {
  const [plain, conditional] = names;
  return [
    aggregate(plain, (args, context) => emit(args[0] as Expression, '', context.bound), more),
    aggregate(conditional, (args, context) => emit(args[0] as Expression, where(args[1] && castTo(args[1], 'bool')), context.bound), more),
  ];
}
