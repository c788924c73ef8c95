/**
 * The only file that touches the official language service, a Bridge.NET build with overload-suffixed names ($ctor2, ...): the package is
 * pinned exactly. It goes in as a schema and a query text and comes out as a tree of SyntaxNode and a list of findings.
 */
import type { Column, KqlType, Schema, Table } from '../schema';
import type { BoundSymbol, BoundType, DeclaredParameter, SyntaxNode } from './syntax-node';
import { speedUp } from './binder-speed';
import { huntingFunctions } from './hunting-functions.data';

/* eslint-disable @typescript-eslint/no-explicit-any -- the library's own declarations are 34,000 lines for a handful of members */
type Foreign = any;

export interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly start: number;
  readonly length: number;
}

export interface BoundQuery {
  readonly root: SyntaxNode;
  readonly resultType: BoundType | undefined;
  readonly kind: string;
  readonly findings: readonly Finding[];
}

interface Library {
  readonly language: Foreign;
  readonly symbols: Foreign;
  readonly syntaxKinds: ReadonlyMap<number, string>;
  readonly symbolKinds: ReadonlyMap<number, string>;
  readonly base: Foreign;
}

let library: Library | undefined;
/** The library's state for a schema, with a cache of its own that grows with the queries bound. */
interface KeptState {
  readonly bare: Foreign;
  cached: Foreign;
  uses: number;
}

const states = new Map<string, KeptState>();
/** Queries after which a state's cache is begun anew. */
const cacheLife = 256;

const enumNames = (values: Foreign): Map<number, string> =>
  new Map(Object.entries(values).flatMap(([name, value]) => (typeof value === 'number' ? [[value, name] as const] : [])));

/** Loads the language service once (0.3 s); throws when the package is not the pinned one. */
function load(): Library {
  if (library) return library;
  /* eslint-disable @typescript-eslint/no-require-imports -- two scripts that assign globals, in this order */
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const language = (globalThis as Foreign).Kusto.Language;
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

function items(list: Foreign): Foreign[] {
  if (list == null) return [];
  if (Array.isArray(list)) return list;
  if (typeof list.getItem === 'function' && list.Count !== undefined) {
    return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
  }
  const found: Foreign[] = [];
  for (const walker = (globalThis as Foreign).Bridge.getEnumerator(list); walker.moveNext();) found.push(walker.Current);
  return found;
}

const scalarTypes: Readonly<Record<KqlType, string>> = {
  bool: 'Bool',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  decimal: 'Decimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
};

const tableSymbols = new WeakMap<Table, Foreign>();

/** Built from its columns: the library would take ten times as long to read them from the text of a schema. */
function tableSymbol(table: Table): Foreign {
  const known = tableSymbols.get(table);
  if (known) return known;
  const { symbols } = load();
  const columns = table.columns.map(({ name, type }) => new symbols.ColumnSymbol.ctor(name, symbols.ScalarTypes[scalarTypes[type]]));
  const made = new symbols.TableSymbol.$ctor4(table.name, columns);
  tableSymbols.set(table, made);
  return made;
}

/** The library's state for a schema, kept, a few at a time. */
function stateOf(schema: Schema): Foreign {
  const known = states.get(schema.id) ?? keepState(schema);
  known.uses += 1;
  if (known.uses % cacheLife === 0) known.cached = known.bare.WithCache();
  return known.cached;
}

function keepState(schema: Schema): KeptState {
  const { language, symbols } = load();
  const functions = huntingFunctions.map(
    (row) => new symbols.FunctionSymbol.$ctor16(row.name, row.parameters, (schema.wideFunctions && row.wideBody) || row.body, row.about),
  );
  const members = [...schema.tables.map(tableSymbol), ...functions];
  const state = language.GlobalState.Default.WithDatabase(new symbols.DatabaseSymbol.$ctor2('hunting', null, members));
  // What the library would otherwise add to a copy of the state, and with it of all its look-up tables, for each query.
  const bare = state.WithParseOptions(state.ParseOptions.WithAlwaysProduceEndTokens(true));
  const kept: KeptState = { bare, cached: bare.WithCache(), uses: 0 };
  if (states.size >= 16) states.delete([...states.keys()][0] as string);
  states.set(schema.id, kept);
  return kept;
}

const kqlTypes = new Set<string>(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic']);

/** Bag, array and other refined dynamics are plain dynamic to us; null and unknown count as dynamic as well. */
export const scalarName = (name: string): KqlType => (kqlTypes.has(name) ? (name as KqlType) : 'dynamic');

const columnsOf = (type: Foreign): Column[] =>
  items(type.Columns).map((column) => ({ name: String(column.Name), type: scalarName(column.Type.Name) }));

function boundType(type: Foreign): BoundType | undefined {
  if (type == null) return undefined;
  const kind = load().symbolKinds.get(type.Kind) ?? '';
  if (kind === 'Table') return { kind: 'table', columns: columnsOf(type), open: Boolean(type.IsOpen) };
  if (kind === 'Tuple') return { kind: 'tuple', columns: columnsOf(type) };
  if (kind === 'Primitive' || kind === 'Bag' || kind === 'Array') return { kind: 'scalar', type: scalarName(type.Name) };
  return { kind: 'other', name: kind };
}

function originOf(symbol: Foreign): BoundSymbol['origin'] {
  const { base } = load();
  if (base.IsAggregateFunction(symbol)) return 'aggregate';
  if (base.GetPlugIn(symbol.Name) === symbol) return 'plugin';
  return base.IsBuiltInFunction(symbol) ? 'scalar' : 'declared';
}

function boundSymbol(symbol: Foreign): BoundSymbol | undefined {
  if (symbol == null) return undefined;
  const kind = load().symbolKinds.get(symbol.Kind) ?? '';
  const members = kind === 'Group' ? items(symbol.Members).map((member) => String(member.Name)) : [];
  return { kind, name: String(symbol.Name ?? ''), origin: kind === 'Function' ? originOf(symbol) : 'declared', members };
}

const wrapped = new WeakMap<object, SyntaxNode>();

function wrap(node: Foreign): SyntaxNode {
  const known = wrapped.get(node);
  if (known) return known;
  const made = new Wrapped(node);
  wrapped.set(node, made);
  return made;
}

const unwrapList = (list: Foreign): SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let index = 0; index < (list?.ChildCount ?? 0); index += 1) {
    const child = list.GetChild(index);
    if (child) found.push(wrap(child.Element ?? child));
  }
  return found;
};

