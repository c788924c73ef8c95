import type { SyntaxNode } from '../bind/syntax-node';
import { functionTable } from '../functions/function-table';
import { callContext } from './call-context';
import type { Expression } from './expression';
import type { Scope } from './translation';

/** Under which name the value of `set name = value` stands in the environment: one that no query can write. */
export const optionName = (name: string): string => `set ${name}`;

/** bin_auto(x): bin(x) or bin_at(x) with the size and the fixed point that set statements give. */
export function binAuto(node: SyntaxNode, scope: Scope): Expression {
  const { translation, environment } = scope;
  const [size, fixed] = ['query_bin_auto_size', 'query_bin_auto_at'].map((name) => {
    const binding = environment.lookup(optionName(name));
    return binding?.kind === 'scalar' ? binding.value() : undefined;
  });
  const [argument] = node.need('ArgumentList').list('Expressions');
  if (!argument || !size)
    return translation.refuse(
      'function-unsupported',
      {
        name: node.name,
        why: 'it needs the query property query_bin_auto_size',
        hint: 'Put set query_bin_auto_size = 1h; before the query.',
      },
      { node, environment },
    );
  const args = [translation.scalar(argument, scope), size, ...(fixed ? [fixed] : [])];
  const row = functionTable.get(fixed ? 'bin_at' : 'bin');
  if (!row) throw new Error('The function table has no bin.');
  const type = row.returns?.(args, 'dynamic') ?? 'dynamic';
  const emitted = row.emit(args, callContext(node, type, scope));
  return typeof emitted === 'string' ? { sql: emitted, type } : emitted;
}
