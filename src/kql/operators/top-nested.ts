import type { SyntaxNode } from '../bind/syntax-node';
import { aggregating } from '../translate/aggregate-calls';
import type { Expression } from '../translate/expression';
import { unnamed } from '../translate/outputs';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { boundColumns, wholeConstant, type OperatorContext, type OperatorRow } from './operator-row';

interface Level {
  readonly key: Expression;
  readonly value: Expression;
  readonly direction: string;
  readonly limit: bigint | undefined;
  readonly keyName: string;
  readonly valueName: string;
}

function levelOf(clause: SyntaxNode, context: OperatorContext): Level {
  const { translation, environment, scope } = context;
  if (clause.part('WithOthersClause'))
    return translation.refuse(
      'construct-unsupported',
      { what: 'top-nested with others is not supported by this engine.' },
      { node: clause, environment },
    );
  const by = clause.need('ByExpression');
  const ordered = by.kind === 'OrderedExpression';
  const ascending = ordered && by.part('Ordering')?.part('AscOrDescKeyword')?.text === 'asc';
  const limit = clause.part('Expression');
  return {
    key: translation.scalar(unnamed(clause.need('OfExpression')), scope),
    value: translation.scalar(unnamed(ordered ? by.need('Expression') : by), aggregating(scope)),
    direction: ascending ? 'ASC NULLS FIRST' : 'DESC NULLS LAST',
    limit: limit && wholeConstant(limit, 'The number of values of top-nested', context),
    keyName: translation.fresh('k'),
    valueName: translation.fresh('v'),
  };
}

/** One level: the best values of its key within each value of the level above. */
function ranked(
  level: Level,
  above: { rows: string; names: readonly string[]; levels: readonly Level[] },
  context: OperatorContext,
): string {
  const { translation, input } = context;
  const outer = above.levels.map((upper) => `${upper.key.sql} AS ${upper.keyName}`);
  const groups = [...outer, `${level.key.sql} AS ${level.keyName}`];
  const positions = groups.map((_, index) => index + 1).join(', ');
  const grouped = translation.step(
    `SELECT ${groups.join(', ')}, ${level.value.sql} AS ${level.valueName} FROM ${input.from} GROUP BY ${positions}`,
    [],
  );
  const on = above.levels.map((upper) => `_a.${upper.keyName} IS NOT DISTINCT FROM _b.${upper.keyName}`).join(' AND ');
  const joined = above.levels.length === 0 ? `${grouped.from} AS _b` : `${above.rows} AS _a JOIN ${grouped.from} AS _b ON ${on}`;
  const list = [...above.names.map((name) => `_a.${name}`), `_b.${level.keyName}`, `_b.${level.valueName}`].join(', ');
  const partition = above.levels.length === 0 ? '' : `PARTITION BY ${above.levels.map((upper) => `_b.${upper.keyName}`).join(', ')} `;
  const cut =
    level.limit === undefined
      ? ''
      : ` QUALIFY row_number() OVER (${partition}ORDER BY _b.${level.valueName} ${level.direction}) <= ${level.limit}`;
  return translation.step(`SELECT ${list} FROM ${joined}${cut}`, []).from;
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const levels = node.list('Clauses').map((clause) => levelOf(clause, context));
  let rows = '';
  let names: string[] = [];
  levels.forEach((level, index) => {
    rows = ranked(level, { rows, names, levels: levels.slice(0, index) }, context);
    names = [...names, level.keyName, level.valueName];
  });
  const bound = boundColumns(node);
  const values = levels.flatMap((level) => [
    { type: level.key.type, expression: level.keyName },
    { type: level.value.type, expression: level.valueName },
  ]);
  const columns: NewColumn[] = values.map((value, index) => ({ ...value, name: bound[index]?.name ?? `Column${index + 1}` }));
  const order = levels.map((level) => `${level.valueName} ${level.direction}`).join(', ');
  return context.translation.select(columns, rows, { tail: `ORDER BY ${order}` });
}

/** T | top-nested n of a by agg, top-nested m of b by agg (R-37) */
export const topNested: OperatorRow = {
  name: 'top-nested',
  rule: 'R-37',
  support: { state: 'limited', limit: 'with others is refused' },
  emit,
};
