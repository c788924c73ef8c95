/**
 * The official language service, a Bridge.NET build with overload-suffixed names ($ctor2, ...): the package is pinned exactly. Its objects
 * go no further than `bridge.ts` (trees) and `schema-state.ts` (schemas).
 */
import { speedUp } from './binder-speed';
import { mendRuntime } from './runtime-mends';
import { speedUpRuntime } from './runtime-speed';

/* eslint-disable @typescript-eslint/no-explicit-any -- the library's own declarations are 34,000 lines for a handful of members */
export type Foreign = any;

interface Library {
  readonly language: Foreign;
  readonly symbols: Foreign;
  readonly syntaxKinds: ReadonlyMap<number, string>;
  readonly symbolKinds: ReadonlyMap<number, string>;
  readonly base: Foreign;
}

let library: Library | undefined;

const enumNames = (values: Foreign): Map<number, string> =>
  new Map(Object.entries(values).flatMap(([name, value]) => (typeof value === 'number' ? [[value, name] as const] : [])));

/** Loads the language service once (0.3 s); throws when the package is not the pinned one. */
export function load(): Library {
  if (library) return library;
  /* eslint-disable @typescript-eslint/no-require-imports -- two scripts that assign globals, in this order */
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const language = (globalThis as Foreign).Kusto.Language;
  mendRuntime((globalThis as Foreign).System);
  speedUpRuntime((globalThis as Foreign).Bridge, (globalThis as Foreign).System);
  speedUp(language);
  const symbols = language.Symbols;
  library = {
    language,
    symbols,
    syntaxKinds: enumNames(language.Syntax.SyntaxKind),
    symbolKinds: enumNames(symbols.SymbolKind),
    base: language.GlobalState.Default,
  };
  return library;
}

/** The elements of one of the library's lists, whatever kind of list it is. */
export function items(list: Foreign): Foreign[] {
  if (list == null) return [];
  if (Array.isArray(list)) return list;
  if (typeof list.getItem === 'function' && list.Count !== undefined) {
    return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
  }
  const found: Foreign[] = [];
  for (const walker = (globalThis as Foreign).Bridge.getEnumerator(list); walker.moveNext();) found.push(walker.Current);
  return found;
}
