import type { SyntaxNode } from '../bind/syntax-node';
import { dynamicOf } from '../functions/coerce';
import { arithmetic } from '../translate/binary/arithmetic';
import { aggregating } from '../translate/aggregate-calls';
import { settledValue } from '../translate/call-context';
import { converted } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import { constantOf } from '../translate/literal';
import type { Relation } from '../translate/relation';
import { unnamed } from '../translate/outputs';
import { boundColumns, exact, optionsOf, type OperatorContext, type OperatorRow } from './operator-row';

const maxPoints = 1_048_576n;

interface Axis {
  readonly value: Expression;
  readonly start: Expression;
  readonly step: Expression;
  readonly points: bigint;
  /** Whether the query says where the series begin and end; otherwise each goes from its own first bin, to its own last. */
  readonly from: boolean;
  readonly to: boolean;
}

const number = (expression: Expression): number => Number(expression.constant?.value ?? Number.NaN);

function settled(node: SyntaxNode | undefined, context: OperatorContext): Expression | undefined {
  if (!node) return undefined;
  const { translation, environment, scope } = context;
  const value = translation.scalar(node, { translation, environment });
  return value.constant ? value : settledValue(value, scope);
}

/** A constant at the multiple of the step below it. */
function aligned(bound: Expression, step: Expression): Expression {
  const value = bound.constant?.value;
  const size = step.constant?.value;
  if (typeof value === 'bigint' && typeof size === 'bigint' && size > 0n)
    return constantOf(value - (((value % size) + size) % size), bound.type);
  return typeof value === 'number' ? constantOf(Math.floor(value / number(step)) * number(step), 'real') : bound;
}

/** A bound the query leaves out is the data's own, aligned to the step. */
function edge(which: 'min' | 'max', axis: Pick<Axis, 'value' | 'step'>, context: OperatorContext): Expression {
  const found = settledValue({ sql: `${which}(${axis.value.sql})`, type: axis.value.type, from: context.input.from }, context.scope);
  return aligned(found, axis.step);
}

function pointCount(start: Expression, end: Expression, step: Expression): bigint {
  const [a, b, c] = [start, end, step].map((bound) => bound.constant?.value);
  if (typeof a === 'bigint' && typeof b === 'bigint' && typeof c === 'bigint') return c <= 0n || b <= a ? 0n : (b - a + c - 1n) / c;
  const count = Math.ceil((number(end) - number(start)) / number(step) - 1e-9);
  return Number.isFinite(count) && count > 0 ? BigInt(count) : 0n;
}

function axisOf(node: SyntaxNode, context: OperatorContext): Axis {
  const range = node.need('RangeClause');
  const inRange = range.part('Arguments')?.list('Expressions');
  const bound = (clause: string): SyntaxNode | undefined =>
    inRange
      ? inRange[['MakeSeriesFromClause', 'MakeSeriesToClause', 'MakeSeriesStepClause'].indexOf(clause)]
      : range.part(clause)?.part('Expression');
  const given = context.translation.scalar(unnamed(node.need('OnClause').need('Expression')), context.scope);
  const step = settled(bound('MakeSeriesStepClause'), context);
  const from = settled(bound('MakeSeriesFromClause'), context);
  const to = settled(bound('MakeSeriesToClause'), context);
  if (!step)
    return context.translation.refuse(
      'construct-unsupported',
      { what: 'make-series without a step is not supported by this engine.' },
      { node, environment: context.environment },
    );
  const real = [given, step, ...(from ? [from] : []), ...(to ? [to] : [])].some((part) => part.type === 'real');
  const settle = (part: Expression): Expression => (real ? converted(part, 'real') : part);
  const value = settle(given);
  const width = settle(step);
  const next = (last: Expression): Expression => arithmetic('+', [aligned(last, width), width], value.type) ?? last;
  // `in range()` bins with bin(), not bin_at(), and its end belongs to it.
  const start = from ? (inRange ? aligned(settle(from), width) : settle(from)) : edge('min', { value, step: width }, context);
  const end = to ? (inRange ? next(settle(to)) : settle(to)) : next(edge('max', { value, step: width }, context));
  const points = pointCount(start, end, width);
  if (points > maxPoints)
    return context.translation.refuse(
      'construct-unsupported',
      { what: `make-series would give ${points} points; at most ${maxPoints} are possible.` },
      { node, environment: context.environment },
    );
  return { value, start, step: width, points, from: from !== undefined, to: to !== undefined };
}

/** The values of a series: the aggregate of each bin, the default where a bin has no rows. */
interface Series {
  readonly value: Expression;
  readonly fallback: Expression;
}

