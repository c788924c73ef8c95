import { findText } from '../../src/columns/find-text';
import { hasBit } from '../../src/columns/row-set';
import { aShelf, writeColumn } from './a-column';
import { fc } from '../support/properties';

/** A column whose dictionary is these texts. */
const aColumn = (texts: readonly string[]) => aShelf().column(writeColumn(texts));

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

/** Texts that begin alike, as those of a sorted column do. */
const alike = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é'), maxLength: 24 }), { minLength: 1, maxLength: 80 })
  .map((texts) => texts.toSorted());
const part = fc.record({ of: fc.nat(79), from: fc.nat(30), length: fc.integer({ min: 1, max: 12 }), twist: fc.boolean() });

test('finds what stands in texts that begin alike, wherever it begins and however long it is', () => {
  fc.assert(
    fc.property(alike, part, (texts, { of, from, length, twist }) => {
      const text = texts[of % texts.length]!;
      const held = text.slice(from % (text.length + 1)).slice(0, length);
      const needle = (twist ? `${held}a` : held) || 'b';
      expect(found(texts, needle, 'anywhere')).toEqual(texts.map((each) => each.includes(needle)));
      expect(found(texts, needle, 'start')).toEqual(texts.map((each) => each.startsWith(needle)));
    }),
    { numRuns: 500 },
  );
});

test('gives every text back as it was', () => {
  fc.assert(
    fc.property(alike, (texts) => {
      const column = aColumn(texts);
      expect(texts.map((_, code) => column.wire(code))).toEqual(texts.map((text) => `"${text}"`));
    }),
    { numRuns: 100 },
  );
  const long = ['x'.repeat(70_000), `${'x'.repeat(70_000)}y`, `${'x'.repeat(69_000)}zz`, ''];
  const column = aColumn(long);
  expect(long.map((_, code) => column.wire(code) === `"${long[code]}"`)).toEqual([true, true, true, true]);
  expect(found(long, 'xy', 'anywhere')).toEqual([false, true, false, false]);
  expect(found(long, `${'x'.repeat(66_000)}`, 'start')).toEqual([true, true, true, false]);
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
