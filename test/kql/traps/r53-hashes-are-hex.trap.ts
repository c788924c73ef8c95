import type { Trap } from './trap';

/** R-53 Hashes and encodings. A hash of UTF-16 differs. */
export const trap: Trap = {
  rule: 'R-53',
  query: 'print a = hash_sha256("abc"), b = base64_decode_tostring(base64_encode_tostring("\\u00e9"))',

  rows: [['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', '\u00e9']],
};
