import type { SyntaxNode } from '../../bind/syntax-node';
import type { Column } from '../../schema';
import { boundColumns, type OperatorContext } from '../operator-row';

/** Stops a pass: the query must be bound again with this text inserted, so that what follows knows the columns that the data gave (R-38). */
export class Rebinding extends Error {
  constructor(
    readonly at: number,
    readonly insert: string,
  ) {
    super('The query must be bound again.');
  }
}

const quoted = (name: string): string => `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}']`;

/** At most this many columns come out of the data, as a wider result is a mistake. */
export const maxDiscovered = 200;

/**
 * The columns of a plugin whose schema depends on its data: those the query states after the call, else what `discover` finds, which is
 * then stated in the query text for the next pass.
 */
export function outputSchema(node: SyntaxNode, context: OperatorContext, discover: () => readonly Column[]): readonly Column[] {
  const { translation, environment } = context;
  if (node.part('Schema')) return boundColumns(node);
  if (environment.depth > 0) {
    return translation.refuse(
      'construct-unsupported',
      {
        what: 'A plugin with columns from the data is not supported inside a function; state its columns: evaluate plugin(...) : (name: type).',
      },
      { node, environment },
    );
  }
  const found = discover();
  if (found.length > maxDiscovered)
    return translation.refuse(
      'construct-unsupported',
      { what: `The data gives ${found.length} columns; at most ${maxDiscovered} are possible.` },
      { node, environment },
    );
  throw new Rebinding(node.need('FunctionCall').end, ` : (${found.map((column) => `${quoted(column.name)}: ${column.type}`).join(', ')})`);
}
