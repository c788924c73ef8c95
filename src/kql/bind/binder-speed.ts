/**
 * A few places of the official binder that take a quarter of its time and give the same each time, kept from being computed again.
 * What is replaced is checked to be there: another version of the library runs as it is.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- the library has no usable types */
type Foreign = any;

const at = (list: Foreign, index: number): Foreign => (Array.isArray(list) ? list[index] : list.getItem(index));
const lengthOf = (list: Foreign): number => list.Count ?? list.length;

/**
 * The signatures of an operator that fit two plain scalars. They depend on the types alone, unless an argument is a star: == has
 * twenty signatures, each tried four times, and a hunt has dozens of comparisons.
 */
function rememberOperators(language: Foreign): void {
  const binder = language.Binding.Binder.prototype;
  const find = binder.GetBestMatchingSignatures;
  if (typeof find !== 'function') return;
  const { OperatorSymbol, ScalarTypes } = language.Symbols;
  const { StarExpression } = language.Syntax;
  // The plain scalar types are one object each; all else (tuples, tables, shapes of dynamic values) is made anew and not remembered.
  const plain = new Map<Foreign, number>(Object.values(ScalarTypes).map((type, index) => [type, index]));
  const known = new WeakMap<object, Map<string, readonly Foreign[]>>();
  const keyOf = (args: Foreign, types: Foreign, all: boolean): string | undefined => {
    if (lengthOf(types) !== 2) return undefined;
    const [first, second] = [plain.get(at(types, 0)), plain.get(at(types, 1))];
    if (first === undefined || second === undefined) return undefined;
    if (at(args, 0) instanceof StarExpression || at(args, 1) instanceof StarExpression) return undefined;
    return `${first} ${second} ${all}`;
  };
  binder.GetBestMatchingSignatures = function (...given: readonly Foreign[]): void {
    const [signatures, args, types, result, all = false] = given;
    const operator = result.Count === 0 && lengthOf(signatures) > 1 && at(signatures, 0).Symbol instanceof OperatorSymbol;
    const key = operator ? keyOf(args, types, all) : undefined;
    if (key === undefined) return find.apply(this, given);
    const answers = known.get(signatures) ?? new Map<string, readonly Foreign[]>();
    known.set(signatures, answers);
    const answer = answers.get(key);
    if (answer) return answer.forEach((signature) => result.add(signature));
    find.apply(this, given);
    const found = Array.from({ length: result.Count }, (_, index) => result.getItem(index));
    answers.set(key, found);
  };
}

/** Lists that the binder has just made itself are not searched for holes: for each operator of a pipe it would look at every column. */
function trustOwnLists(language: Foreign): void {
  const checkers = language.Utils.ArgumentCheckers;
  if (typeof checkers?.CheckArgumentNullOrElementNull === 'function')
    checkers.CheckArgumentNullOrElementNull = (_type: Foreign, list: Foreign) => list;
}

/** For each name the binder asks whether it stands in the body of a `.create function` command: such commands are refused before it is called. */
function noFunctionCommands(language: Foreign): void {
  const binder = language.Binding.Binder;
  if (typeof binder.GetCreateFunctionCommandName === 'function') binder.GetCreateFunctionCommandName = () => null;
}

/** A table's columns by name: for each operator of a pipe the library fills a dictionary of its own kind with all of them. */
function quickColumns(language: Foreign): void {
  const table = language.Symbols?.TableSymbol?.prototype;
  const { Matches$1: matches } = language.Symbols?.SymbolMatchExtensions ?? {};
  const full = table?.GetMembers$1;
  if (typeof full !== 'function' || typeof matches !== 'function') return;
  const known = new WeakMap<object, ReadonlyMap<string, Foreign>>();
  const columnsOf = (symbol: Foreign): ReadonlyMap<string, Foreign> => {
    const kept = known.get(symbol);
    if (kept) return kept;
    const columns = new Map<string, Foreign>();
    // Of two columns with one name the first is meant.
    for (let index = 0; index < lengthOf(symbol.Columns); index += 1) {
      const column = at(symbol.Columns, index);
      if (!columns.has(column.Name)) columns.set(column.Name, column);
    }
    known.set(symbol, columns);
    return columns;
  };
  table.GetMembers$1 = function (...given: readonly Foreign[]): void {
    const [name, match, symbols, ignoreCase = false] = given;
    if (name == null) return full.apply(this, given);
    const column = columnsOf(this).get(name);
    if (column !== undefined && matches(column, name, match, ignoreCase)) symbols.add(column);
  };
}

/** Applies them to a library that has just been loaded. */
export function speedUp(language: Foreign): void {
  rememberOperators(language);
  trustOwnLists(language);
  noFunctionCommands(language);
  quickColumns(language);
}
