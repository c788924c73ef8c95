import { findWord, type Beside, type WordSearch } from '../../src/columns/find-word';
import { listBits, noBits, setBit } from '../../src/columns/row-set';
import { createBeside } from '../../src/engine/child/search-beside';
import { aFolder } from '../support/a-folder';
import { aShelf, folder, writeColumn } from './a-column';

const rows = 2_000;
const dictionaries = ['host', 'user', 'task', 'file'].map((word) =>
  Array.from({ length: rows }, (_, code) => `${word}${String(code).padStart(5, '0')}`),
);
const columns = dictionaries.map((texts) => writeColumn(texts));
const search = (word: string): WordSearch => ({ word, columns, folder, rows });
const check = (): void => undefined;
const found = (word: string, beside?: Beside): number[] => [
  ...listBits(findWord(aShelf(), search(word), { check, ...(beside ? { beside } : {}) })),
];
const truth = (word: string): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter((row) => dictionaries.some((texts) => texts[row]!.includes(word)));

test('a thread beside us finds its part, and what it does is added to ours', async () => {
  const beside = createBeside(1);
  try {
    for (const word of ['19', 'task001', 'user', '00', 'nowhere', 'file01999']) {
      expect(found(word, beside)).toEqual(truth(word));
      expect(found(word)).toEqual(truth(word));
    }
  } finally {
    await beside.stop();
  }
});

test('a part goes to the thread only where it is worth it', () => {
  const orders: (readonly number[])[] = [];
  const fake = (worthBytes: number): Beside => ({
    worthBytes,
    begin: (given) => {
      orders.push(given.columns);
      const bits = noBits(rows);
      setBit(bits, 77);
      return { wait: () => bits, giveUp: () => undefined };
    },
  });
  expect(found('nowhere', fake(1))).toEqual([77]);
  expect(orders).toHaveLength(1);
  expect(orders[0]!.length).toBe(2);
  expect(found('nowhere', fake(1 << 30))).toEqual([]);
  expect(orders).toHaveLength(1);
});

test('a part that cannot be read is an error, never fewer rows', async () => {
  const beside = createBeside(1);
  try {
    const other = beside.begin({ ...search('x'), folder: aFolder() });
    expect(() => other.wait(check)).toThrow('could not be looked through');
    const next = beside.begin(search('19'));
    expect([...listBits(next.wait(check))]).toEqual(truth('19'));
  } finally {
    await beside.stop();
  }
});

test('who stops waiting ends both parts', async () => {
  const beside = createBeside(1);
  const given: boolean[] = [];
  const watched: Beside = {
    worthBytes: 1,
    begin: (order) => {
      const other = beside.begin(order);
      return { ...other, giveUp: () => (given.push(true), other.giveUp()) };
    },
  };
  let calls = 0;
  const impatient = (): void => {
    calls += 1;
    if (calls > 1) throw new Error('enough');
  };
  try {
    expect(() => findWord(aShelf(), search('0'), { check: impatient, beside: watched })).toThrow('enough');
    expect(given).toEqual([true]);
  } finally {
    await beside.stop();
  }
});
