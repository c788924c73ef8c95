import { textOf } from '../../functions/coerce';
import type { ConstantValue, Expression } from '../expression';
import { converted, isNumeric, isWhole } from '../conversion';
import { constantOf, lowered, sqlString } from '../literal';
import { aligned } from './comparison';

export interface Membership {
  readonly left: Expression;
  /** The elements, dynamic list literals already opened. */
  readonly elements: readonly Expression[];
  readonly caseSensitive: boolean;
  readonly negated: boolean;
}

/** Opens list literals: `in (dynamic(["a","b"]))` and `in ("a","b")` are the same. */
export function opened(elements: readonly Expression[]): Expression[] {
  return elements.flatMap((element) => (element.list ? element.list.map(({ value, type }) => constantOf(value, type)) : [element]));
}

/** Membership in a dynamic array that is only known row by row: a value that is no array is itself the one element. */
function inArray(left: Expression, array: Expression, caseSensitive: boolean): string {
  const texts = `json_extract_string(${array.sql}, '$[*]')`;
  if (left.type === 'string') {
    const needle = caseSensitive ? left.sql : `lower(${left.sql})`;
    return `coalesce(list_contains(${caseSensitive ? texts : `list_transform(${texts}, lambda _e: lower(_e))`}, ${needle}), false)`;
  }
  if (isNumeric(left.type)) {
    return `coalesce(list_contains(list_transform(${texts}, lambda _e: TRY_CAST(_e AS DOUBLE)), CAST(${left.sql} AS DOUBLE)), false)`;
  }
  return `coalesce(list_contains(${texts}, ${textOf(left)}), false)`;
}

function constantsIn(left: Expression, values: readonly Expression[], caseSensitive: boolean): string {
  if (left.type === 'string' && !caseSensitive) {
    return `(lower(${left.sql}) IN (${values.map((value) => sqlString(lowered(String(value.constant?.value ?? '')))).join(', ')}))`;
  }
  return `(${left.sql} IN (${values.map((value) => value.sql).join(', ')}))`;
}

/** A constant in the type of the left side; undefined when it can equal none of its values. */
function comparable(left: Expression, element: Expression): Expression | undefined {
  const value: ConstantValue | undefined = element.constant?.value;
  if (value === null && left.type !== 'string') return undefined;
  if (isWhole(left.type) && typeof value === 'number') return Number.isInteger(value) ? constantOf(BigInt(value), 'long') : undefined;
  if (left.type === 'string' && element.type === 'dynamic') return undefined;
  return converted(element, left.type);
}

/** A dynamic left side takes the type of what it is compared with. */
function leftSide({ left, elements }: Membership): Expression {
  if (left.type !== 'dynamic') return left;
  const type = elements.find((element) => element.type !== 'dynamic')?.type ?? 'string';
  return converted(left, isWhole(type) ? 'real' : type);
}

/** x in (...), in~, !in and !in~ over values (R-21). */
export function membership(request: Membership): Expression {
  const left = leftSide(request);
  const { caseSensitive, negated } = request;
  const constants = request.elements.flatMap((element) => (element.constant ? (comparable(left, element) ?? []) : []));
  const parts = request.elements
    .filter((element) => !element.constant)
    .map((element) => (element.type === 'dynamic' ? inArray(left, element, caseSensitive) : oneOf(left, element, caseSensitive)));
  if (constants.length > 0) parts.unshift(constantsIn(left, constants, caseSensitive));
  const any = parts.length === 0 ? 'false' : parts.length === 1 ? (parts[0] as string) : `(${parts.join(' OR ')})`;
  const sure = left.type === 'string' || parts.length === 0 ? any : `coalesce(${any}, false)`;
  return { sql: negated ? `(NOT ${sure})` : sure, type: 'bool' };
}

function oneOf(left: Expression, element: Expression, caseSensitive: boolean): string {
  const [a, b] = aligned([left, element]);
  return a.type === 'string' && !caseSensitive ? `(lower(${a.sql}) = lower(${b.sql}))` : `(${a.sql} = ${b.sql})`;
}
