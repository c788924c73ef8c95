import zlib from 'node:zlib';
import { isArray, jsonInteger, knownJson, plainText, writeJson } from '../json/exact-json';

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of base64 text, which must be complete; null otherwise. */
export function base64Bytes(text: string): Buffer | null {
  const trimmed = text.trim();
  return trimmed.length % 4 === 0 && alphabet.test(trimmed) ? Buffer.from(trimmed, 'base64') : null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as UTF-8 text; null when they are none. */
export function utf8Text(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** base64_decode_tostring(): empty when the text is not base64 of UTF-8. */
export function base64Text(text: string): string {
  const bytes = base64Bytes(text);
  return (bytes && utf8Text(bytes)) ?? '';
}

/** base64_decode_toarray(): the bytes as numbers. */
export function base64Array(text: string): string | null {
  const bytes = base64Bytes(text);
  return bytes === null ? null : writeJson([...bytes].map(jsonInteger));
}

/** base64_encode_fromarray(): empty unless every element is a byte. */
export function base64OfArray(json: string): string {
  const items = knownJson(json);
  if (!isArray(items)) return '';
  const bytes = items.map((item) => Number(plainText(item)));
  return bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255) ? Buffer.from(bytes).toString('base64') : '';
}

/** The first three groups of a guid are little-endian numbers in its bytes. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

export function guidOfBase64(text: string): string | null {
  const bytes = base64Bytes(text);
  if (bytes?.length !== 16) return null;
  const hex = guidOrder.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function base64OfGuid(guid: string): string {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Buffer.from(guidOrder.map((index) => bytes[index] ?? 0)).toString('base64');
}

/** Text that unpacks to more than this is refused as empty: a small text must not fill the memory. */
const maxOutput = 64 * 1024 * 1024;

type Inflate = (bytes: Buffer, options: zlib.ZlibOptions) => Buffer;

/** The text inside compressed base64; empty when it is none. */
function inflated(text: string, inflate: Inflate): string {
  const bytes = base64Bytes(text);
  if (bytes === null || bytes.length === 0) return '';
  try {
    return utf8Text(inflate(bytes, { maxOutputLength: maxOutput })) ?? '';
  } catch {
    return '';
  }
}

export const gunzipText = (text: string): string => inflated(text, zlib.gunzipSync);
export const unzlibText = (text: string): string => inflated(text, zlib.inflateSync);
