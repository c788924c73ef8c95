import { statSync, writeFileSync } from 'node:fs';
import { bytesOf, withFile, writeWhole } from './files';
import { alphabetOf, writeGrams } from './grams';
import { packTexts } from './pack-texts';
import { packLines } from './packed';
import { hasRows, leastForGrams, partOf, widthOf, type ColumnFacts, type Part } from './layout';

/** One code's line of the dictionary. */
export interface Word {
  readonly rows: number;
  readonly textBytes: number;
  readonly key: number | bigint | null;
}

type Told = Omit<ColumnFacts, 'alphabet' | 'pieceBytes'>;

/** The rows in the order of their codes, and those of one code as they are kept; `ends`, where each code's end, becomes where they begin. */
const inOrder = (codes: Uint32Array, ends: Uint32Array): Uint32Array => {
  const rows = new Uint32Array(codes.length);
  for (let row = codes.length - 1; row >= 0; row -= 1) {
    const code = codes[row]!;
    const place = ends[code]! - 1;
    ends[code] = place;
    rows[place] = row;
  }
  return rows;
};

type Write = (part: Part, array: ArrayBufferView) => void;

/** Turns how many each has into where each ends. */
const addUp = (counts: Uint32Array): void => {
  for (let at = 1; at < counts.length; at += 1) counts[at]! += counts[at - 1]!;
};

/** Takes in the dictionary; `finish` writes what belongs to it, and throws where a word or a byte of it is missing. */
const createDictionary = ({ folder, column, told, write }: { folder: string; column: number; told: Told; write: Write }) => {
  const { rows, distinct } = told;
  const [rowEnds, lengths] = [new Uint32Array(distinct), new Uint32Array(distinct)];
  const keys = told.keys === 'whole' ? new BigInt64Array(distinct) : new Float64Array(told.keys === 'real' ? distinct : 0);
  let [words, counted, textBytes] = [0, 0, 0];
  return {
    add(code: number, word: Word): void {
      rowEnds[code] = word.rows;
      lengths[code] = word.textBytes;
      if (keys instanceof BigInt64Array) keys[code] = BigInt(word.key ?? 0);
      else if (told.keys === 'real') keys[code] = Number(word.key ?? 0);
      words += 1;
      counted += word.rows;
      textBytes += word.textBytes + 1;
    },
    finish(): { readonly rowEnds: Uint32Array; readonly pieceBytes: number } {
      if (words !== distinct || counted !== rows) throw new Error('an index has not all words');
      if (statSync(partOf(folder, column, 'texts')).size !== textBytes) throw new Error('an index has not all texts');
      addUp(rowEnds);
      write('row-ends', rowEnds);
      if (told.keys !== 'none') write('keys', keys);
      const pieces = packTexts(folder, column, lengths);
      if (pieces.bytes > leastForGrams) writeGrams(folder, column, pieces.ends);
      return { rowEnds, pieceBytes: pieces.bytes };
    },
  };
};

/** Takes in the code of every row; `finish` writes them, and throws where one is missing. */
const createCodes = ({ rows, distinct }: Told, rowEnds: Uint32Array, write: Write) => {
  const codes = new Uint32Array(rows);
  let placed = 0;
  return {
    place(row: number, code: number): void {
      codes[row] = code;
      placed += 1;
    },
    finish(): void {
      if (placed !== rows) throw new Error('an index has not all rows');
      const width = widthOf(distinct);
      if (width > 0) write('codes', width === 1 ? Uint8Array.from(codes) : width === 2 ? Uint16Array.from(codes) : codes);
      if (hasRows(distinct)) write('rows', inOrder(codes, rowEnds));
    },
  };
};

/**
 * Takes in a column's dictionary and then its codes, and writes the files that the engine did not write itself: what the dictionary
 * takes in memory goes before the codes come, for both are large.
 */
export function createColumnWriter(folder: string, column: number, told: Told) {
  const write: Write = (part, array) => withFile(partOf(folder, column, part), 'w', (file) => writeWhole(file, bytesOf(array)));
  let dictionary: ReturnType<typeof createDictionary> | undefined = createDictionary({ folder, column, told, write });
  let codes: ReturnType<typeof createCodes> | undefined;
  let pieceBytes = 0;
  const finishWords = (): ReturnType<typeof createCodes> => {
    const finished = dictionary!.finish();
    dictionary = undefined;
    pieceBytes = finished.pieceBytes;
    return createCodes(told, finished.rowEnds, write);
  };
  return {
    /** The words, before all rows. */
    word: (code: number, word: Word): void => dictionary!.add(code, word),
    place(row: number, code: number): void {
      codes ??= finishWords();
      codes.place(row, code);
    },
    /** Writes it all; throws where a row, a word or a byte is missing. */
    finish(): ColumnFacts {
      (codes ?? finishWords()).finish();
      if (told.wire === 'own' && packLines(folder, column) !== told.distinct) throw new Error('an index has not all wires');
      const facts = { ...told, alphabet: alphabetOf(partOf(folder, column, 'pieces')), pieceBytes };
      writeFileSync(partOf(folder, column, 'facts.json'), JSON.stringify(facts), { mode: 0o600 });
      return facts;
    },
  };
}
