import type { SyntaxNode } from '../bind/syntax-node';
import { scalarTypeNamed } from '../bind/type-names';
import { textOf } from '../functions/coerce';
import type { KqlType } from '../schema';
import { converted } from '../translate/conversion';
import { sqlString } from '../translate/literal';
import type { Relation } from '../translate/relation';
import { exact, type OperatorContext, type OperatorRow } from './operator-row';

interface Key {
  readonly name: string;
  readonly type: KqlType;
}

/** How the pairs are found: SQL that gives them, and SQL that reads a key's value out of them. */
interface Reading {
  readonly pairs: string;
  readonly value: (pairs: string, key: Key) => string;
}

/** The options by name; quote and escape may be given several times. */
function optionsOf(node: SyntaxNode, { translation, scope }: OperatorContext): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const property of node.part('WithClause')?.list('Properties') ?? []) {
    const name = property.name.toLowerCase();
    const value = translation.scalar(property.need('Expression'), scope).constant?.value;
    found.set(name, [...(found.get(name) ?? []), String(value ?? '')]);
  }
  return found;
}

/** A pattern of two groups: the first match whose first group is the key gives its second. */
function byPattern(text: string, pattern: string): Reading {
  const groups = [1, 2].map((group) => `regexp_extract_all(${text}, ${sqlString(pattern)}, ${group})`);
  return {
    pairs: `{'keys': list_transform(${groups[0]}, x -> trim(x)), 'found': ${groups[1]}}`,
    value: (pairs, key) => `trim(${pairs}.found[list_position(${pairs}.keys, ${sqlString(key.name)})])`,
  };
}

/** Delimiters, or none: then whatever is no letter or digit parts keys and values, and only the listed keys count. */
function byDelimiters(text: string, keys: readonly Key[], options: ReadonlyMap<string, readonly string[]>): Reading {
  const settings = {
    pair: options.get('pair_delimiter')?.[0] ?? '',
    keyValue: options.get('kv_delimiter')?.[0] ?? '',
    quotes: options.get('quote') ?? [],
    escapes: options.get('escape') ?? [],
    greedy: options.get('greedy')?.[0] === 'true',
    keys: keys.map((key) => key.name),
  };
  return {
    pairs: `CAST(kql_js_parse_kv(${text}, ${sqlString(JSON.stringify(settings))}) AS JSON)`,
    value: (pairs, key) => `json_extract_string(${pairs}, ${sqlString(`$."${key.name}"`)})`,
  };
}

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input, scope } = context;
  const text = textOf(translation.scalar(node.need('Expression'), scope));
  const options = optionsOf(node, context);
  const columns = node.need('Keys').list('Columns');
  const keys = columns.map((column): Key => ({ name: column.name, type: scalarTypeNamed(column.need('Type').text) }));
  if (options.has('pair_delimiter') !== options.has('kv_delimiter'))
    return translation.refuse(
      'construct-unsupported',
      { what: 'parse-kv with one delimiter of two is not supported by this engine.' },
      { node, environment },
    );
  const pattern = options.get('regex')?.[0];
  const reading = pattern === undefined ? byDelimiters(text, keys, options) : byPattern(text, pattern);
  const pairs = translation.fresh('kv');
  const rows = translation.step(`SELECT *, ${reading.pairs} AS ${pairs} FROM ${input.from}`, input.columns, { partition: input.partition });
  const kept = input.columns.filter((column) => !keys.some((key) => key.name === column.name));
  const values = keys.map((key) => {
    const value = { sql: `coalesce(${reading.value(pairs, key)}, '')`, type: 'string' as const };
    return { ...key, expression: converted(value, key.type).sql };
  });
  const list = [...kept.map((column) => ({ name: column.name, type: column.type, expression: column.sql })), ...values];
  return translation.select(list, rows, { ordered: input.ordered });
}

/** T | parse-kv e as (name:type, ...) with (...) (R-34): keys by delimiters or by a pattern; the first value of a key counts. */
export const parseKv: OperatorRow = { name: 'parse-kv', rule: 'R-34', support: exact, emit };
