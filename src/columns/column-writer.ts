import { statSync, writeFileSync } from 'node:fs';
import { bytesOf, withFile, writeWhole } from './files';
import { alphabetOf, writeGrams } from './grams';
import { packLines } from './packed';
import { leastForGrams, partOf, widthOf, type ColumnFacts, type Part } from './layout';

/** One code's line of the dictionary, in the order of the codes. */
export interface Word {
  readonly rows: number;
  readonly textBytes: number;
  readonly key: number | bigint | null;
}

type Told = Omit<ColumnFacts, 'alphabet' | 'textBytes'>;

/** The greatest offset that fits: texts of more than 4 GB are no index's matter. */
const farthest = 0xffff_ffff;

/** Takes in a column's dictionary and codes, and writes the files that the engine did not write itself. */
export function createColumnWriter(folder: string, column: number, told: Told) {
  const { rows, distinct } = told;
  const counts = new Uint32Array(distinct);
  const ends = new Uint32Array(distinct);
  const keys = told.keys === 'whole' ? new BigInt64Array(distinct) : new Float64Array(told.keys === 'real' ? distinct : 0);
  const codes = new Uint32Array(rows);
  let [words, placed, textEnd] = [0, 0, -1];
  const write = (part: Part, array: ArrayBufferView): void =>
    withFile(partOf(folder, column, part), 'w', (file) => writeWhole(file, bytesOf(array)));
  const assertSize = (part: Part, bytes: number): void => {
    if (bytes > farthest || statSync(partOf(folder, column, part)).size !== bytes) throw new Error(`${part} are not what they should be`);
  };
  return {
    word(word: Word): void {
      counts[words] = word.rows;
      ends[words] = textEnd += word.textBytes + 1;
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
      if (words !== distinct || placed !== rows) throw new Error('an index has not all words or rows');
      assertSize('texts', textEnd + 1);
      if (told.wire === 'own' && packLines(folder, column) !== distinct) throw new Error('an index has not all wires');
      const width = widthOf(distinct);
      if (width > 0) write('codes', width === 1 ? Uint8Array.from(codes) : width === 2 ? Uint16Array.from(codes) : codes);
      write('counts', counts);
      write('ends', ends);
      if (told.keys !== 'none') write('keys', keys);
      if (textEnd >= leastForGrams) writeGrams(folder, column, ends);
      const facts = { ...told, alphabet: alphabetOf(partOf(folder, column, 'texts')), textBytes: textEnd + 1 };
      writeFileSync(partOf(folder, column, 'facts.json'), JSON.stringify(facts), { mode: 0o600 });
      return facts;
    },
  };
}
