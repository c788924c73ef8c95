import type { Column, KqlType } from '../schema';

/** What the binder says an expression is. */
export type BoundType =
  | { readonly kind: 'scalar'; readonly type: KqlType }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly open: boolean }
  | { readonly kind: 'tuple'; readonly columns: readonly Column[] }
  | { readonly kind: 'other'; readonly name: string };

export interface BoundSymbol {
  /** Column, Table, Variable, Parameter, Function, Database, Cluster, Group ... */
  readonly kind: string;
  readonly name: string;
  /** Names a built-in function, an aggregate, a plugin, or something declared in the query. */
  readonly origin: 'scalar' | 'aggregate' | 'plugin' | 'declared';
  /** For a group of columns (a name that stands for several): its members' names. */
  readonly members: readonly string[];
}

/** A parameter of a function that the query declares. */
export interface DeclaredParameter {
  readonly name: string;
  readonly tabular: boolean;
  readonly type: KqlType;
  readonly columns: readonly Column[];
  readonly fallback: SyntaxNode | undefined;
}

/**
 * A node of the bound syntax tree, free of the library it comes from. `kind` is the library's SyntaxKind; parts have the names of its
 * syntax classes ('Expression', 'Condition', ...), which follow KQL's grammar.
 */
export interface SyntaxNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** The text without the trivia before it. */
  readonly text: string;
  readonly type: BoundType | undefined;
  readonly symbol: BoundSymbol | undefined;
  /** The name, for a node that is or has one (a reference, a declaration, a call). */
  readonly name: string;
  /** The name that an expression gives its column where the query states none: `bin(Timestamp, 1h)` is Timestamp, `d.a` is d_a. */
  readonly impliedName: string | undefined;
  /** Literals: the text between quotes decoded for strings, as written for everything else. */
  readonly raw: string;
  /** The nodes directly below, without tokens. */
  readonly children: readonly SyntaxNode[];
  part(name: string): SyntaxNode | undefined;
  /** A part that the grammar guarantees in a query without syntax errors. */
  need(name: string): SyntaxNode;
  /** The elements of a list part, separators dropped; empty when the part is absent. */
  list(name: string): readonly SyntaxNode[];
  /** For a call of a built-in function: the types its parameters state, where they state one. */
  readonly parameterTypes: readonly (KqlType | undefined)[];
  /** For a call of a declared function: its body, bound with the types of this call. */
  expansion(): { readonly body: SyntaxNode; readonly parameters: readonly DeclaredParameter[] } | undefined;
}
