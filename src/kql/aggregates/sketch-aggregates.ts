import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import { castTo, constantNumber } from '../functions/coerce';
import { hashSql } from '../functions/encoding-functions';
import { kept } from '../functions/sketch-functions';
import type { AggregateRow } from './aggregate-row';
import { aggregate, aliases, gives, where, type EmitAggregate } from './define';

const dynamic = { rule: 'R-51', returns: gives('dynamic'), support: kept };

const numeric = (value: Expression, context: EmitContext): string =>
  value.type === 'datetime' || value.type === 'timespan'
    ? context.refuse('tdigest() over times is not supported.', 'Use percentiles() over the rows.')
    : castTo(value, value.type === 'int' || value.type === 'long' ? 'long' : 'real');

const tdigest: EmitAggregate = ([value, weight], context) => {
  const sql = numeric(value as Expression, context);
  const pair = `json_array(${sql}, ${weight ? castTo(weight, 'long') : '1'})`;
  return `CAST(kql_js_tdigest(CAST(coalesce(to_json(list(${pair})${where(`${sql} IS NOT NULL`)}), '[]'::JSON) AS VARCHAR)) AS JSON)`;
};

const merge =
  (name: string): EmitAggregate =>
  ([value]) =>
    `CAST(${name}(CAST(to_json(list(${value?.sql})${where(`${value?.sql} IS NOT NULL`)}) AS VARCHAR)) AS JSON)`;

/** Registers of a sketch as powers of two, by the accuracy argument. */
const precisions = [12, 14, 16, 17, 18];

function hll(value: Expression, predicate: string | undefined, accuracy: Expression | undefined): string {
  const present = where(predicate, value.type === 'string' ? undefined : `${value.sql} IS NOT NULL`);
  const hashes = `coalesce(to_json(list(DISTINCT CAST(${hashSql(value)} AS VARCHAR))${present}), '[]'::JSON)`;
  return `json_array(json_array(1024, ${precisions[constantNumber(accuracy) ?? 1] ?? 14}), ${hashes}, json_array())`;
}

/** Digests and sketches that later steps merge and ask (R-51). */
export const sketchAggregates: readonly AggregateRow[] = [
  aggregate('tdigest', tdigest, dynamic),
  ...aliases(aggregate('tdigest_merge', merge('kql_js_tdigest_merge'), dynamic), 'merge_tdigest'),
  aggregate('hll', ([value, accuracy]) => hll(value as Expression, undefined, accuracy), dynamic),
  aggregate(
    'hll_if',
    ([value, predicate, accuracy]) => hll(value as Expression, predicate && castTo(predicate, 'bool'), accuracy),
    dynamic,
  ),
  aggregate('hll_merge', merge('kql_js_hll_merge'), dynamic),
];
