import type { SyntaxNode } from '../bind/syntax-node';
import { scalarTypeNamed } from '../bind/type-names';
import type { KqlType } from '../schema';
import { converted } from '../translate/conversion';
import type { Expression } from '../translate/expression';
import { constantOf } from '../translate/literal';
import { columnOf } from '../translate/names';
import type { Relation } from '../translate/relation';
import { condition } from '../translate/scalar';
import type { NewColumn } from '../translate/translation';
import { optionsOf, type OperatorContext, type OperatorRow } from './operator-row';

interface Declared {
  readonly name: string;
  readonly type: KqlType;
  readonly initial: Expression;
}

interface Step {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly shown: boolean;
}

/** A column of one step's record, as the steps refer to it: `s1.Ts`. */
interface Remembered {
  readonly step: number;
  readonly name: string;
  readonly type: KqlType;
  readonly initial: Expression;
}

interface Scan {
  readonly steps: readonly Step[];
  readonly declared: readonly Declared[];
  readonly remembered: readonly Remembered[];
  readonly context: OperatorContext;
}

const slot = (state: number, index: number): string => `_s${state}_${index}`;

function declaredOf(node: SyntaxNode, context: OperatorContext): Declared[] {
  return (node.part('DeclareClause')?.list('Declarations') ?? []).map((item) => {
    const declaration = item.need('NameAndType');
    const type = scalarTypeNamed(declaration.need('Type').text);
    const value = item.part('DefaultValue')?.part('Value');
    const initial = value
      ? converted(context.translation.scalar(value, { ...context.scope, row: undefined }), type)
      : constantOf(null, type);
    return { name: declaration.name, type, initial };
  });
}

function stepsOf(node: SyntaxNode, context: OperatorContext): Step[] {
  return node.list('Steps').map((step) => {
    const output = step.part('ScanStepOutput')?.part('OutputKind')?.text ?? 'all';
    if (output === 'last' || step.part('OptionalKeyword')) {
      return context.translation.refuse(
        'construct-unsupported',
        { what: `scan with ${output === 'last' ? 'output=last' : 'optional steps'} is not supported by this engine.` },
        { node: step, environment: context.environment },
      );
    }
    return { name: step.need('Name').name, node: step, shown: output !== 'none' };
  });
}

function* nodesUnder(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) yield* nodesUnder(child);
}

/** Every `step.column` that the steps mention: only these are carried from row to row. */
function rememberedOf(steps: readonly Step[], declared: readonly Declared[], context: OperatorContext): Remembered[] {
  const found = new Map<string, Remembered>();
  for (const { node } of steps) {
    for (const inner of nodesUnder(node)) {
      const owner = inner.kind === 'PathExpression' ? steps.findIndex((step) => step.name === inner.need('Expression').name) : -1;
      if (owner < 0) continue;
      const name = inner.need('Selector').name;
      const own = declared.find((candidate) => candidate.name === name);
      const type = own?.type ?? columnOf(context.input, name)?.type ?? 'dynamic';
      found.set(`${owner}.${name}`, { step: owner, name, type, initial: own?.initial ?? constantOf(null, type) });
    }
  }
  return [...found.values()];
}

/** A scope in which `step.column` reads the state of one step, and a declared name stands for its initial value. */
function reading(scan: Scan, state: number): OperatorContext['scope'] {
  const resolve = (node: SyntaxNode): Expression | undefined => {
    if (node.kind === 'NameReference') return scan.declared.find((own) => own.name === node.name)?.initial;
    if (node.kind !== 'PathExpression') return undefined;
    const owner = scan.steps.findIndex((step) => step.name === node.need('Expression').name);
    const index = scan.remembered.findIndex((item) => item.step === owner && item.name === node.need('Selector').name);
    const item = scan.remembered[index];
    if (!item) return undefined;
    return item.step <= state ? { sql: slot(state, index), type: item.type } : item.initial;
  };
  return { ...scan.context.scope, resolve };
}

