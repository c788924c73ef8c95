import { code, skipSpace, skipValue } from '../../../defender/hunting/json-scan';

/** The values of a row (the text of a JSON array) as JSON texts, digit for digit: JSON.parse would bend long numbers. */
export const splitRow = (row: string): readonly string[] => {
  const bytes = Buffer.from(row);
  const values: string[] = [];
  let position = skipSpace(bytes, 1);
  while (bytes[position] !== code.closeArray) {
    const end = skipValue(bytes, position);
    values.push(bytes.toString('utf8', position, end));
    position = skipSpace(bytes, end);
    if (bytes[position] === code.comma) position = skipSpace(bytes, position + 1);
  }
  return values;
};
