import type { KqlType } from '../schema';
import { castTo } from '../functions/coerce';
import type { Expression } from './expression';
import { constantOf } from './literal';

const numeric = new Set<KqlType>(['int', 'long', 'real', 'decimal']);
export const isNumeric = (type: KqlType): boolean => numeric.has(type);
export const isWhole = (type: KqlType): boolean => type === 'int' || type === 'long';

/** Conversions that KQL makes by itself: widening of numbers, unpacking a dynamic, boxing into one. */
export function converted(expression: Expression, to: KqlType): Expression {
  const { type, constant } = expression;
  if (type === to) return expression;
  if (constant?.value === null) return constantOf(null, to);
  if (isWhole(type) && isWhole(to)) return { ...expression, type: to };
  if (constant && isNumeric(type) && to === 'real') return constantOf(Number(constant.value), 'real');
  return { sql: castTo(expression, to), type: to };
}
