import type { SyntaxNode } from '../bind/syntax-node';
import type { Column } from '../schema';
import type { Support } from '../functions/function-row';
import type { Environment } from '../translate/environment';
import type { Relation } from '../translate/relation';
import type { Scope, Translation } from '../translate/translation';

/** What an operator works on: the rows before the pipe, and the names in sight. */
export interface OperatorContext {
  readonly translation: Translation;
  readonly environment: Environment;
  readonly input: Relation;
  readonly scope: Scope;
}

/** A tabular operator as a row of data; `docs/kql-support.md` lists these. */
export interface OperatorRow {
  /** KQL's spelling. */
  readonly name: string;
  /** The rule of docs/translation.md that says what its SQL must mean. */
  readonly rule: string;
  readonly support: Support;
  readonly emit: (node: SyntaxNode, context: OperatorContext) => Relation;
}

export const exact: Support = { state: 'exact' };

/** The columns the binder gives an operator: Kusto's names, in order. */
export function boundColumns(node: SyntaxNode): readonly Column[] {
  return node.type?.kind === 'table' ? node.type.columns : [];
}

/** Options such as kind=inner, by name. */
export function optionsOf(node: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  return new Map(
    node
      .list('Parameters')
      .flatMap((parameter) =>
        parameter.part('Expression') ? [[parameter.name.toLowerCase(), parameter.need('Expression')] as const] : [],
      ),
  );
}

/** The value of a constant expression that must be a whole number. */
export function wholeConstant(node: SyntaxNode, what: string, context: Pick<OperatorContext, 'translation' | 'environment'>): bigint {
  const { translation, environment } = context;
  const value = translation.scalar(node, { translation, environment }).constant?.value;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return translation.refuse('not-constant', { what }, { node, environment });
}