class Wrapped implements SyntaxNode {
  readonly kind: string;
  readonly #node: Foreign;
  #type: BoundType | undefined | null = null;
  #symbol: BoundSymbol | undefined | null = null;

  constructor(node: Foreign) {
    this.#node = node;
    this.kind = load().syntaxKinds.get(node.Kind) ?? String(node.Kind);
  }
  get start(): number {
    return this.#node.TextStart;
  }
  get end(): number {
    return this.#node.End;
  }
  get text(): string {
    return String(this.#node.toString()).trim();
  }
  get isToken(): boolean {
    return Boolean(this.#node.IsToken);
  }
  get type(): BoundType | undefined {
    return this.#type === null ? (this.#type = boundType(this.#node.ResultType)) : this.#type;
  }
  get symbol(): BoundSymbol | undefined {
    return this.#symbol === null ? (this.#symbol = boundSymbol(this.#node.ReferencedSymbol)) : this.#symbol;
  }
  get name(): string {
    const node = this.#node;
    if (typeof node.SimpleName === 'string') return node.SimpleName;
    return typeof node.Name?.SimpleName === 'string' ? node.Name.SimpleName : '';
  }
  get impliedName(): string | undefined {
    const name: unknown = load().language.Binding.Binder.GetExpressionResultName(this.#node, null, null);
    return typeof name === 'string' && name !== '' ? name : undefined;
  }
  get raw(): string {
    const value = this.#node.LiteralValueInfo;
    if (this.kind.endsWith('StringLiteralExpression')) return String(value?.Value ?? this.#node.LiteralValue ?? '');
    return String(value?.RawText ?? this.text);
  }
  get children(): readonly SyntaxNode[] {
    return this.isToken ? [] : unwrapList(this.#node);
  }
  part(name: string): SyntaxNode | undefined {
    const found = this.#node[name];
    return found == null ? undefined : wrap(found);
  }
  need(name: string): SyntaxNode {
    const found = this.part(name);
    if (!found) throw new Error(`A ${this.kind} has no ${name}.`);
    return found;
  }
  list(name: string): readonly SyntaxNode[] {
    return unwrapList(this.#node[name]);
  }
  get parameterTypes(): readonly (KqlType | undefined)[] {
    const { DynamicArray, DynamicBag } = load().language.Symbols.ParameterTypeKind;
    return items(this.#node.ReferencedSignature?.Parameters).map((parameter) => {
      if (parameter.TypeKind === DynamicArray || parameter.TypeKind === DynamicBag) return 'dynamic';
      const stated = items(parameter.DeclaredTypes).map((type) => String(type.Name));
      return stated.length === 1 && kqlTypes.has(stated[0] as string) ? (stated[0] as KqlType) : undefined;
    });
  }
  expansion(): { body: SyntaxNode; parameters: DeclaredParameter[] } | undefined {
    const body = this.#node.GetExpansion?.();
    if (!body) return undefined;
    return { body: wrap(body.Root ?? body), parameters: items(this.#node.ReferencedSignature?.Parameters).map(declared) };
  }
}

function declared(parameter: Foreign): DeclaredParameter {
  const type = items(parameter.DeclaredTypes)[0];
  const bound = boundType(type);
  return {
    name: String(parameter.Name),
    tabular: bound?.kind === 'table',
    type: bound?.kind === 'scalar' ? bound.type : 'dynamic',
    columns: bound?.kind === 'table' ? bound.columns : [],
    fallback: parameter.DefaultValue ? wrap(parameter.DefaultValue) : undefined,
  };
}

/** The latest trees: a query is bound again when it is translated after it was analysed, and once for each round of questions. */
const latest = new Map<string, BoundQuery>();
const keptTrees = 4;

function bound(text: string, schema: Schema): BoundQuery {
  const code = load().language.KustoCode.ParseAndAnalyze(text, stateOf(schema));
  const findings = items(code.GetDiagnostics()).map((finding: Foreign) => ({
    code: String(finding.Code),
    severity: String(finding.Severity),
    message: String(finding.Message),
    start: Number(finding.Start),
    length: Number(finding.Length),
  }));
  return { root: wrap(code.Syntax), resultType: boundType(code.ResultType), kind: String(code.Kind), findings };
}

/**
 * Parses and binds a query against a schema. Undefined where the library itself fails on the text: a symbol that is called
 * `hasOwnProperty` breaks its tables. Its error is of no use to anybody, and prints the 4 MB source line it stands on.
 */
export function bindQuery(text: string, schema: Schema): BoundQuery | undefined {
  const key = `${schema.id}\n${text}`;
  const known = latest.get(key);
  if (known) return known;
  try {
    const made = bound(text, schema);
    if (latest.size >= keptTrees) latest.delete([...latest.keys()][0] as string);
    latest.set(key, made);
    return made;
  } catch {
    return undefined;
  }
}
