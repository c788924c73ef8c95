import { writeFileSync } from 'node:fs';
import { createShelf, type Shelf } from '../../src/columns/column';
import { createColumnWriter } from '../../src/columns/column-writer';
import { partOf } from '../../src/columns/layout';
import { aFolder } from '../support/a-folder';

/** Where the columns lie. */
export const folder = aFolder();
const shelves: Shelf[] = [];
let columns = 0;

afterEach(() => shelves.splice(0).forEach((shelf) => shelf.close()));

/** Writes a column of these texts, which are in their order; `codes` of its rows: without them, a row a text. Gives its number. */
export const writeColumn = (texts: readonly string[], codes: readonly number[] = texts.map((_, code) => code)): number => {
  const number = columns++;
  writeFileSync(partOf(folder, number, 'texts'), texts.map((text) => `${text}\n`).join(''));
  const told = { rows: codes.length, distinct: texts.length, blank: false, hasNull: false, textless: false, ties: false } as const;
  const writer = createColumnWriter(folder, number, { ...told, wire: 'quoted', keys: 'none', quoted: true, legible: true });
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  for (const [code, text] of texts.entries())
    writer.word(code, { rows: counts.get(code) ?? 0, textBytes: Buffer.byteLength(text), key: null });
  for (const [row, code] of codes.entries()) writer.place(row, code);
  writer.finish();
  return number;
};

/** The columns written so far, until the test is over. */
export const aShelf = (): Shelf => {
  const shelf = createShelf(folder);
  shelves.push(shelf);
  return shelf;
};
