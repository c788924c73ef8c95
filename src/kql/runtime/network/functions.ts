import { isArray, knownJson, plainText, writeJson } from '../json/exact-json';
import { strict, type RuntimeFunction } from '../runtime-function';
import {
  formatIpv4,
  hasIpv4,
  hasIpv4Prefix,
  ipv4Compare,
  ipv4InRange,
  ipv4IsPrivate,
  ipv4Number,
  ipv4RangeToCidrs,
  parseIpv4,
} from './ipv4';
import { ipv6Compare, ipv6InRange, ipv6Text } from './ipv6';

const text = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;
const number1 = { takes: ['VARCHAR'], gives: 'BIGINT' } as const;
const number2 = { takes: ['VARCHAR', 'BIGINT'], gives: 'BIGINT' } as const;
const compare = { takes: ['VARCHAR', 'VARCHAR', 'BIGINT'], gives: 'BIGINT' } as const;
const bool1 = { takes: ['VARCHAR'], gives: 'BOOLEAN' } as const;
const bool2 = { takes: ['VARCHAR', 'VARCHAR'], gives: 'BOOLEAN' } as const;

const big = (value: number | null): bigint | null => (value === null ? null : BigInt(value));

/** The texts among any number of arguments, which arrive as one JSON array; arrays among them are opened. */
const flat = (json: string): readonly string[] => {
  const value = knownJson(json);
  return isArray(value) ? value.flatMap((item) => (isArray(item) ? item.map(plainText) : [plainText(item)])) : [];
};

/** True when one range holds the address, null when neither the address nor a range can be read. */
function inAny(ip: string, ranges: readonly string[], inRange: (ip: string, range: string) => boolean | null): boolean | null {
  const answers = ranges.map((range) => inRange(ip, range)).filter((answer) => answer !== null);
  return answers.length === 0 ? null : answers.includes(true);
}

/** IP addresses. */
export const networkFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_parse_ipv4', number1, (ip) => big(ipv4Number(ip))),
  strict('kql_js_parse_ipv4_mask', number2, (ip, prefix) => big(ipv4Number(ip, Number(prefix)))),
  strict('kql_js_ipv4_netmask_suffix', number1, (ip) => big(parseIpv4(ip)?.prefix ?? null)),
  strict('kql_js_ipv4_compare', compare, (a, b, prefix) => big(ipv4Compare(a, b, Number(prefix)))),
  strict('kql_js_ipv4_is_in_range', bool2, ipv4InRange),
  strict('kql_js_ipv4_is_in_any_range', bool2, (ip, ranges) => inAny(ip, flat(ranges), ipv4InRange)),
  strict('kql_js_ipv4_is_private', bool1, ipv4IsPrivate),
  strict('kql_js_format_ipv4', { takes: ['VARCHAR', 'BIGINT', 'BOOLEAN'], gives: 'VARCHAR' }, (ip, prefix, suffix) =>
    formatIpv4(ip, Number(prefix), suffix),
  ),
  strict('kql_js_ipv4_range_to_cidrs', { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, (start, end) => {
    const blocks = ipv4RangeToCidrs(start, end);
    return blocks === null ? null : writeJson(blocks);
  }),
  strict('kql_js_has_any_ipv4', bool2, (source, ips) => flat(ips).some((ip) => hasIpv4(source, ip))),
  strict('kql_js_has_any_ipv4_prefix', bool2, (source, prefixes) => flat(prefixes).some((prefix) => hasIpv4Prefix(source, prefix))),
  strict('kql_js_parse_ipv6', text, (ip) => ipv6Text(ip, 128)),
  strict('kql_js_parse_ipv6_mask', { takes: ['VARCHAR', 'BIGINT'], gives: 'VARCHAR' }, (ip, prefix) => ipv6Text(ip, Number(prefix))),
  strict('kql_js_ipv6_compare', compare, (a, b, prefix) => big(ipv6Compare(a, b, Number(prefix)))),
  strict('kql_js_ipv6_is_in_range', bool2, ipv6InRange),
  strict('kql_js_ipv6_is_in_any_range', bool2, (ip, ranges) => inAny(ip, flat(ranges), ipv6InRange)),
];
