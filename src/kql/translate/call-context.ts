import type { KqlType } from '../schema';
import type { SyntaxNode } from '../bind/syntax-node';

import { constantOf } from './literal';
import type { EmitContext } from './emit-context';
import type { ConstantValue, Expression } from './expression';
import type { Scope } from './translation';

const repeatable = /^(?:"(?:[^"]|"")*"|[\w.]+|'[^']{0,40}'|\d+::BIGINT|\(-\d+\)::BIGINT)$/;

/** Evaluates SQL once through a lambda over a list of one, unless it is as short as its name would be. */
export function onceAll(sqls: readonly string[], use: (names: readonly string[]) => string, fresh: (prefix: string) => string): string {
  const names = sqls.map((sql) => (repeatable.test(sql) ? sql : fresh('v')));
  const body = use(names);
  return sqls.reduceRight(
    (inner, sql, index) => (names[index] === sql ? inner : `list_transform([${sql}], lambda ${names[index]}: ${inner})[1]`),
    body,
  );
}

const parsed: Readonly<Record<KqlType, (text: string) => ConstantValue>> = {
  bool: (text) => text === 'true',
  int: BigInt,
  long: BigInt,
  real: (text) => (/^-?(inf|nan)/i.test(text) ? Number(text.replace(/inf$/i, 'Infinity').replace(/nan/i, 'NaN')) : Number(text)),
  decimal: (text) => text,
  string: (text) => text,
  datetime: BigInt,
  timespan: BigInt,
  guid: (text) => text,
  dynamic: (text) => text,
};

/** The one value that a helper query over `from` gives, as a constant. Null values travel as an empty list. */
export function settledValue({ sql, type, from = '' }: { sql: string; type: KqlType; from?: string }, scope: Scope): Expression {
  const body = `SELECT CAST(v AS VARCHAR) AS v FROM (SELECT ${sql} AS v${from ? ` FROM ${from}` : ''}) WHERE v IS NOT NULL LIMIT 1`;
  const [text] = scope.translation.ask(body);
  const expression = constantOf(text === undefined ? null : parsed[type](text), type);
  return type === 'dynamic' ? { ...expression, ...listOf(text) } : expression;
}

/** The elements of a JSON list of scalars, when it is one. */
export function listOf(json: string | undefined): Pick<Expression, 'list'> {
  const value = ((): unknown => {
    try {
      return JSON.parse(json ?? 'null');
    } catch {
      return null;
    }
  })();
  if (!Array.isArray(value)) return {};
  const elements = value.map(elementOf);
  return elements.every((element) => element !== undefined) ? { list: elements } : {};
}

function elementOf(value: unknown): { value: ConstantValue; type: KqlType } | undefined {
  if (typeof value === 'string') return { value, type: 'string' };
  if (typeof value === 'boolean') return { value, type: 'bool' };
  if (typeof value === 'number')
    return Number.isSafeInteger(value)
      ? { value: BigInt(value), type: 'long' }
      : Number.isInteger(value)
        ? undefined
        : { value, type: 'real' };
  return value === null ? { value: null, type: 'dynamic' } : undefined;
}

/** What a function row sees of the translation. */
export function callContext(node: SyntaxNode, bound: KqlType, scope: Scope): EmitContext {
  const { translation, environment } = scope;
  const span = translation.spanOf(node, environment);
  return {
    nowTicks: translation.nowTicks,
    bound,
    span,
    fewRows: translation.tables.size === 0,
    refuse: (message, hint) =>
      translation.refuse('construct-unsupported', { what: message, ...(hint ? { hint } : {}) }, { node, environment }),
    once: (sql, use) => onceAll([sql], ([name]) => use(name ?? sql), translation.fresh),
    onceAll: (sqls, use) => onceAll(sqls, use, translation.fresh),
    settle: (expression) => {
      if (expression.constant) return expression;
      if (/"(?!_)/.test(expression.sql.replace(/'(?:[^']|'')*'/g, '')) && scope.row) {
        return translation.refuse('not-constant', { what: `${node.text.slice(0, 60)}: an argument` }, { node, environment });
      }
      return settledValue(expression, scope);
    },
  };
}
