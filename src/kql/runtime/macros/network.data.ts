const octet = '(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})';
const address = `${octet}([.]${octet}){3}`;
const privateAddress = '(10[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|192[.]168[.])';

/**
 * IPv4 addresses as logs write them take the fast way; those with a prefix or blanks are read by the runtime function, and what holds a
 * colon (IPv6) or nothing is none.
 */
export const networkMacros: readonly string[] = [
  `CREATE MACRO kql_parse_ipv4(s) AS CASE
    WHEN regexp_full_match(s, '${address}')
    THEN split_part(s, '.', 1)::BIGINT * 16777216 + split_part(s, '.', 2)::BIGINT * 65536 + split_part(s, '.', 3)::BIGINT * 256 + split_part(s, '.', 4)::BIGINT
    WHEN s = '' OR contains(s, ':') THEN NULL
    ELSE kql_js_parse_ipv4(s) END`,
  `CREATE MACRO kql_ipv4_is_private(s) AS CASE
    WHEN regexp_full_match(s, '${address}') THEN regexp_matches(s, '^${privateAddress}')
    WHEN s = '' OR contains(s, ':') THEN NULL
    ELSE kql_js_ipv4_is_private(s) END`,
  // The network and the size of the range are known while translating.
  `CREATE MACRO kql_ipv4_is_in_network(s, network, mask, range) AS CASE
    WHEN contains(s, '/') THEN kql_js_ipv4_is_in_range(s, range)
    ELSE (kql_parse_ipv4(s) & mask) = network END`,
];
