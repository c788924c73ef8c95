import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createShelf } from '../../src/columns/column';
import { createColumnWriter } from '../../src/columns/column-writer';
import { findText } from '../../src/columns/find-text';
import { partOf } from '../../src/columns/layout';
import { hasBit } from '../../src/columns/row-set';

const folder = mkdtempSync(join(tmpdir(), 'columns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let columns = 0;

/** A column whose dictionary is these texts. */
const aColumn = (texts: readonly string[]) => {
  const number = columns++;
  writeFileSync(partOf(folder, number, 'texts'), texts.map((text) => `${text}\n`).join(''));
  const told = { rows: texts.length, distinct: texts.length, blank: false, hasNull: false, textless: false, ties: false } as const;
  const writer = createColumnWriter(folder, number, { ...told, wire: 'quoted', keys: 'none', quoted: true, legible: true });
  for (const [row, text] of texts.entries()) {
    writer.word({ rows: 1, textBytes: Buffer.byteLength(text), key: null });
    writer.place(row, row);
  }
  writer.finish();
  return createShelf(folder).column(number);
};

const found = (texts: readonly string[], text: string, at: 'anywhere' | 'start'): boolean[] => {
  const set = findText(aColumn(texts), { text, at, check: () => undefined });
  return texts.map((_, code) => ('bits' in set ? hasBit(set.bits, code) : code >= set.low && code < set.high));
};

const little = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é', '😀'), maxLength: 5 });

test('finds what a text holds or begins with, never across two texts', () => {
  fc.assert(
    fc.property(fc.array(little, { minLength: 1, maxLength: 9 }), little, (texts, needle) => {
      expect(found(texts, needle, 'anywhere')).toEqual(texts.map((text) => text.includes(needle)));
      expect(found(texts, needle, 'start')).toEqual(texts.map((text) => text.startsWith(needle)));
    }),
    { numRuns: 300 },
  );
});

test('finds it in texts of many blocks, also where few or none of them hold it', () => {
  const texts = Array.from(
    { length: 30_000 },
    (_, index) => `powershell.exe -file task${index % 7}.ps1 -run ${index}${'x'.repeat(index % 40)}`,
  ).sort();
  for (const needle of ['-run 2999', 'task3.ps1', 'powershell', 'x'.repeat(39), 'x'.repeat(40), '9x', 'q', 'exe -run'])
    expect(found(texts, needle, 'anywhere')).toEqual(texts.map((text) => text.includes(needle)));
  expect(found(texts, 'powershell.exe -file task6', 'start')).toEqual(texts.map((text) => text.includes('task6')));
});
