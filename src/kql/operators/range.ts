import { converted } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import { physicalColumns, type Relation } from '../translate/relation';
import type { SyntaxNode } from '../bind/syntax-node';
import type { KqlType } from '../schema';
import { boundColumns, exact, type OperatorContext, type OperatorRow } from './operator-row';

/** Beyond this many rows a range is a mistake; the engine's memory is everybody's. */
const maxRows = 100_000_000n;

function sequence(type: KqlType, bounds: readonly [string, string, string]): string {
  const [from, to, step] = bounds;
  if (type !== 'real')
    return `SELECT ${from} + i * ${step} AS v FROM range(0, least(greatest((${to} - ${from}) // ${step} + 1, 0), ${maxRows})) AS t(i)`;
  return `SELECT ${from} + i * ${step} AS v FROM range(0, least(greatest(CAST(floor((${to} - ${from}) / ${step} + 1e-9) AS BIGINT) + 1, 0), ${maxRows})) AS t(i)`;
}

/** Times keep their type; one real makes all real; int stays int only among itself. */
function rangeType(bounds: readonly Expression[]): KqlType {
  const first = bounds[0]?.type;
  if (first === 'datetime' || first === 'timespan') return first;
  if (bounds.some((bound) => bound.type === 'real')) return 'real';
  return bounds.every((bound) => bound.type === 'int') ? 'int' : 'long';
}

function emit(node: SyntaxNode, { translation, environment }: OperatorContext): Relation {
  const scope = { translation, environment };
  const name = boundColumns(node)[0]?.name ?? node.need('Name').name;
  const [from, to, step] = ['From', 'To', 'Step'].map((part) => translation.scalar(node.need(part), scope));
  if (!from || !to || !step) throw new Error('range has three bounds.');
  const type = rangeType([from, to, step]);
  const settled = [from, to, step].map((bound) => (type === 'real' ? converted(bound, 'real').sql : bound.sql)) as [string, string, string];
  const [column] = physicalColumns([{ name, type }]);
  return translation.step(`SELECT v AS ${column?.sql} FROM (${sequence(type, settled)})`, column ? [column] : [], { ordered: true });
}

/** range x from a to b step c: the end is included; a step that leads away gives nothing. */
export const range: OperatorRow = { name: 'range', rule: 'R-32', support: exact, emit };
