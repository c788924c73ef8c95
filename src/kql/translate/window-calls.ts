import type { SyntaxNode } from '../bind/syntax-node';
import { converted } from './conversion';
import type { Expression } from './expression';
import { constantOf } from './literal';
import type { Scope, WindowHost } from './translation';

interface Call {
  readonly args: readonly Expression[];
  readonly host: WindowHost;
  readonly refuse: (what: string) => never;
}

const constantBig = (expression: Expression | undefined, otherwise: bigint): bigint =>
  typeof expression?.constant?.value === 'bigint' ? expression.constant.value : otherwise;

/** A running count of restarts tells the stretches apart; a window then works within its stretch. */
function within(restart: Expression | undefined, host: WindowHost): string {
  const plain = host.partition === undefined ? '' : `PARTITION BY ${host.partition} ORDER BY ${host.position().sql} `;
  if (!restart || restart.constant?.value === false) return `${plain}ROWS UNBOUNDED PRECEDING`;
  const stretch = host.add(`sum(CASE WHEN ${restart.sql} THEN 1 ELSE 0 END) OVER (${plain}ROWS UNBOUNDED PRECEDING)`, 'long');
  const outer = host.partition === undefined ? '' : `${host.partition}, `;
  return `PARTITION BY ${outer}${stretch.sql} ORDER BY ${host.position().sql} ROWS UNBOUNDED PRECEDING`;
}

/** The window of the whole sub-table, in its order. */
const throughout = (host: WindowHost): string =>
  host.partition === undefined ? '' : `PARTITION BY ${host.partition} ORDER BY ${host.position().sql}`;

const neighbour =
  (name: 'lag' | 'lead') =>
  ({ args, host }: Call): Expression => {
    const [value, offset, otherwise] = args;
    const type = value?.type ?? 'dynamic';
    const fallback = otherwise ? converted(otherwise, type) : constantOf(null, type);
    return host.add(`${name}(${value?.sql}, ${constantBig(offset, 1n)}, ${fallback.sql}) OVER (${throughout(host)})`, type);
  };

function rowNumber({ args: [start, restart], host }: Call): Expression {
  const first = constantBig(start, 1n) - 1n;
  const number = host.add(`row_number() OVER (${within(restart, host)})`, 'long');
  return first === 0n ? number : { sql: `(${number.sql} + ${first})`, type: 'long' };
}

function cumulativeSum({ args: [term, restart], host, refuse }: Call): Expression {
  if (!term) return refuse('row_cumsum() needs a term.');
  const type = term.type === 'int' ? 'long' : term.type;
  const sum = `sum(coalesce(${term.sql}, 0)) OVER (${within(restart, host)})`;
  return host.add(type === 'real' ? sum : `CAST(${sum} AS ${type === 'decimal' ? 'DECIMAL(38,18)' : 'BIGINT'})`, type);
}

const rank =
  (dense: boolean) =>
  ({ args: [term, restart], host, refuse }: Call): Expression => {
    if (!term) return refuse('A row rank needs a term.');
    const before = host.add(`lag(${term.sql}) OVER (${throughout(host)})`, term.type);
    const changes = host.add(
      `sum(CASE WHEN ${term.sql} IS DISTINCT FROM ${before.sql} OR ${restart?.sql ?? 'false'} THEN 1 ELSE 0 END) OVER (${within(undefined, host)})`,
      'long',
    );
    const stretch = within(restart, host);
    const partition = /^PARTITION BY .*?(?= ORDER BY)/.exec(stretch)?.[0] ?? '';
    host.position();
    return host.add(`${dense ? 'dense_rank' : 'rank'}() OVER (${partition} ORDER BY ${changes.sql})`, 'long');
  };

/** row_window_session(value, from the first, between neighbours [, restart]): the value at which the row's session began. */
function windowSession({ args: [value, first, between, restart], host, refuse }: Call): Expression {
  if (!value || !first || !between) return refuse('row_window_session() needs a value and two distances.');
  const texts = [`coalesce(${value.sql}::VARCHAR, '')`, `CASE WHEN ${restart?.sql ?? 'false'} THEN 1 ELSE 0 END`];
  const fold = (position: string): string => {
    const [values, restarts] = texts.map((text) => `string_agg(${text}, ',' ORDER BY ${position})`);
    return `string_split(kql_js_session_starts(${values}, ${restarts}, any_value(${first.sql}), any_value(${between.sql})), ',')`;
  };
  const start = host.fold(fold, value.type);
  return { sql: `TRY_CAST(${start.sql} AS BIGINT)`, type: value.type };
}

const calls: Readonly<Record<string, (call: Call) => Expression>> = {
  prev: neighbour('lag'),
  next: neighbour('lead'),
  row_number: rowNumber,
  row_cumsum: cumulativeSum,
  row_rank_dense: rank(true),
  row_rank_min: rank(false),
  row_window_session: windowSession,
};

function windowCall(node: SyntaxNode, scope: Scope): Expression {
  const { translation, environment, windows, row } = scope;
  const refuse = (what: string): never => translation.refuse('construct-unsupported', { what }, { node, environment });
  if (!windows || !row) return refuse(`${node.name}() may stand in extend, project, where and serialize only.`);
  const args = node
    .need('ArgumentList')
    .list('Expressions')
    .map((argument) => translation.scalar(argument, scope));
  return (calls[node.name] as (call: Call) => Expression)({ args, host: windows, refuse });
}

/** Functions over neighbouring rows. */
export const windowCalls: Readonly<Record<string, (node: SyntaxNode, scope: Scope) => Expression>> = Object.fromEntries(
  Object.keys(calls).map((name) => [name, windowCall]),
);
