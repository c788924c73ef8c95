import type { SyntaxNode } from '../bind/syntax-node';
import type { Diagnostic } from '../diagnostics';
import { diagnose } from '../diagnostics/diagnose';
import type { SourceText } from '../diagnostics/source-text';
import { nodesOf } from './tree';

/** Functions that lead out of the tenant's own tables. workspace(), adx() and arg() exist in some portals: here they are unknown names, no more. */
export const outsideNames: ReadonlySet<string> = new Set(['cluster', 'database', 'external_table', 'materialized_view']);

/** What an advanced hunting service would not run, or what policy forbids, found before anything is translated. */
export function refusalsIn(root: SyntaxNode, source: SourceText): Diagnostic[] {
  return [...nodesOf(root)].flatMap((node) => {
    const span = () => source.span(node.start, Math.max(node.end - node.start, 1));
    if (node.kind === 'ExternalDataExpression') return [diagnose('external-data', {}, span())];
    if (node.kind === 'FunctionCallExpression' && outsideNames.has(node.name))
      return [diagnose('other-cluster', { name: node.name }, span())];
    return [];
  });
}
