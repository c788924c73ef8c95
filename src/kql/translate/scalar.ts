import { literalValue } from '../bind/literals';
import type { SyntaxNode } from '../bind/syntax-node';
import type { KqlType } from '../schema';
import { arithmetic, type ArithmeticOperator } from './binary/arithmetic';
import { comparison, type ComparisonOperator, type Mode } from './binary/comparison';
import { textMatch } from './binary/text-match';
import { callExpression } from './calls';
import { callContext, settledValue } from './call-context';
import { converted } from './conversion';
import { dynamicLiteral } from './dynamic-literal';
import type { Expression } from './expression';
import { constantOf } from './literal';
import { nameReference, sideColumn } from './names';
import { elementExpression, pathExpression } from './paths';
import { anyOrAll, between, inList, tableWithin } from './sets';
import type { Scope } from './translation';

const arithmeticKinds: Readonly<Record<string, ArithmeticOperator>> = {
  AddExpression: '+',
  SubtractExpression: '-',
  MultiplyExpression: '*',
  DivideExpression: '/',
  ModuloExpression: '%',
};

const comparisonKinds: Readonly<Record<string, ComparisonOperator>> = {
  EqualExpression: '==',
  NotEqualExpression: '!=',
  LessThanExpression: '<',
  LessThanOrEqualExpression: '<=',
  GreaterThanExpression: '>',
  GreaterThanOrEqualExpression: '>=',
};

/** The scalar type the binder gives a node; dynamic where it does not know. */
export const boundScalar = (node: SyntaxNode): KqlType => (node.type?.kind === 'scalar' ? node.type.type : 'dynamic');

type Handler = (node: SyntaxNode, scope: Scope, mode: Mode) => Expression;

const inner: Handler = (node, scope, mode) => translated(node.need('Expression'), scope, mode);

const logic =
  (word: 'AND' | 'OR'): Handler =>
  (node, scope, mode) => {
    const sides = chain(node, node.kind).map((side) => translated(side, scope, mode));
    const values = sides.map((side) => converted(side, 'bool'));
    const deciding = word === 'OR';
    if (values.some((value) => value.constant?.value === deciding)) return constantOf(deciding, 'bool');
    const open = values.filter((value) => value.constant?.value !== !deciding);
    if (open.length === 0) return constantOf(!deciding, 'bool');
    return open.length === 1 ? (open[0] as Expression) : { sql: `(${open.map((value) => value.sql).join(` ${word} `)})`, type: 'bool' };
  };

/** a and b and c is parsed as nested pairs: written flat, so that a long chain does not nest in SQL. */
function chain(node: SyntaxNode, kind: string): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  let at = node;
  while (at.kind === kind) {
    parts.unshift(at.need('Right'));
    at = at.need('Left');
  }
  return [at, ...parts];
}

const negative: Handler = (node, scope) => {
  const operand = translated(node.need('Expression'), scope, 'value');
  const value = operand.constant?.value;
  if (typeof value === 'bigint') return constantOf(BigInt.asIntN(64, -value), operand.type);
  if (typeof value === 'number') return constantOf(-value, operand.type);
  if (typeof value === 'string' && operand.type === 'decimal')
    return constantOf(value.startsWith('-') ? value.slice(1) : `-${value}`, 'decimal');
  // The least long is its own negative, where SQL's minus fails (R-12).
  if (operand.type === 'long') return arithmetic('-', [constantOf(0n, 'long'), operand], 'long') ?? operand;
  const number = operand.type === 'dynamic' ? converted(operand, 'real') : operand;
  return { sql: `(-${number.sql})`, type: number.type };
};

function stringLiteral(node: SyntaxNode): Expression {
  return constantOf(node.raw, 'string');
}

const toScalar: Handler = (node, scope) => {
  const { translation, environment } = scope;
  const body = node.need('Expression');
  if (body.type?.kind !== 'table') return translated(body, scope, 'value');
  const relation = tableWithin(body, scope);
  const [column] = relation.columns;
  if (!column)
    return translation.refuse('semantic-type', { what: 'toscalar() needs a table with at least one column.' }, { node, environment });
  return settledValue({ sql: column.sql, type: column.type, from: `(SELECT ${column.sql} FROM ${relation.from} LIMIT 1)` }, scope);
};

