import type { SyntaxNode } from '../bind/syntax-node';
import { aggregating } from '../translate/aggregate-calls';
import { converted } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import { constantOf } from '../translate/literal';
import { unnamed } from '../translate/outputs';
import type { Relation } from '../translate/relation';
import type { NewColumn } from '../translate/translation';
import { boundColumns, exact, wholeConstant, type OperatorContext, type OperatorRow } from './operator-row';

interface Level {
  readonly key: Expression;
  readonly value: Expression;
  readonly direction: string;
  readonly limit: bigint | undefined;
  /** What `with others` calls the rows that are in none of the best values. */
  readonly others: Expression | undefined;
  readonly keyName: string;
  readonly valueName: string;
}

function levelOf(clause: SyntaxNode, context: OperatorContext): Level {
  const { translation, environment, scope } = context;
  const by = clause.need('ByExpression');
  const ordered = by.kind === 'OrderedExpression';
  const ascending = ordered && by.part('Ordering')?.part('AscOrDescKeyword')?.text === 'asc';
  const limit = clause.part('Expression');
  const key = translation.scalar(unnamed(clause.need('OfExpression')), scope);
  const others = clause.part('WithOthersClause')?.need('Expression');
  return {
    key,
    others: others && converted(translation.scalar(others, { translation, environment }), key.type),
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

const sameKeys = (levels: readonly Level[], one: string, other: string): string =>
  levels.map(({ keyName }) => `${one}.${keyName} IS NOT DISTINCT FROM ${other}.${keyName}`).join(' AND ');

/** The rows below chosen values that are in none of the best values of one level: a row of their own for each value above. */
function rest(at: number, parts: { levels: readonly Level[]; chosen: readonly string[]; keyed: string }, context: OperatorContext): string {
  const { levels, chosen, keyed } = parts;
  const above = levels.slice(0, at);
  const below = levels.slice(at);
  const left = context.translation.step(
    `SELECT * FROM ${keyed} AS _m ANTI JOIN ${chosen[at]} AS _c ON ${sameKeys(levels.slice(0, at + 1), '_m', '_c')}`,
    [],
  );
  const values = below.map((level) => `${level.others ? level.value.sql : constantOf(null, level.value.type).sql} AS ${level.valueName}`);
  const groups = above.map((level) => level.keyName);
  const summed = context.translation.step(
    `SELECT ${[...groups, ...values].join(', ')} FROM ${left.from}${groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : ' HAVING count(*) > 0'}`,
    [],
  );
  const list = [
    ...above.flatMap(({ keyName, valueName }) => [`_a.${keyName}`, `_a.${valueName}`]),
    ...below.flatMap(({ others, key, keyName, valueName }) => [
      `${(others ?? constantOf(null, key.type)).sql} AS ${keyName}`,
      `_s.${valueName}`,
    ]),
  ];
  const from = at === 0 ? `${summed.from} AS _s` : `${chosen[at - 1]} AS _a JOIN ${summed.from} AS _s ON ${sameKeys(above, '_a', '_s')}`;
  return `SELECT ${list.join(', ')} FROM ${from}`;
}

/** The paths of best values, and after them what `with others` adds at its own level and at those above. */
function withOthers(levels: readonly Level[], chosen: readonly string[], context: OperatorContext): string {
  const lowest = levels.findLastIndex((level) => level.others);
  const best = chosen.at(-1) ?? '';
  if (lowest < 0) return best;
  const keys = levels.map((level) => `${level.key.sql} AS ${level.keyName}`);
  const keyed = context.translation.step(`SELECT *, ${keys.join(', ')} FROM ${context.input.from}`, []).from;
  const arms = levels.slice(0, lowest + 1).map((_, at) => rest(at, { levels, chosen, keyed }, context));
  return context.translation.step([`SELECT * FROM ${best}`, ...arms].join('\nUNION ALL\n'), []).from;
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const levels = node.list('Clauses').map((clause) => levelOf(clause, context));
  let rows = '';
  let names: string[] = [];
  const chosen = levels.map((level, index) => {
    rows = ranked(level, { rows, names, levels: levels.slice(0, index) }, context);
    names = [...names, level.keyName, level.valueName];
    return rows;
  });
  rows = withOthers(levels, chosen, context);
  const bound = boundColumns(node);
  const values = levels.flatMap((level) => [
    { type: level.key.type, expression: level.keyName },
    { type: level.value.type, expression: level.valueName },
  ]);
  const columns: NewColumn[] = values.map((value, index) => ({ ...value, name: bound[index]?.name ?? `Column${index + 1}` }));
  const order = levels.map((level) => `${level.valueName} ${level.direction}`).join(', ');
  return context.translation.select(columns, rows, { tail: `ORDER BY ${order}` });
}

/** T | top-nested n of a with others = c by agg, top-nested m of b by agg (R-37) */
export const topNested: OperatorRow = { name: 'top-nested', rule: 'R-37', support: exact, emit };
