import type { SyntaxNode } from '../bind/syntax-node';
import type { Render } from '../translate/translation';

/** The chart that a render operator asks for, with its properties by lower-case name. */
export function renderingOf(node: SyntaxNode): Render {
  const properties = [...(node.part('WithClause')?.list('Properties') ?? []), ...node.list('Parameters')];
  return {
    kind: node.need('ChartType').text.toLowerCase(),
    properties: Object.fromEntries(
      properties.map((property) => [property.name.toLowerCase(), property.part('Expression')?.text.replace(/^["'](.*)["']$/, '$1') ?? '']),
    ),
  };
}
