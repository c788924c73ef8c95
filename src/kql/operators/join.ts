import type { SyntaxNode } from '../bind/syntax-node';
import type { KqlType } from '../schema';
import { converted, isNumeric } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import { columnExpression, columnOf } from '../translate/names';
import { qualified, type Relation, type RelationColumn } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { boundColumns, exact, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';

type JoinKind = 'innerunique' | 'inner' | 'leftouter' | 'rightouter' | 'fullouter' | 'leftsemi' | 'rightsemi' | 'leftanti' | 'rightanti';

const kinds: Readonly<Record<string, JoinKind>> = {
  innerunique: 'innerunique',
  inner: 'inner',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftsemi: 'leftsemi',
  rightsemi: 'rightsemi',
  leftanti: 'leftanti',
  leftantisemi: 'leftanti',
  anti: 'leftanti',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
};

interface Sides {
  readonly left: Relation;
  readonly right: Relation;
}

interface KeyPair {
  readonly left: Expression;
  readonly right: Expression;
}

function aliasedSides(left: Relation, right: Relation): Sides {
  return { left: { ...left, columns: qualified(left.columns, '_l') }, right: { ...right, columns: qualified(right.columns, '_r') } };
}

/** Which side a condition's operand names; a bare name stands for the side that has it. */
function operand(node: SyntaxNode, sides: Sides, context: OperatorContext): { side: 'left' | 'right'; value: Expression } {
  const owner = node.part('Expression')?.name;
  if (node.kind === 'PathExpression' && (owner === '$left' || owner === '$right')) {
    const side = owner === '$left' ? 'left' : 'right';
    const column = columnOf(sides[side], node.need('Selector').name);
    if (column) return { side, value: columnExpression(column) };
  }
  const left = columnOf(sides.left, node.name);
  if (left) return { side: 'left', value: columnExpression(left) };
  const right = columnOf(sides.right, node.name);
  if (right) return { side: 'right', value: columnExpression(right) };
  return context.translation.refuse('name-unresolved', { name: node.text }, { node, environment: context.environment });
}

const oneSided = 'A join condition compares a column of $left with one of $right.';

function keyPair(node: SyntaxNode, sides: Sides, context: OperatorContext): KeyPair[] {
  if (node.kind === 'ParenthesizedExpression') return keyPair(node.need('Expression'), sides, context);
  if (node.kind === 'AndExpression') return [...keyPair(node.need('Left'), sides, context), ...keyPair(node.need('Right'), sides, context)];
  if (node.kind === 'EqualExpression') {
    const first = operand(node.need('Left'), sides, context);
    const second = operand(node.need('Right'), sides, context);
    if (first.side === second.side)
      return context.translation.refuse('construct-unsupported', { what: oneSided }, { node, environment: context.environment });
    return [first.side === 'left' ? { left: first.value, right: second.value } : { left: second.value, right: first.value }];
  }
  const left = columnOf(sides.left, node.name);
  const right = columnOf(sides.right, node.name);
  if (node.kind === 'NameReference' && left && right) return [{ left: columnExpression(left), right: columnExpression(right) }];
  const what = `join on '${node.text.slice(0, 60)}': only equality of columns is possible.`;
  return context.translation.refuse('construct-unsupported', { what }, { node, environment: context.environment });
}

const commonKey = (left: KqlType, right: KqlType): KqlType =>
  left === right ? left : isNumeric(left) && isNumeric(right) ? (left === 'real' || right === 'real' ? 'real' : 'long') : 'string';

/** Null keys match each other, except that a string is never null. */
function equalKeys({ left, right }: KeyPair): string {
  const type = commonKey(left.type, right.type);
  if (left.type === 'dynamic' || right.type === 'dynamic') return `${converted(left, 'string').sql} = ${converted(right, 'string').sql}`;
  const pair = [converted(left, type).sql, converted(right, type).sql] as const;
  return type === 'string' ? pair.join(' = ') : pair.join(' IS NOT DISTINCT FROM ');
}

const filled = (column: RelationColumn, outer: boolean): string =>
  outer && column.type === 'string' ? `coalesce(${column.sql}, '')` : column.sql;

/** The left side with one row a key, which the default kind asks for. */
function uniqueLeft(left: Relation, pairs: readonly KeyPair[], context: OperatorContext): Relation {
  const keys = pairs.map((pair) => pair.left.sql.replace(/^_l\./, ''));
  return context.translation.step(`SELECT DISTINCT ON (${keys.join(', ')}) * FROM ${left.from}`, left.columns);
}

const sqlJoins: Readonly<Record<Exclude<JoinKind, 'leftsemi' | 'rightsemi' | 'leftanti' | 'rightanti'>, string>> = {
  innerunique: 'JOIN',
  inner: 'JOIN',
  leftouter: 'LEFT JOIN',
  rightouter: 'RIGHT JOIN',
  fullouter: 'FULL JOIN',
};

/** Semi and anti joins: rows of one side, each at most once; nothing is made distinct for them. */
function filtering(kind: JoinKind, sides: Sides, on: string): { sql: string; kept: Relation } {
  const word = kind.endsWith('semi') ? 'SEMI' : 'ANTI';
  const [kept, other] = kind.startsWith('left')
    ? [`${sides.left.from} AS _l`, `${sides.right.from} AS _r`]
    : [`${sides.right.from} AS _r`, `${sides.left.from} AS _l`];
  return { sql: `SELECT * FROM ${kept} ${word} JOIN ${other} ON ${on}`, kept: kind.startsWith('left') ? sides.left : sides.right };
}

const isFiltering = (kind: JoinKind): kind is 'leftsemi' | 'rightsemi' | 'leftanti' | 'rightanti' => /semi|anti/.test(kind);

interface Joining {
  readonly kind: JoinKind;
  readonly right: Relation;
  readonly conditions: readonly SyntaxNode[];
  /** lookup leaves out the right side's keys. */
  readonly dropRightKeys: boolean;
}

function joined(node: SyntaxNode, joining: Joining, context: OperatorContext): Relation {
  const { translation, input } = context;
  const pairs = joining.conditions.flatMap((condition) => keyPair(condition, aliasedSides(input, joining.right), context));
  const on = pairs.map(equalKeys).join(' AND ') || 'true';
  if (isFiltering(joining.kind)) {
    const { sql, kept } = filtering(joining.kind, { left: input, right: joining.right }, on);
    return translation.step(sql, kept.columns, { partition: joining.kind.startsWith('left') ? input.partition : undefined });
  }
  const left = joining.kind === 'innerunique' ? uniqueLeft(input, pairs, context) : input;
  const sides = aliasedSides(left, joining.right);
  const outer = { left: /right|full/.test(joining.kind), right: /left|full/.test(joining.kind) };
  const dropped = new Set(joining.dropRightKeys ? pairs.map((pair) => pair.right.sql) : []);
  const values = [
    ...sides.left.columns.map((column) => ({ type: column.type, expression: filled(column, outer.left), name: column.name })),
    ...sides.right.columns
      .filter((column) => !dropped.has(column.sql))
      .map((column) => ({ type: column.type, expression: filled(column, outer.right), name: column.name })),
  ];
  const bound = boundColumns(node);
  const columns: NewColumn[] = values.map((value, index) => ({ ...value, name: bound[index]?.name ?? value.name }));
  return translation.select(columns, {
    from: `${left.from} AS _l ${sqlJoins[joining.kind]} ${joining.right.from} AS _r ON ${on}`,
    partition: input.partition,
  });
}

function kindOf(node: SyntaxNode, otherwise: JoinKind, context: OperatorContext): JoinKind {
  const option = optionsOf(node).get('kind');
  const kind = option ? kinds[option.text.toLowerCase()] : otherwise;
  return (
    kind ??
    context.translation.refuse(
      'construct-unsupported',
      { what: `join kind '${option?.text}' is unknown.` },
      { node, environment: context.environment },
    )
  );
}

const conditionsOf = (clause: SyntaxNode | undefined): readonly SyntaxNode[] => clause?.list('Expressions') ?? [];

/** T | join kind=... (R) on .... Columns of the left side, then of the right; equal names get a number (the binder's). */
export const join: OperatorRow = {
  name: 'join',
  rule: 'R-26',
  support: exact,
  emit: (node, context) => {
    const right = context.translation.tabular(node.need('Expression'), context.environment);
    return joined(
      node,
      { kind: kindOf(node, 'innerunique', context), right, conditions: conditionsOf(node.part('ConditionClause')), dropRightKeys: false },
      context,
    );
  },
};

/** T | lookup kind=leftouter|inner (R) on ... : a join without the right side's keys. */
export const lookup: OperatorRow = {
  name: 'lookup',
  rule: 'R-28',
  support: exact,
  emit: (node, context) => {
    const right = context.translation.tabular(node.need('Expression'), context.environment);
    return joined(
      node,
      { kind: kindOf(node, 'leftouter', context), right, conditions: conditionsOf(node.part('LookupClause')), dropRightKeys: true },
      context,
    );
  },
};
