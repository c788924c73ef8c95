import { markSet } from '../../src/columns/mark-set';
import { pageOf } from '../../src/columns/order';
import { allBits, listBits, noBits, setBit, type CodeSet } from '../../src/columns/row-set';
import { aShelf, writeColumn } from './a-column';
import { fc } from '../support/properties';

const texts = (count: number): string[] => Array.from({ length: count }, (_, code) => String(code).padStart(5, '0'));
const scattered = (rows: number, codes: number, factor: number): number[] => [
  // Every code occurs, and some in very many rows.
  ...Array.from({ length: codes }, (_, code) => code),
  ...Array.from({ length: rows - codes }, (_, row) => (row % 3 === 0 ? 7 : (row * factor) % codes)),
];

const rows = 9_000;
const of = { few: scattered(rows, 5, 7_919), some: scattered(rows, 600, 104_729), own: scattered(rows, rows, 1) };
const numbers = { few: writeColumn(texts(8), of.few), some: writeColumn(texts(600), of.some), own: writeColumn(texts(rows), of.own) };

type Name = keyof typeof of;
const key = fc.record({ name: fc.constantFrom<Name>('few', 'some', 'own'), descending: fc.boolean() });

test('a page is that of all rows sorted, whichever keys tell their place', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 3 }),
      fc.integer({ min: 0, max: rows + 50 }),
      fc.integer({ min: 0, max: 250 }),
      (keys, offset, limit) => {
        const all = Array.from({ length: rows }, (_, row) => row).sort((left, right) => {
          for (const { name, descending } of keys) {
            const difference = of[name][left]! - of[name][right]!;
            if (difference !== 0) return descending ? -difference : difference;
          }
          return left - right;
        });
        const sort = keys.map(({ name, descending }) => ({ column: numbers[name], descending }));
        expect(pageOf(aShelf(), null, { sort, rows, offset, limit })).toEqual(all.slice(offset, offset + limit));
      },
    ),
    { numRuns: 150 },
  );
});

const run = fc.tuple(fc.nat(600), fc.nat(600)).map(([a, b]): CodeSet => ({ low: Math.min(a, b), high: Math.max(a, b) }));
const several = fc.array(fc.nat(599), { maxLength: 40 }).map((codes): CodeSet => {
  const bits = noBits(600);
  for (const code of codes) setBit(bits, code);
  return { bits };
});

test('the rows of a set of codes are the same, few or many', () => {
  fc.assert(
    fc.property(fc.oneof(run, several), fc.boolean(), fc.constantFrom('any' as const, 'only' as const), (set, not, how) => {
      const inSet = (code: number): boolean =>
        'low' in set ? code >= set.low && code < set.high : ((set.bits[code >>> 5]! >>> (code & 31)) & 1) === 1;
      const before = how === 'any' ? noBits(rows) : allBits(rows);
      setBit(before, 3);
      markSet(before, aShelf().column(numbers.some), { set, not, how });
      const expected = of.some.flatMap((code, row) => ((how === 'any' && row === 3) || inSet(code) !== not ? [row] : []));
      expect([...listBits(before)]).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
