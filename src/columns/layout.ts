import { join } from 'node:path';
import type { Extent, Scratch } from './files';

/**
 * The files of an index: a kept result column by column, as codes. Every different value of a column has a code, its rank in
 * the column's order (the null, or else the empty text, is the least), and of every row the code is kept.
 */
export const layoutVersion = 3;

/** What of a column has a file of its own. */
export type Part =
  | 'codes' // of every row, in 1, 2 or 4 bytes; none where all rows are alike
  | 'rows' // the rows in the order of their codes, in 4 bytes; for columns of more than 256 codes
  | 'row-ends' // of every code, where its rows end among these
  | 'texts' // of every code, the lower-case text that is looked into, a line feed after each, as long as it is made
  | 'pieces' // the same, each without most of the beginning that it shares with the text before, a line feed after each
  | 'piece-ends' // of every code, where its piece ends
  | 'skips' // of every code, how many bytes its piece leaves out, in 2 bytes
  | 'wires' // of every code, what a page writes, where that does not follow from the text: a line each, as long as it is made
  | 'packed' // the same, compressed in blocks
  | 'packed-ends' // where each block ends
  | 'keys' // of every code, its number
  | 'grams' // which blocks of texts hold which three bytes in a row
  | 'facts.json';

export const partOf = (folder: string, column: number, part: Part): string => join(folder, `${column}.${part}`);
export const coverOf = (folder: string): string => join(folder, 'index.json');

/** Written last: a folder without it is no index. */
export interface Cover {
  readonly version: number;
  /** Rows of each file of the result. */
  readonly counts: readonly number[];
  readonly columns: number;
}

export type WireForm = 'text' | 'quoted' | 'capitals' | 'own';

export interface ColumnFacts {
  readonly rows: number;
  readonly distinct: number;
  /** Whether code 0 is the empty value: null, or '' where the type knows no null. */
  readonly blank: boolean;
  /** Whether code 0 is null, and whether its text is none (then nothing is found in it). */
  readonly hasNull: boolean;
  readonly textless: boolean;
  /** What a page writes for a code: its text, its text in quotes, that in capitals (as times are), or a text of its own. */
  readonly wire: WireForm;
  /** What `keys` holds; texts are compared by their bytes. */
  readonly keys: 'none' | 'whole' | 'real';
  /** Values that differ and stand at the same place in the order. */
  readonly ties: boolean;
  /** Whether a page writes its texts in quotes (else as they are), and whether the very text can be read back from that. */
  readonly quoted: boolean;
  readonly legible: boolean;
  /** Bytes that occur in the texts, as 64 hexadecimal digits of 256 bits. */
  readonly alphabet: string;
  /** What the pieces take. */
  readonly pieceBytes: number;
}

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Bytes that a code of so many takes; a column of one value has no codes. */
export const widthOf = (distinct: number): 0 | 1 | 2 | 4 => (distinct <= 1 ? 0 : distinct <= 0x100 ? 1 : distinct <= 0x1_0000 ? 2 : 4);

/** Reads of a column's part, into memory of its own or of `scratch`. */
export type Read = (part: Part, extent: Extent, scratch?: Scratch) => Buffer;

/** The greatest offset of a piece. */
export const farthest = 0xffff_ffff;
/** The first of so many texts is written whole, so that one text is read without all before it. */
export const textsAGroup = 32;
/**
 * A piece begins so many bytes before its text differs from the one before it: of every `overlap + 1` bytes in a row that a text
 * holds, its piece holds them, or the text before holds them at the same place.
 */
export const overlap = 3;

/** Whether a column has `rows`: of few codes each has so many that they are as soon found among `codes`. */
export const hasRows = (distinct: number): boolean => widthOf(distinct) > 1;

/** Lines of one block of `packed`. */
export const linesABlock = 128;
/** Texts of one block of `grams`; whole groups. */
export const textsABlock = 4_096;
/** Three bytes in a row fall into so many classes. */
export const gramClasses = 0x1_0000;

export const gramClass = (first: number, second: number, third: number): number =>
  (Math.imul((first << 16) | (second << 8) | third, 0x9e3779b1) >>> 16) & (gramClasses - 1);

/** Pieces of less than this are looked through whole. */
export const leastForGrams = 1 << 20;
