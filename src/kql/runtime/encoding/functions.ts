import { strict, type RuntimeFunction } from '../runtime-function';
import { base64Array, base64OfArray, base64OfGuid, base64Text, guidOfBase64, gunzipText, unzlibText } from './codecs';
import { domainDecode, domainEncode, punycodeDecode, punycodeEncode } from './punycode';
import { xxhash64 } from './xxhash';

const text = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;

const signed = (hash: bigint): bigint => BigInt.asIntN(64, hash);

/** The eight bytes of a number, as the engine hashes it. */
function bytesOf(value: bigint | number): Buffer {
  const bytes = Buffer.alloc(8);
  if (typeof value === 'bigint') bytes.writeBigInt64LE(value);
  else bytes.writeDoubleLE(value);
  return bytes;
}

/** Hashes and encodings. */
export const encodingFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_hash_text', { takes: ['VARCHAR'], gives: 'BIGINT' }, (value) => signed(xxhash64(Buffer.from(value)))),
  strict('kql_js_hash_long', { takes: ['BIGINT'], gives: 'BIGINT' }, (value) => signed(xxhash64(bytesOf(value)))),
  strict('kql_js_hash_real', { takes: ['DOUBLE'], gives: 'BIGINT' }, (value) => signed(xxhash64(bytesOf(value)))),
  strict('kql_js_base64_text', text, base64Text),
  strict('kql_js_base64_array', text, base64Array),
  strict('kql_js_base64_of_array', text, base64OfArray),
  strict('kql_js_guid_of_base64', text, guidOfBase64),
  strict('kql_js_base64_of_guid', text, base64OfGuid),
  strict('kql_js_gunzip', text, gunzipText),
  strict('kql_js_unzlib', text, unzlibText),
  strict('kql_js_punycode_decode', text, (value) => punycodeDecode(value) ?? ''),
  strict('kql_js_punycode_encode', text, punycodeEncode),
  strict('kql_js_domain_decode', text, (value) => domainDecode(value) ?? ''),
  strict('kql_js_domain_encode', text, domainEncode),
];
