import type { SyntaxNode } from '../bind/syntax-node';
import { converted } from './conversion';
import { emptyEnvironment, extended, once, type Binding, type Environment } from './environment';
import { declareStatements } from './statements';
import type { Scope } from './translation';

const maxDepth = 32;

/** The arguments of a call by parameter name: positional ones first, named ones where they say. */
function argumentNodes(node: SyntaxNode, names: readonly string[], skip: number): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  let position = skip;
  for (const argument of node.part('ArgumentList')?.list('Expressions') ?? []) {
    const named = argument.kind === 'SimpleNamedExpression' && names.includes(argument.need('Name').name);
    const name = named ? argument.need('Name').name : (names[position] ?? '');
    found.set(name, named ? argument.need('Expression') : argument);
    if (!named) position += 1;
  }
  return found;
}

/** Whether an argument is a value of the row where the call stands. */
function mentionsRow(node: SyntaxNode, environment: Environment): boolean {
  if (node.kind === 'ToScalarExpression') return false;
  if (node.kind === 'NameReference') {
    const binding = environment.lookup(node.name);
    return node.symbol?.kind === 'Column' || (binding?.kind === 'scalar' && binding.ofRow === true);
  }
  return node.children.some((child) => mentionsRow(child, environment));
}

/**
 * The environment of a declared function's body at one call: what was in sight where it was declared, and its parameters bound to the
 * arguments. `piped` is the left side of invoke, which becomes the first parameter.
 */
export function bodyEnvironment(node: SyntaxNode, scope: Scope, piped?: Binding): Environment {
  const { translation, environment } = scope;
  const expansion = node.expansion();
  if (!expansion) return translation.refuse('function-unknown', { name: node.name }, { node, environment });
  if (environment.depth >= maxDepth) return translation.refuse('query-too-complex', {}, { node, environment });
  const declared = environment.lookup(node.name);
  const outer = declared?.kind === 'function' ? declared.environment : emptyEnvironment;
  const anchor = translation.spanOf(node, environment);
  let inner: Environment = { ...outer, anchor, depth: environment.depth + 1 };
  const given = argumentNodes(
    node,
    expansion.parameters.map((parameter) => parameter.name),
    piped ? 1 : 0,
  );
  expansion.parameters.forEach((parameter, index) => {
    if (piped && index === 0) {
      inner = extended(inner, parameter.name, piped);
      return;
    }
    const argument = given.get(parameter.name) ?? parameter.fallback;
    if (!argument) return;
    const from: Scope = given.has(parameter.name) ? scope : { translation, environment: { ...emptyEnvironment, anchor } };
    const binding: Binding = parameter.tabular
      ? { kind: 'table', value: once(() => translation.tabular(argument, from.environment)) }
      : {
          kind: 'scalar',
          value: once(() => converted(translation.scalar(argument, from), parameter.type)),
          ofRow: from.row !== undefined && mentionsRow(argument, from.environment),
        };
    inner = extended(inner, parameter.name, binding);
  });
  return declareStatements(expansion.body.list('Statements'), translation, inner);
}

/** What the body of a declared function gives. */
export function finalExpression(node: SyntaxNode, scope: Scope): SyntaxNode {
  const body = node.expansion()?.body.part('Expression');
  return body ?? scope.translation.refuse('function-unknown', { name: node.name }, { node, environment: scope.environment });
}
