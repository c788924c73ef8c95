import type { SyntaxNode } from '../bind/syntax-node';
import type { Expression } from './expression';
import { sqlString } from './literal';
import type { Scope } from './translation';
import { listOf } from './call-context';
import { constantOf } from './literal';

/** A key as a step of a JSON path of DuckDB; undefined for the few keys that such a path cannot spell. */
const keyStep = (key: string): string | undefined => (/["\\]/.test(key) || key === '*' ? undefined : `."${key}"`);

/** What a path is read from. A text that is no JSON would be an error there; parse_json() makes a string of it, which has no members. */
const rootOf = ({ path, parsed, sql }: Expression): string =>
  path?.base ?? (parsed === undefined ? sql : `(CASE WHEN json_valid(${parsed}) THEN ${parsed} END)`);

function constantStep(base: Expression, step: string): Expression {
  const root = rootOf(base);
  const steps = `${base.path?.steps ?? '$'}${step}`;
  return { sql: `json_extract(${root}, ${sqlString(steps)})`, type: 'dynamic', path: { base: root, steps } };
}

function memberOf(value: object, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value.at(key) : undefined;
  return typeof key === 'string' && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** A member of a constant bag is known at once; a number is not taken from there, as its digits would suffer. */
function folded(base: Expression, key: string | number): Expression | undefined {
  if (typeof base.constant?.value !== 'string') return undefined;
  const value: unknown = JSON.parse(base.constant.value);
  const found = value !== null && typeof value === 'object' ? memberOf(value, key) : undefined;
  if (typeof found === 'number') return undefined;
  const text = found === undefined || found === null ? null : JSON.stringify(found);
  return { ...constantOf(text, 'dynamic'), ...listOf(text ?? undefined) };
}

function member(base: Expression, key: string): Expression {
  const text = base.members?.get(key);
  if (text !== undefined) return { sql: `to_json(${text})`, type: 'dynamic', text };
  const step = keyStep(key);
  if (step) return folded(base, key) ?? constantStep(base, step);
  return { sql: `json_extract(${base.sql}, ${sqlString(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`, type: 'dynamic' };
}

/** An element of an array that was a list of texts before it became JSON; lists count from 1, and from the end below 0. */
function listItem(items: string, index: bigint, split: Expression['split']): Expression {
  const sql = `${items}[${index < 0n ? index : index + 1n}]`;
  const cut = split && index >= 0n ? `split_part(${split.text}, ${split.separator}, ${index + 1n})` : undefined;
  return { sql: `to_json(${sql})`, type: 'dynamic', text: cut ?? `coalesce(${sql}, '')` };
}

function element(base: Expression, selector: Expression): Expression {
  const value = selector.constant?.value;
  if (typeof value === 'string') return selector.type === 'dynamic' ? computed(base, selector) : member(base, value);
  if (typeof value === 'bigint' && base.items !== undefined) return listItem(base.items, value, base.split);
  if (typeof value === 'bigint') return folded(base, Number(value)) ?? constantStep(base, value < 0n ? `[#${value}]` : `[${value}]`);
  return computed(base, selector);
}

/** A key that varies by row. A number picks an element (negative ones from the end), a text a member. */
function computed(base: Expression, selector: Expression): Expression {
  if (selector.type === 'string') {
    const pointer = `('/' || replace(replace(${selector.sql}, '~', '~0'), '/', '~1'))`;
    return { sql: `(CASE WHEN json_type(${base.sql}) = 'OBJECT' THEN json_extract(${base.sql}, ${pointer}) END)`, type: 'dynamic' };
  }
  if (selector.type === 'dynamic')
    return computed(base, { sql: `coalesce(json_extract_string(${selector.sql}, '$'), '')`, type: 'string' });
  return {
    sql: `(CASE WHEN json_type(${base.sql}) = 'ARRAY' THEN json_extract(${base.sql}, CAST(${selector.sql} AS BIGINT)) END)`,
    type: 'dynamic',
  };
}

/** a.b and a.["b c"] */
export function pathExpression(node: SyntaxNode, scope: Scope): Expression {
  const { translation, environment } = scope;
  const owner = node.need('Expression');
  const selector = node.need('Selector');
  const base = translation.scalar(owner, scope);
  if (base.type !== 'dynamic')
    return translation.refuse(
      'semantic-type',
      { what: `'${owner.text}' is ${base.type}: only dynamic values have members. Use parse_json().` },
      { node, environment },
    );
  if (selector.kind === 'NameReference' || selector.kind === 'BracketedName') return member(base, selector.name);
  return element(base, translation.scalar(bracketContent(selector), scope));
}

const bracketContent = (selector: SyntaxNode): SyntaxNode =>
  selector.kind === 'BracketedExpression' ? selector.need('Expression') : selector;

/** a["b"], a[0], a[-1], a[x] */
export function elementExpression(node: SyntaxNode, scope: Scope): Expression {
  const { translation } = scope;
  const base = translation.scalar(node.need('Expression'), scope);
  return element(base, translation.scalar(bracketContent(node.need('Selector')), scope));
}