/** The value a step gives a declared column, read in one state. */
function assigned(scan: Scan, own: Declared, { k, state }: { k: number; state: number }): string {
  const step = scan.steps[k] as Step;
  const assignment = (step.node.part('ComputationClause')?.list('Assignments') ?? []).find((item) => item.name === own.name);
  return assignment
    ? converted(scan.context.translation.scalar(assignment.need('Expression'), reading(scan, state)), own.type).sql
    : own.initial.sql;
}

/**
 * One step against the row, over what the later steps left: a match promotes the state before it (1), which is empty from then on, or
 * renews its own (2).
 */
function advance(source: string, k: number, scan: Scan): string {
  const step = scan.steps[k] as Step;
  const test = (state: number): string => condition(step.node.need('Condition'), reading(scan, state));
  const promoted = k > 0 ? `WHEN _a${k - 1} AND (${test(k - 1)}) THEN 1 ` : '';
  const renewed = `WHEN ${k > 0 ? `_a${k} AND ` : ''}(${test(k)}) THEN 2 `;
  const matched = `SELECT *, CASE ${promoted}${renewed}ELSE 0 END AS _m${k} FROM (${source})`;
  const value = (own: Declared): string =>
    k > 0
      ? `CASE _m${k} WHEN 1 THEN ${assigned(scan, own, { k, state: k - 1 })} ELSE ${assigned(scan, own, { k, state: k })} END`
      : assigned(scan, own, { k, state: k });
  const valued = `SELECT *${scan.declared.map((own, index) => `, ${value(own)} AS _d${k}_${index}`).join('')} FROM (${matched})`;
  const states = scan.remembered.flatMap((item, index) => {
    if (item.step > k) return [];
    const own = scan.declared.findIndex((candidate) => candidate.name === item.name);
    const fresh = own >= 0 ? `_d${k}_${own}` : (columnOf(scan.context.input, item.name)?.sql ?? item.initial.sql);
    if (item.step === k) return [`CASE WHEN _m${k} > 0 THEN ${fresh} ELSE ${slot(k, index)} END AS ${slot(k, index)}`];
    return [`CASE _m${k} WHEN 1 THEN ${slot(k - 1, index)} ELSE ${slot(k, index)} END AS ${slot(k, index)}`];
  });
  // A match of the first step begins a sequence where it has none; otherwise it renews the one that is under way.
  const begins = '_m0 > 0 AND NOT _a0';
  const ids =
    k > 0
      ? [`CASE _m${k} WHEN 1 THEN _i${k - 1} ELSE _i${k} END AS _i${k}`, `(_a${k - 1} AND _m${k} <> 1) AS _a${k - 1}`]
      : [`CASE WHEN ${begins} THEN _next ELSE _i0 END AS _i0`, `CASE WHEN ${begins} THEN _next + 1 ELSE _next END AS _next`];
  const left = scan.remembered.flatMap((item, index) =>
    k > 0 && item.step < k ? [`CASE _m${k} WHEN 1 THEN ${item.initial.sql} ELSE ${slot(k - 1, index)} END AS ${slot(k - 1, index)}`] : [],
  );
  return `SELECT * REPLACE (${[`(_a${k} OR _m${k} > 0) AS _a${k}`, ...ids, ...states, ...left].join(', ')}), ${k === 0 ? `CASE WHEN ${begins} THEN _next ELSE _i0 END` : `CASE _m${k} WHEN 1 THEN _i${k - 1} ELSE _i${k} END`} AS _o${k} FROM (${valued})`;
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input } = context;
  if (node.part('OrderByClause') || node.part('PartitionByClause'))
    return translation.refuse(
      'construct-unsupported',
      { what: 'scan with order by or partition by of its own is not supported by this engine: use sort and partition before it.' },
      { node, environment },
    );
  const declared = declaredOf(node, context);
  const steps = stepsOf(node, context);
  const scan: Scan = { steps, declared, context, remembered: rememberedOf(steps, declared, context) };
  const part = input.partition;
  const over = part === undefined ? '' : `PARTITION BY ${part}`;
  const numbered = translation.step(`SELECT *, row_number() OVER () AS _pos FROM ${input.from}`, input.columns);
  const rows = translation.step(`SELECT *, row_number() OVER (${over} ORDER BY _pos) AS _n FROM ${numbered.from}`, input.columns, {
    materialized: true,
  });
  const state = [
    ...steps.map((_, k) => [`_a${k}`, 'false'] as const),
    ...steps.map((_, k) => [`_i${k}`, '0::BIGINT'] as const),
    ['_next', '0::BIGINT'] as const,
    ...steps.flatMap((_, k) =>
      scan.remembered.flatMap((item, index) => (item.step <= k ? [[slot(k, index), item.initial.sql] as const] : [])),
    ),
  ];
  const outputs = steps.flatMap((_, k) => [
    [`_m${k}`, '0'] as const,
    [`_o${k}`, '0::BIGINT'] as const,
    ...declared.map((own, index) => [`_d${k}_${index}`, own.initial.sql] as const),
  ]);
  const group = part === undefined ? '' : `, ${part}`;
  const start = `SELECT 0::BIGINT AS _n${group}, ${[...state, ...outputs].map(([name, sql]) => `${sql} AS ${name}`).join(', ')}${part === undefined ? '' : ` FROM (SELECT DISTINCT ${part} FROM ${rows.from})`}`;
  const joined = `SELECT _r.*, ${state.map(([name]) => `_t.${name}`).join(', ')} FROM _scan AS _t JOIN ${rows.from} AS _r ON _r._n = _t._n + 1${part === undefined ? '' : ` AND _r.${part} IS NOT DISTINCT FROM _t.${part}`}`;
  const body = steps.map((_, index) => steps.length - 1 - index).reduce((source, k) => advance(source, k, scan), joined);
  const list = ['_n', ...(part === undefined ? [] : [part]), ...[...state, ...outputs].map(([name]) => name)].join(', ');
  const states = translation.step(
    `WITH RECURSIVE _scan AS (${start} UNION ALL SELECT ${list} FROM (${body})) SELECT * FROM _scan WHERE _n > 0`,
    [],
  );
  return shown(node, { scan, rows, states }, context);
}