const handlers: Readonly<Record<string, Handler>> = {
  NameReference: nameReference,
  FunctionCallExpression: callExpression,
  ParenthesizedExpression: inner,
  SimpleNamedExpression: inner,
  CompoundNamedExpression: inner,
  OrderedExpression: inner,
  AndExpression: logic('AND'),
  OrExpression: logic('OR'),
  UnaryMinusExpression: negative,
  UnaryPlusExpression: inner,
  InExpression: inList,
  NotInExpression: inList,
  InCsExpression: inList,
  NotInCsExpression: inList,
  HasAnyExpression: anyOrAll,
  HasAllExpression: anyOrAll,
  BetweenExpression: between,
  NotBetweenExpression: between,
  PathExpression: (node, scope) => scope.resolve?.(node) ?? sideColumn(node, scope) ?? pathExpression(node, scope),
  ElementExpression: elementExpression,
  DynamicExpression: (node, scope) => dynamicLiteral(node, scope.translation.nowTicks),
  StringLiteralExpression: stringLiteral,
  CompoundStringLiteralExpression: stringLiteral,
  TypeOfLiteralExpression: (node) => constantOf(node.text.replace(/^typeof\s*\(|\)$/g, '').trim(), 'string'),
  ToScalarExpression: toScalar,
  NullLiteralExpression: () => constantOf(null, 'dynamic'),
  MaterializeExpression: inner,
};

/** A time beyond the year 9999 is null. Events of tables are far from there, and conditions on them are left as plain as they are. */
function withinTime(value: Expression | undefined, { translation }: Scope): Expression | undefined {
  if (value?.type !== 'datetime' || value.constant || translation.tables.size > 0) return value;
  return { ...value, sql: `(kql_clip(${value.sql}))` };
}

function binary(node: SyntaxNode, scope: Scope, mode: Mode): Expression | undefined {
  const left = node.part('Left');
  const right = node.part('Right');
  if (!left || !right || right.kind === 'ExpressionList') return undefined;
  if (left.kind === 'StarExpression') return anyColumn(node, scope, mode);
  const operands = [translated(left, scope, 'value'), translated(right, scope, 'value')] as const;
  const compare = comparisonKinds[node.kind];
  if (compare) return comparison(compare, operands, mode);
  const operator = arithmeticKinds[node.kind];
  if (operator) return withinTime(arithmetic(operator, operands, boundScalar(node)), scope);
  return textMatch(node.kind, ...operands);
}

/** `* has "x"`: whether any column that can be compared so holds. */
function anyColumn(node: SyntaxNode, scope: Scope, mode: Mode): Expression | undefined {
  const needle = translated(node.need('Right'), scope, 'value');
  const tests = (scope.row?.columns ?? [])
    .filter((column) => comparisonKinds[node.kind] === undefined || column.type === needle.type || column.type === 'dynamic')
    .map((column) => {
      const value: Expression = { sql: column.sql, type: column.type };
      const compare = comparisonKinds[node.kind];
      return compare ? comparison(compare, [value, needle], mode) : textMatch(node.kind, value, needle);
    });
  return { sql: `(${tests.map((test) => test?.sql ?? 'false').join(' OR ') || 'false'})`, type: 'bool' };
}

function translated(node: SyntaxNode, scope: Scope, mode: Mode): Expression {
  // The text of a long expression is not free: only that of a literal is asked for.
  const literal = node.kind.endsWith('LiteralExpression') ? literalValue(node.kind, node.raw, scope.translation.nowTicks) : undefined;
  if (literal !== undefined) return constantOf(literal, boundScalar(node));
  const found = handlers[node.kind]?.(node, scope, mode) ?? binary(node, scope, mode);
  if (found) return found;
  const what = `${node.text.slice(0, 60)}: this engine does not know this kind of expression (${node.kind}).`;
  return scope.translation.refuse('construct-unsupported', { what }, { node, environment: scope.environment });
}

/** Translates a scalar expression. Refuses with a diagnostic what it does not know. */
export const scalar = (node: SyntaxNode, scope: Scope): Expression => translated(node, scope, 'value');

/** Translates a condition of which only the true rows matter. */
export function condition(node: SyntaxNode, scope: Scope): string {
  return converted(translated(node, scope, 'truth'), 'bool').sql;
}

/** The context for implicit calls at a node. */
export const contextAt = (node: SyntaxNode, scope: Scope): ReturnType<typeof callContext> => callContext(node, boundScalar(node), scope);
