import { code, skipSpace, skipValue } from '../../../defender/hunting/json-scan';

/**
 * The members of a JSON object or array (`json`, valid), the first `most` of them, as key and value texts, in order and digit
 * for digit; a repeated key appears as often as it stands there.
 */
export const jsonEntries = (json: string, most: number): (readonly [string | number, string])[] => {
  const bytes = Buffer.from(json);
  const isObject = bytes[0] === code.openObject;
  const close = isObject ? code.closeObject : code.closeArray;
  const entries: (readonly [string | number, string])[] = [];
  let position = skipSpace(bytes, 1);
  while (position < bytes.length && bytes[position] !== close && entries.length < most) {
    let key: string | number = entries.length;
    if (isObject) {
      const end = skipValue(bytes, position);
      key = JSON.parse(bytes.toString('utf8', position, end)) as string;
      position = skipSpace(bytes, skipSpace(bytes, end) + 1);
    }
    const end = skipValue(bytes, position);
    entries.push([key, bytes.toString('utf8', position, end)]);
    position = skipSpace(bytes, end);
    if (bytes[position] === code.comma) position = skipSpace(bytes, position + 1);
  }
  return entries;
};
