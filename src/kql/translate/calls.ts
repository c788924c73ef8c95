import type { SyntaxNode } from '../bind/syntax-node';
import type { KqlType } from '../schema';
import { dynamicOf } from '../functions/coerce';
import { functionTable } from '../functions/function-table';
import { callContext } from './call-context';
import { converted } from './conversion';
import type { Expression } from './expression';
import { columnExpression } from './names';
import { bodyEnvironment, finalExpression } from './inlining';
import { rowCalls } from './row-calls';
import { windowCalls } from './window-calls';
import type { Scope } from './translation';

/** A function over the row as a whole or its neighbours, which the function table cannot express. */
export type SpecialCall = (node: SyntaxNode, scope: Scope) => Expression;

const boundOf = (node: SyntaxNode): KqlType => (node.type?.kind === 'scalar' ? node.type.type : 'dynamic');

/** The arguments of a call, `*` opened to all columns in sight, named arguments in their place as written. */
export function callArguments(node: SyntaxNode, scope: Scope): Expression[] {
  return node
    .need('ArgumentList')
    .list('Expressions')
    .flatMap((argument) =>
      argument.kind === 'StarExpression' ? (scope.row?.columns ?? []).map(columnExpression) : [scope.translation.scalar(argument, scope)],
    );
}

/** A call of a function that the query declares: its body, with its type, translated with the arguments in place of the parameters. */
function inlined(node: SyntaxNode, scope: Scope): Expression {
  const environment = bodyEnvironment(node, scope);
  return scope.translation.scalar(finalExpression(node, scope), { translation: scope.translation, environment, row: undefined });
}

/**
 * A dynamic value or a text where a function states another type is read as that type; what is no dynamic value, where it states an
 * array or a bag, is one that is neither.
 */
function fitting(args: readonly Expression[], node: SyntaxNode): readonly Expression[] {
  const stated = node.parameterTypes;
  return args.map((arg, index) => {
    const type = stated[Math.min(index, stated.length - 1)];
    if (type === 'dynamic' && arg.type !== 'dynamic') return { sql: dynamicOf(arg), type };
    const readable = index < stated.length && (type === 'datetime' || type === 'timespan' || type === 'bool');
    return readable && (arg.type === 'dynamic' || arg.type === 'string') ? converted(arg, type) : arg;
  });
}

function tableCall(node: SyntaxNode, scope: Scope): Expression {
  const row = functionTable.get(node.name);
  const at = { node, environment: scope.environment };
  if (!row) return scope.translation.refuse('function-unknown', { name: node.name }, at);
  if (row.support.state === 'refused') {
    const { reason, hint } = row.support;
    return scope.translation.refuse('function-unsupported', { name: node.name, why: reason, ...(hint ? { hint } : {}) }, at);
  }
  const args = fitting(callArguments(node, scope), node);
  const bound = boundOf(node);
  const type = row.returns?.(args, bound) ?? bound;
  const emitted = row.emit(args, callContext(node, type, scope));
  return typeof emitted === 'string' ? { sql: emitted, type } : emitted;
}

/** f(...) in scalar position. */
export function callExpression(node: SyntaxNode, scope: Scope): Expression {
  const hidden = scope.resolve?.(node);
  if (hidden) return hidden;
  const special = rowCalls[node.name] ?? windowCalls[node.name];
  if (node.symbol?.origin === 'declared' && scope.environment.lookup(node.name)) return inlined(node, scope);
  if (special) return special(node, scope);
  return tableCall(node, scope);
}
