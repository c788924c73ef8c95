import type { Span } from '../diagnostics';
import type { SyntaxNode } from '../bind/syntax-node';
import type { Expression } from './expression';
import type { Relation } from './relation';

/** What a name outside the columns stands for. Let values are translated when first used, once. */
export type Binding =
  /** `ofRow`: a parameter whose argument is a value of the calling row, such as a column. */
  | { readonly kind: 'scalar'; readonly value: () => Expression; readonly ofRow?: boolean }
  | { readonly kind: 'table'; readonly value: () => Relation }
  | { readonly kind: 'function'; readonly environment: Environment; readonly view: boolean; readonly body: SyntaxNode };

/** The names of let statements and parameters in sight; inner ones hide outer ones. */
export interface Environment {
  readonly lookup: (name: string) => Binding | undefined;
  readonly names: () => readonly string[];
  /** Inside the body of a declared function: the span of the call, where diagnostics point. */
  readonly anchor: Span | undefined;
  /** How many calls deep. */
  readonly depth: number;
}

export const emptyEnvironment: Environment = { lookup: () => undefined, names: () => [], anchor: undefined, depth: 0 };

/** The environment with one name more. */
export function extended(outer: Environment, name: string, binding: Binding): Environment {
  return {
    ...outer,
    lookup: (wanted) => (wanted === name ? binding : outer.lookup(wanted)),
    names: () => [...outer.names(), name],
  };
}

/** The environment of a table inside a scalar expression: it is one table for all rows, so a value of the calling row is out of its sight. */
export function outsideRow(outer: Environment, refuse: (name: string) => never): Environment {
  return {
    ...outer,
    lookup: (name) => {
      const found = outer.lookup(name);
      return found?.kind === 'scalar' && found.ofRow ? refuse(name) : found;
    },
  };
}

/** A value that is made when first asked for and kept. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
