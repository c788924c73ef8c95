import { network, parseIpv4 } from '../runtime/network/ipv4';
import { constantOf, sqlString } from '../translate/literal';
import { castTo, constantString, textOf } from './coerce';
import { at, call, dynamicCall, gives, limited, macro, packed, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const bool = { returns: gives('bool') };
const long = { returns: gives('long') };
const string = { returns: gives('string') };

const compared =
  (name: string, whole: number, equal: boolean): Emit =>
  (args) => {
    const order = `${name}(${textOf(at(args, 0))}, ${textOf(at(args, 1))}, ${args[2]?.sql ?? whole})`;
    return equal ? `(${order} = 0)` : order;
  };

/** The first argument against all others, arrays opened. */
const anyOf =
  (name: string): Emit =>
  (args) =>
    `${name}(${textOf(at(args, 0))}, ${packed(args.slice(1))})`;

const formatted =
  (suffix: boolean): Emit =>
  (args) =>
    `coalesce(kql_js_format_ipv4(${textOf(at(args, 0))}, ${args[1]?.sql ?? '32'}, ${suffix}), '')`;

/** A constant range is read once, while translating. */
const inRange: Emit = (args, context) => {
  const range = constantString(args[1]);
  const parsed = range === undefined ? null : parseIpv4(range);
  if (range === undefined || parsed === null) return call('kql_js_ipv4_is_in_range', 'string')(args, context);
  const mask = 2 ** 32 - 2 ** (32 - parsed.prefix);
  return context.once(
    textOf(at(args, 0)),
    (ip) => `(kql_ipv4_is_in_network(${ip}, ${network(parsed.address, parsed.prefix)}, ${mask}, ${sqlString(range)}))`,
  );
};

const geoInfo: Emit = () => constantOf(null, 'dynamic');

/** Addresses and networks: what is no address is null. */
export const networkFunctionRows: readonly FunctionRow[] = [
  row('parse_ipv4', 'R-52', macro('kql_parse_ipv4', 'string'), long),
  row('parse_ipv4_mask', 'R-52', call('kql_js_parse_ipv4_mask', 'string', 'long'), long),
  row('ipv4_compare', 'R-52', compared('kql_js_ipv4_compare', 32, false), long),
  row('ipv4_is_match', 'R-52', compared('kql_js_ipv4_compare', 32, true), bool),
  row('ipv4_is_in_range', 'R-52', inRange, bool),
  row('ipv4_is_in_any_range', 'R-52', anyOf('kql_js_ipv4_is_in_any_range'), bool),
  row('ipv4_is_private', 'R-52', macro('kql_ipv4_is_private', 'string'), bool),
  row('ipv4_netmask_suffix', 'R-52', call('kql_js_ipv4_netmask_suffix', 'string'), long),
  row('ipv4_range_to_cidr_list', 'R-52', dynamicCall('kql_js_ipv4_range_to_cidrs', 'string'), { returns: gives('dynamic') }),
  row('format_ipv4', 'R-52', formatted(false), string),
  row('format_ipv4_mask', 'R-52', formatted(true), string),
  ...['has_ipv4', 'has_any_ipv4'].map((name) => row(name, 'R-52', anyOf('kql_js_has_any_ipv4'), bool)),
  ...['has_ipv4_prefix', 'has_any_ipv4_prefix'].map((name) => row(name, 'R-52', anyOf('kql_js_has_any_ipv4_prefix'), bool)),
  row('parse_ipv6', 'R-52', call('kql_js_parse_ipv6', 'string'), string),
  row(
    'parse_ipv6_mask',
    'R-52',
    (args) => `coalesce(kql_js_parse_ipv6_mask(${textOf(at(args, 0))}, ${castTo(at(args, 1), 'long')}), '')`,
    string,
  ),
  row('ipv6_compare', 'R-52', compared('kql_js_ipv6_compare', 128, false), long),
  row('ipv6_is_match', 'R-52', compared('kql_js_ipv6_compare', 128, true), bool),
  row('ipv6_is_in_range', 'R-52', call('kql_js_ipv6_is_in_range', 'string'), bool),
  row('ipv6_is_in_any_range', 'R-52', anyOf('kql_js_ipv6_is_in_any_range'), bool),
  row('geo_info_from_ip_address', 'R-52', geoInfo, {
    returns: gives('dynamic'),
    support: limited('There is no location database here: the answer is always null, with a warning.'),
  }),
];
