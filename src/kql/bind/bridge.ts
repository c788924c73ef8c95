/** What the official language service knows of a query: a schema and a text go in, a tree of SyntaxNode and a list of findings come out. */
import type { Column, KqlType, Schema } from '../schema';
import type { BoundSymbol, BoundType, DeclaredParameter, SyntaxNode } from './syntax-node';
import { items, load, type Foreign } from './language-service';
import { isKqlType, stateOf } from './schema-state';

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

/** Bag, array and other refined dynamics are plain dynamic to us; null and unknown count as dynamic as well. */
export const scalarName = (name: string): KqlType => (isKqlType(name) ? name : 'dynamic');

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

/** What is directly below a node or in a list of them, separators dropped; tokens only on request: a tree is half made of them. */
const below = (parent: Foreign, tokens: boolean): SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let index = 0; index < (parent?.ChildCount ?? 0); index += 1) {
    const child = parent.GetChild(index);
    const element = child?.Element ?? child;
    if (element && (tokens || !element.IsToken)) found.push(wrap(element));
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
    return below(this.#node, false);
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
    return below(this.#node[name], true);
  }
  get parameterTypes(): readonly (KqlType | undefined)[] {
    const { DynamicArray, DynamicBag } = load().language.Symbols.ParameterTypeKind;
    return items(this.#node.ReferencedSignature?.Parameters).map((parameter) => {
      if (parameter.TypeKind === DynamicArray || parameter.TypeKind === DynamicBag) return 'dynamic';
      const stated = items(parameter.DeclaredTypes).map((type) => String(type.Name));
      const [only] = stated;
      return stated.length === 1 && only !== undefined && isKqlType(only) ? only : undefined;
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