function seriesOf(item: SyntaxNode, context: OperatorContext): Series {
  const node = unnamed(item.need('Expression'));
  const value = context.translation.scalar(node, aggregating(context.scope));
  const stated = item.part('DefaultExpression')?.part('Expression');
  const fallback = stated
    ? context.translation.scalar(stated, context.scope)
    : constantOf(value.type === 'real' ? 0 : 0n, value.type === 'real' ? 'real' : 'long');
  return { value, fallback };
}

/** The keys of the series, and the first and last bin of each where the query leaves its bound out. */
function groupsOf(axis: Axis, { keyNames, binned, bins }: { keyNames: readonly string[]; binned: string; bins: string }): string {
  const ends = [...(axis.from ? [] : [`min(${binned}) AS _lo`]), ...(axis.to ? [] : [`max(${binned}) AS _hi`])];
  return `(SELECT ${[...keyNames, ...ends].join(', ')} FROM ${bins} GROUP BY ${keyNames.join(', ')})`;
}

const withinEnds = (axis: Axis, keyed: boolean): string =>
  [...(axis.from || !keyed ? [] : ['_i.i >= _k._lo']), ...(axis.to || !keyed ? [] : ['_i.i <= _k._hi'])].join(' AND ') || 'true';

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, input, scope } = context;
  const axis = axisOf(node, context);
  const keys = (node.part('ByClause')?.list('Expressions') ?? []).map((key) => translation.scalar(unnamed(key), scope));
  const series = node.list('Aggregates').map((item) => seriesOf(item, context));
  const bin =
    axis.value.type === 'real'
      ? `CAST(floor((${axis.value.sql} - ${axis.start.sql}) / ${axis.step.sql} + 1e-9) AS BIGINT)`
      : `(${axis.value.sql} - ${axis.start.sql}) // ${axis.step.sql}`;
  const binned = translation.fresh('b');
  const keyNames = keys.map(() => translation.fresh('k'));
  const valueNames = series.map(() => translation.fresh('v'));
  const selects = [
    ...keys.map((key, index) => `${key.sql} AS ${keyNames[index]}`),
    `${bin} AS ${binned}`,
    ...series.map(({ value }, index) => `${value.sql} AS ${valueNames[index]}`),
  ];
  const positions = [...keys.map((_, index) => index + 1), keys.length + 1].join(', ');
  const bins = translation.step(
    `SELECT ${selects.join(', ')} FROM ${input.from} WHERE ${axis.value.sql} >= ${axis.start.sql} AND ${bin} < ${axis.points} GROUP BY ${positions}`,
    [],
  );
  const nonEmpty = optionsOf(node).get('kind')?.text.toLowerCase() === 'nonempty';
  const single = nonEmpty ? '(SELECT 1)' : `(SELECT 1 WHERE EXISTS (SELECT 1 FROM ${bins.from}))`;
  const groups = keys.length > 0 ? groupsOf(axis, { keyNames, binned, bins: bins.from }) : single;
  const on = ['_b.' + binned + ' = _i.i', ...keyNames.map((name) => `_b.${name} IS NOT DISTINCT FROM _k.${name}`)].join(' AND ');
  const listed = (sql: string): string => `to_json(list(${sql} ORDER BY _i.i))`;
  const point: Expression = { sql: `(${axis.start.sql} + _i.i * ${axis.step.sql})`, type: axis.value.type };
  const values = [
    ...keys.map((key, index) => ({ type: key.type, expression: `_k.${keyNames[index]}` })),
    ...series.map(({ value, fallback }, index) => {
      const sql = `CASE WHEN _b.${binned} IS NULL THEN ${dynamicOf(fallback)} ELSE ${dynamicOf({ sql: `_b.${valueNames[index]}`, type: value.type })} END`;
      return { type: 'dynamic' as const, expression: listed(sql) };
    }),
    { type: 'dynamic' as const, expression: listed(dynamicOf(point)) },
  ];
  const bound = boundColumns(node);
  const points = `JOIN range(0, ${axis.points}) AS _i(i) ON ${withinEnds(axis, keys.length > 0)}`;
  const grid = `${groups} AS _k ${points} LEFT JOIN ${bins.from} AS _b ON ${on}`;
  return translation.select(
    values.map((value, index) => ({ ...value, name: bound[index]?.name ?? `Column${index + 1}` })),
    grid,
    { tail: keys.length > 0 ? `GROUP BY ${keyNames.map((name) => `_k.${name}`).join(', ')}` : 'HAVING count(*) > 0' },
  );
}

/** T | make-series aggregate default=d on axis from a to b step s by keys (R-35): the end is excluded (but that of in range() is not), empty bins hold the default. */
export const makeSeries: OperatorRow = { name: 'make-series', rule: 'R-35', support: exact, emit };
