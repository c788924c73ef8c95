import type { SyntaxNode } from '../../bind/syntax-node';
import { functionTable } from '../../functions/function-table';
import { callContext } from '../../translate/call-context';
import { columnOf } from '../../translate/names';
import { qualified, type Relation } from '../../translate/relation';
import type { NewColumn } from '../../translate/translation';
import { boundColumns, type OperatorContext } from '../operator-row';
import type { PluginRow } from '../evaluate';

/** Whether an address lies in a network of the lookup table, by the function that says so. */
function matches(name: string, call: SyntaxNode, sides: { address: string; network: string; context: OperatorContext }): string {
  const row = functionTable.get(name);
  if (!row) return sides.context.translation.refuse('function-unknown', { name }, { node: call, environment: sides.context.environment });
  const emitted = row.emit(
    [
      { sql: sides.address, type: 'string' },
      { sql: sides.network, type: 'string' },
    ],
    callContext(call, 'bool', sides.context.scope),
  );
  return `coalesce(${typeof emitted === 'string' ? emitted : emitted.sql}, false)`;
}

function emit(test: string, call: SyntaxNode, parts: { node: SyntaxNode; context: OperatorContext }): Relation {
  const { node, context } = parts;
  const { translation, environment, input, scope } = context;
  const [table, source, network, ...rest] = call.need('ArgumentList').list('Expressions');
  if (!table || !source || !network)
    return translation.refuse(
      'semantic-type',
      { what: `${call.name} needs a table, an address and a network.` },
      { node: call, environment },
    );
  const right = translation.tabular(table, environment);
  const networkColumn = columnOf(right, network.name);
  if (!networkColumn) return translation.refuse('name-unresolved', { name: network.text }, { node: network, environment });
  const unmatched =
    rest.some(
      (part) =>
        part.kind === 'SimpleNamedExpression' && part.need('Name').name === 'return_unmatched' && part.need('Expression').text === 'true',
    ) || rest[0]?.text === 'true';
  const left = qualified(input.columns, '_l');
  const address = translation.scalar(source, { ...scope, row: { ...input, columns: left } });
  const on = matches(test, call, { address: address.sql, network: `_r.${networkColumn.sql}`, context });
  const own = left.map((column) => ({ name: column.name, type: column.type, expression: column.sql }));
  const found = qualified(right.columns, '_r').map((column) => ({
    name: column.name,
    type: column.type,
    expression: column.type === 'string' ? `coalesce(${column.sql}, '')` : column.sql,
  }));
  const values = call.name === 'ipv6_lookup' ? [...found, ...own] : [...own, ...found];
  const columns: NewColumn[] = values.map((value, index) => ({
    ...value,
    name: call.name === 'ipv6_lookup' ? value.name : (boundColumns(node)[index]?.name ?? value.name),
  }));
  return translation.select(columns, `${input.from} AS _l ${unmatched ? 'LEFT JOIN' : 'JOIN'} ${right.from} AS _r ON ${on}`);
}

const row = (name: string, test: string): PluginRow => ({
  name,
  rule: 'R-38',
  support: { state: 'limited', limit: 'one network column, no extra keys' },
  emit: (call, node, context) => emit(test, call, { node, context }),
});

/** evaluate ipv4_lookup(T, address, network [, return_unmatched = true]) and its IPv6 relative. */
export const ipLookup: readonly PluginRow[] = [row('ipv4_lookup', 'ipv4_is_in_range'), row('ipv6_lookup', 'ipv6_is_in_range')];
