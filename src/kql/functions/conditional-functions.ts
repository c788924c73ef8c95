import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { constantOf } from '../translate/literal';
import { castTo } from './coerce';
import { aliases, at, gives, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

/** A condition; null counts as false. */
const condition = (arg: Expression): string => castTo(arg, 'bool');

const iff: Emit = (args, context) => {
  const [test, yes, no] = [at(args, 0), at(args, 1), at(args, 2)];
  const known = test.constant?.value;
  if (typeof known === 'boolean' && (known ? yes : no).type === context.bound) return known ? yes : no;
  return `(CASE WHEN ${condition(test)} THEN ${castTo(yes, context.bound)} ELSE ${castTo(no, context.bound)} END)`;
};

const caseOf: Emit = (args, context) => {
  const branches: string[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    branches.push(`WHEN ${condition(at(args, index))} THEN ${castTo(at(args, index + 1), context.bound)}`);
  }
  return `(CASE ${branches.join(' ')} ELSE ${castTo(at(args, args.length - 1), context.bound)} END)`;
};

/** The first value that is not null; of texts the first that is not empty. */
const coalesce: Emit = (args, context) => {
  const values = args.map((arg) => castTo(arg, context.bound));
  if (context.bound !== 'string') return `coalesce(${values.join(', ')})`;
  return `coalesce(${values.map((value) => `nullif(${value}, '')`).join(', ')}, '')`;
};

const common = (args: readonly Expression[], bound: KqlType): KqlType =>
  args.length > 0 && args.every((arg) => arg.type === args[0]?.type) ? at(args, 0).type : bound;

const extreme =
  (name: 'greatest' | 'least'): Emit =>
  (args, context) =>
    `${name}(${args.map((arg) => castTo(arg, context.bound)).join(', ')})`;

const not: Emit = (args) => {
  const known = at(args, 0).constant?.value;
  return typeof known === 'boolean' ? constantOf(!known, 'bool') : `(NOT ${castTo(at(args, 0), 'bool')})`;
};

/** Choices: the type is the one the binder gives, and each branch is brought to it. */
export const conditionalFunctions: readonly FunctionRow[] = [
  ...aliases(row('iff', 'R-40', iff), 'iif'),
  row('case', 'R-40', caseOf),
  row('coalesce', 'R-40', coalesce),
  row('max_of', 'R-40', extreme('greatest'), { returns: common }),
  row('min_of', 'R-40', extreme('least'), { returns: common }),
  row('not', 'R-40', not, { returns: gives('bool') }),
];
