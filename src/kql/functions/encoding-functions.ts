import type { Expression } from '../translate/expression';
import { castTo, textOf } from './coerce';
import { aliases, at, call, dynamicCall, gives, limited, refused, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const string = { returns: gives('string') };
const dynamic = { returns: gives('dynamic') };

/** XXH64 of the value's own bytes: eight of a number or time, the UTF-8 of a text. */
export function hashSql(arg: Expression): string {
  if (arg.type === 'real') return `kql_js_hash_real(${arg.sql})`;
  if (arg.type === 'long' || arg.type === 'int' || arg.type === 'datetime' || arg.type === 'timespan')
    return `kql_js_hash_long(${arg.sql})`;
  return `kql_js_hash_text(${textOf(arg)})`;
}

/** A modulus gives a number from 0 up to it. */
const hash: Emit = (args, context) => {
  const value = hashSql(at(args, 0));
  const modulus = args[1];
  return modulus ? context.once(castTo(modulus, 'long'), (m) => `(((${value} % ${m}) + ${m}) % ${m})`) : value;
};

const digest =
  (name: string): Emit =>
  (args) =>
    `${name}(${textOf(at(args, 0))})`;

const hashed = limited(
  'As the engine for text, long, datetime and timespan; int, bool, guid and dynamic follow the same scheme without proof.',
);

/** Hashes, base64, compression and punycode. */
export const encodingFunctionRows: readonly FunctionRow[] = [
  ...aliases(row('hash', 'R-53', hash, { returns: gives('long'), support: hashed }), 'hash_xxhash64'),
  row('hash_sha256', 'R-53', digest('sha256'), string),
  row('hash_sha1', 'R-53', digest('sha1'), string),
  row('hash_md5', 'R-53', digest('md5'), string),
  refused('hash_combine', 'R-53', 'how the engine combines hashes is not published.', 'Hash the joined text: hash(strcat(a, "|", b)).'),
  refused('hash_many', 'R-53', 'how the engine combines hashes is not published.', 'Hash the joined text: hash(strcat(a, "|", b)).'),
  ...aliases(
    row('base64_encode_tostring', 'R-53', (args) => `base64(encode(${textOf(at(args, 0))}))`, string),
    'base64_encodestring',
  ),
  ...aliases(row('base64_decode_tostring', 'R-53', call('kql_js_base64_text', 'string'), string), 'base64_decodestring'),
  row('base64_decode_toarray', 'R-53', dynamicCall('kql_js_base64_array', 'string'), dynamic),
  row('base64_encode_fromarray', 'R-53', (args) => `coalesce(kql_js_base64_of_array(CAST(${at(args, 0).sql} AS VARCHAR)), '')`, string),
  row('base64_decode_toguid', 'R-53', call('kql_js_guid_of_base64', 'string'), { returns: gives('guid') }),
  row('base64_encode_fromguid', 'R-53', (args) => `coalesce(kql_js_base64_of_guid(${castTo(at(args, 0), 'guid')}), '')`, string),
  row('gzip_decompress_from_base64_string', 'R-53', call('kql_js_gunzip', 'string'), string),
  refused('gzip_compress_to_base64_string', 'R-53', 'its bytes depend on the compressor; the engine’s own is not published.'),
  row('zlib_decompress_from_base64_string', 'R-53', call('kql_js_unzlib', 'string'), string),
  refused('zlib_compress_to_base64_string', 'R-53', 'its bytes depend on the compressor; the engine’s own is not published.'),
  row('punycode_to_string', 'R-53', call('kql_js_punycode_decode', 'string'), string),
  row('punycode_from_string', 'R-53', call('kql_js_punycode_encode', 'string'), string),
  row('punycode_domain_from_string', 'R-53', call('kql_js_domain_decode', 'string'), string),
  row('punycode_domain_to_string', 'R-53', call('kql_js_domain_encode', 'string'), string),
];