/** The rows that the steps put out, in the order of the input. */
function shown(node: SyntaxNode, parts: { scan: Scan; rows: Relation; states: Relation }, context: OperatorContext): Relation {
  const { scan, rows, states } = parts;
  const { translation, input } = context;
  const part = input.partition;
  const id = optionsOf(node).get('with_match_id')?.name;
  const on = `_r._n = _t._n${part === undefined ? '' : ` AND _r.${part} IS NOT DISTINCT FROM _t.${part}`}`;
  const columns = (k: number): NewColumn[] => [
    ...input.columns.map((column) => ({ name: column.name, type: column.type, expression: `_r.${column.sql}` })),
    ...scan.declared.map((own, index) => ({ name: own.name, type: own.type, expression: `_t._d${k}_${index}` })),
    ...(id === undefined ? [] : [{ name: id, type: 'long' as const, expression: `_t._o${k}` }]),
  ];
  const arms = scan.steps.flatMap((step, k) => {
    if (!step.shown) return [];
    const list = columns(k).map((column, index) => `${column.expression} AS _c${index}`);
    return [
      `SELECT ${[...list, '_r._pos', `${-k} AS _k`, ...(part === undefined ? [] : [`_r.${part}`])].join(', ')} FROM ${states.from} AS _t JOIN ${rows.from} AS _r ON ${on} WHERE _t._m${k} > 0`,
    ];
  });
  const all = translation.step(arms.join('\nUNION ALL\n'), []);
  return translation.select(
    columns(0).map((column, index) => ({ ...column, expression: `_c${index}` })),
    { from: all.from, partition: part },
    { tail: 'ORDER BY _pos, _k', ordered: true },
  );
}

/** T | scan declare (...) with (step name: condition => column = expression; ...) (R-58): one row after the other, by recursion. */
export const scan: OperatorRow = {
  name: 'scan',
  rule: 'R-58',
  support: {
    state: 'limited',
    limit: 'output=last, optional steps, and order by or partition by of its own are refused; meant for some thousands of rows',
  },
  emit,
};
