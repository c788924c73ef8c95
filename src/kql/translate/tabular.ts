import { outsideNames } from '../analysis/refusals';
import type { SyntaxNode } from '../bind/syntax-node';
import { assignedIpAddresses } from '../operators/hunting/device-lookups';
import { operatorTable } from '../operators/operator-table';
import { bodyEnvironment, finalExpression } from './inlining';
import { extended, type Environment } from './environment';
import type { Relation } from './relation';
import { declareStatements } from './statements';
import { tableRelation } from './tables';
import type { Scope, Translation } from './translation';

type Handler = (node: SyntaxNode, translation: Translation, environment: Environment) => Relation;

const nothing: Relation = { from: '(SELECT 1)', columns: [], ordered: false };

function inlined(node: SyntaxNode, translation: Translation, environment: Environment): Relation {
  const scope: Scope = { translation, environment };
  return translation.tabular(finalExpression(node, scope), bodyEnvironment(node, scope));
}

/** A view has no parameters: its body as it was bound where it was declared. */
export function inlineView(translation: Translation, name: string, environment: Environment): Relation {
  const binding = environment.lookup(name);
  if (binding?.kind !== 'function') throw new Error(`${name} is no view.`);
  const inner = declareStatements(binding.body.list('Statements'), translation, binding.environment);
  return { ...translation.tabular(binding.body.need('Expression'), inner), source: name };
}

const named: Handler = (node, translation, environment) => {
  const binding = environment.lookup(node.name);
  if (binding?.kind === 'table') return binding.value();
  if (binding?.kind === 'function') return { ...inlined(node, translation, environment), source: node.name };
  const table = translation.schema.tables.find((candidate) => candidate.name === node.name);
  if (table) return tableRelation(table, translation);
  return translation.refuse('name-unresolved', { name: node.name }, { node, environment });
};

/** cluster("x").database("y").T and the like */
function foreignName(node: SyntaxNode): string | undefined {
  if (node.kind === 'FunctionCallExpression') return outsideNames.has(node.name) ? node.name : undefined;
  return node.kind === 'PathExpression' ? foreignName(node.need('Expression')) : undefined;
}

const called: Handler = (node, translation, environment) => {
  const foreign = foreignName(node);
  if (foreign) return translation.refuse('other-cluster', { name: foreign }, { node, environment });
  if (node.name === 'table') {
    const [argument] = node.need('ArgumentList').list('Expressions');
    const name = argument && translation.scalar(argument, { translation, environment }).constant?.value;
    const table = translation.schema.tables.find((candidate) => candidate.name === name);
    return table
      ? tableRelation(table, translation)
      : translation.refuse('name-unresolved', { name: String(name ?? 'table()') }, { node, environment });
  }
  if (node.name === 'AssignedIPAddresses' && !environment.lookup(node.name)) return assignedIpAddresses(node, translation, environment);
  return { ...inlined(node, translation, environment), source: node.name };
};

const materialized: Handler = (node, translation, environment) => {
  const inner = translation.tabular(node.need('Expression'), environment);
  return translation.step(`SELECT * FROM ${inner.from}`, inner.columns, { ordered: inner.ordered, materialized: true });
};

const inside: Handler = (node, translation, environment) => translation.tabular(node.need('Expression'), environment);

const handlers: Readonly<Record<string, Handler>> = {
  NameReference: named,
  FunctionCallExpression: called,
  PathExpression: called,
  ParenthesizedExpression: inside,
  DataScopeExpression: inside,
  ToTableExpression: inside,
  MaterializeExpression: materialized,
  ExternalDataExpression: (node, translation, environment) => translation.refuse('external-data', {}, { node, environment }),
  InlineExternalTableExpression: (node, translation, environment) => translation.refuse('external-data', {}, { node, environment }),
};

/** Operators that know how to work within the sub-tables of mv-apply and partition. */
const partitioned = new Set([
  'where',
  'extend',
  'project',
  'project-away',
  'project-keep',
  'project-rename',
  'project-reorder',
  'summarize',
  'sort',
  'top',
  'take',
  'count',
  'distinct',
  'serialize',
  'scan',
  'mv-expand',
  'parse',
  'parse-where',
  'parse-kv',
  'render',
  'as',
]);

/** Operators that take a graph, and nothing else. */
const graphOperators = new Set(['graph-match', 'graph-to-table']);

/** Applies one operator to the rows before it. */
export function applied(node: SyntaxNode, input: Relation, scope: Scope): Relation {
  const row = operatorTable[node.kind];
  const { translation, environment } = scope;
  const word = row?.name ?? node.text.split(/[\s(]/)[0] ?? node.kind;
  if (!row) return translation.refuse('operator-unsupported', { name: word }, { node, environment });
  if (input.partition !== undefined && !partitioned.has(row.name)) {
    return translation.refuse(
      'construct-unsupported',
      { what: `${word} inside mv-apply or partition is not supported by this engine.` },
      { node, environment },
    );
  }
  if ((input.graph !== undefined) !== graphOperators.has(row.name)) {
    const what = input.graph
      ? `${word} does not take a graph: use graph-match or graph-to-table before it.`
      : `${word} takes a graph only.`;
    return translation.refuse('construct-unsupported', { what }, { node, environment });
  }
  return row.emit(node, { translation, environment, input, scope: { ...scope, row: input } });
}

function steps(operators: readonly SyntaxNode[], start: Relation, scope: Scope): Relation {
  let environment = scope.environment;
  let relation = start;
  for (const operator of operators) {
    relation = applied(operator, relation, { ...scope, environment });
    const named = relation;
    if (operator.kind === 'AsOperator')
      environment = extended(environment, operator.need('Name').name, { kind: 'table', value: () => named });
  }
  return relation;
}

/** A pipe is a left spine: walked, not recursed, so that long queries do not nest here. */
function spine(node: SyntaxNode): { source: SyntaxNode; operators: readonly SyntaxNode[] } {
  const operators: SyntaxNode[] = [];
  let source = node;
  while (source.kind === 'PipeExpression') {
    operators.unshift(source.need('Operator'));
    source = source.need('Expression');
  }
  return { source, operators };
}

/** Translates a tabular expression. */
export function tabular(translation: Translation, node: SyntaxNode, environment: Environment): Relation {
  const { source, operators } = spine(node);
  const scope: Scope = { translation, environment };
  const handler = handlers[source.kind];
  const start = handler ? handler(source, translation, environment) : applied(source, nothing, scope);
  return steps(operators, start, scope);
}

/** Translates the sub-query of mv-apply or partition, which begins with the given rows. */
export function pipeline(translation: Translation, node: SyntaxNode, parts: { input: Relation; environment: Environment }): Relation {
  const { source, operators } = spine(node.kind === 'ParenthesizedExpression' ? node.need('Expression') : node);
  return steps([source, ...operators], parts.input, { translation, environment: parts.environment });
}
