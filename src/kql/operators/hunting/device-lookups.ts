import type { SyntaxNode } from '../../bind/syntax-node';
import type { Environment } from '../../translate/environment';
import { columnOf } from '../../translate/names';
import type { Relation } from '../../translate/relation';
import type { Translation } from '../../translate/translation';
import { sqlConstant } from '../../translate/literal';
import { boundColumns, type OperatorContext } from '../operator-row';
import { backingTable } from './backing-table';
import { namedColumn } from './file-profile';

/** The moment that is asked about, as a condition on the reports; none means the newest. */
function before(argument: SyntaxNode | undefined, translation: Translation, environment: Environment): string {
  const moment = argument && translation.scalar(argument, { translation, environment });
  return moment && moment.constant?.value !== null ? `"Timestamp" <= ${moment.sql}` : 'true';
}

/** T | invoke DeviceFromIP([moment]): for each row's IP the device that reported it last. */
export function deviceFromIp(call: SyntaxNode, _node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input } = context;
  const addresses = backingTable('_DeviceAddresses', translation);
  const address = columnOf(input, 'IP');
  if (!address) return translation.refuse('name-unresolved', { name: 'IP' }, { node: call, environment });
  const known = `SELECT "IPAddress", arg_max("DeviceId", "Timestamp") AS "DeviceId" FROM ${addresses.from} WHERE ${before(call.need('ArgumentList').list('Expressions')[0], translation, environment)} GROUP BY 1`;
  return translation.select(
    [
      { name: 'IP', type: 'string', expression: `_l.${address.sql}` },
      { name: 'DeviceId', type: 'string', expression: `coalesce(_r."DeviceId", '')` },
    ],
    `${input.from} AS _l LEFT JOIN (${known}) AS _r ON _l.${address.sql} = _r."IPAddress"`,
  );
}

/** AssignedIPAddresses(device [, moment]): the addresses in the device's newest report. */
export function assignedIpAddresses(node: SyntaxNode, translation: Translation, environment: Environment): Relation {
  const [device, moment] = node.need('ArgumentList').list('Expressions');
  const addresses = backingTable('_DeviceAddresses', translation);
  const wanted = device ? translation.scalar(device, { translation, environment }).sql : sqlConstant('', 'string');
  const test = `("DeviceId" = ${wanted} OR lower("DeviceName") = lower(${wanted})) AND ${before(moment, translation, environment)}`;
  const shown = addresses.columns.filter((column) => column.name !== 'DeviceId' && column.name !== 'DeviceName');
  const list = shown.map((column) => column.sql).join(', ');
  return translation.step(`SELECT ${list} FROM ${addresses.from} WHERE ${test} QUALIFY rank() OVER (ORDER BY "Timestamp" DESC) = 1`, shown);
}

/** The wider shape: each device's row, with the onboarded devices that noticed it as an array of bags. */
function withSightings({ column, sightings }: { column: string; sightings: Relation }, { translation, input }: OperatorContext): Relation {
  const lists = `SELECT "DeviceId" AS _d, list(DISTINCT "SeenBy") AS _s FROM ${sightings.from} GROUP BY 1`;
  const bags = `CAST(to_json(list_transform(list_sort(_r._s), lambda _x: json_object('DeviceId', _x))) AS JSON)`;
  const kept = input.columns
    .filter(({ name }) => name !== 'SeenBy')
    .map(({ name, type, sql }) => ({ name, type, expression: `_l.${sql}` }));
  return translation.select(
    [...kept, { name: 'SeenBy', type: 'dynamic', expression: bags }],
    { from: `${input.from} AS _l LEFT JOIN (${lists}) AS _r ON _l.${column} = _r._d`, partition: input.partition },
    { ordered: false },
  );
}

/** T | invoke SeenBy([column]): the onboarded devices that noticed the devices of the rows. */
export function seenBy(call: SyntaxNode, node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input } = context;
  const name = namedColumn(call.need('ArgumentList').list('Expressions')[0], 'DeviceId', context);
  const column = columnOf(input, name);
  if (!column) return translation.refuse('name-unresolved', { name }, { node: call, environment });
  const sightings = backingTable('_DeviceSightings', translation);
  const wide = boundColumns(node).find((bound) => bound.name === 'SeenBy');
  if (wide) return withSightings({ column: column.sql, sightings }, context);
  return translation.select([{ name: 'DeviceId', type: 'string', expression: '"SeenBy"' }], sightings.from, {
    distinct: true,
    tail: `WHERE "DeviceId" IN (SELECT ${column.sql} FROM ${input.from})`,
  });
}
