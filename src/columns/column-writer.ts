import { statSync, writeFileSync } from 'node:fs';
import { bytesOf, withFile, writeWhole } from './files';
import { alphabetOf, writeGrams } from './grams';
import { packTexts } from './pack-texts';
import { packLines } from './packed';
import { hasRows, leastForGrams, partOf, widthOf, type ColumnFacts, type Part } from './layout';

/** One code's line of the dictionary, in the order of the codes. */
export interface Word {
  readonly rows: number;
  readonly textBytes: number;
  readonly key: number | bigint | null;
}

type Told = Omit<ColumnFacts, 'alphabet' | 'pieceBytes'>;

/** The rows in the order of their codes, and those of one code as they are kept. */
const inOrder = (codes: Uint32Array, rowEnds: Uint32Array): Uint32Array => {
  const next = new Uint32Array(rowEnds.length);
  next.set(rowEnds.subarray(0, -1), 1);
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!;
    rows[next[code]!] = row;
    next[code]! += 1;
  }
  return rows;
};

/** Takes in a column's dictionary and codes, and writes the files that the engine did not write itself. */
export function createColumnWriter(folder: string, column: number, told: Told) {
  const { rows, distinct } = told;
  const rowEnds = new Uint32Array(distinct);
  const lengths = new Uint32Array(distinct);
  const keys = told.keys === 'whole' ? new BigInt64Array(distinct) : new Float64Array(told.keys === 'real' ? distinct : 0);
  const codes = new Uint32Array(rows);
  let [words, placed, textBytes, counted] = [0, 0, 0, 0];
  const write = (part: Part, array: ArrayBufferView): void =>
    withFile(partOf(folder, column, part), 'w', (file) => writeWhole(file, bytesOf(array)));
  const assertAll = (): void => {
    if (words !== distinct || placed !== rows || counted !== rows) throw new Error('an index has not all words or rows');
    if (statSync(partOf(folder, column, 'texts')).size !== textBytes) throw new Error('an index has not all texts');
  };
  const writeRows = (): void => {
    const width = widthOf(distinct);
    if (width > 0) write('codes', width === 1 ? Uint8Array.from(codes) : width === 2 ? Uint16Array.from(codes) : codes);
    if (hasRows(distinct)) write('rows', inOrder(codes, rowEnds));
    write('row-ends', rowEnds);
  };
  return {
    word(word: Word): void {
      rowEnds[words] = counted += word.rows;
      lengths[words] = word.textBytes;
      textBytes += word.textBytes + 1;
      if (keys instanceof BigInt64Array) keys[words] = BigInt(word.key ?? 0);
      else if (told.keys === 'real') keys[words] = Number(word.key ?? 0);
      words += 1;
    },
    place(row: number, code: number): void {
      codes[row] = code;
      placed += 1;
    },
    /** Writes it all; throws where a row, a word or a byte is missing. */
    finish(): ColumnFacts {
      assertAll();
      if (told.wire === 'own' && packLines(folder, column) !== distinct) throw new Error('an index has not all wires');
      writeRows();
      if (told.keys !== 'none') write('keys', keys);
      const pieces = packTexts(folder, column, lengths);
      if (pieces.bytes > leastForGrams) writeGrams(folder, column, pieces.ends);
      const facts = { ...told, alphabet: alphabetOf(partOf(folder, column, 'pieces')), pieceBytes: pieces.bytes };
      writeFileSync(partOf(folder, column, 'facts.json'), JSON.stringify(facts), { mode: 0o600 });
      return facts;
    },
  };
}
