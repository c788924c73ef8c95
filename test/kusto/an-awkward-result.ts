import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../src/engine/engine';
import type { Column } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import type { KeptRows } from '../../src/kusto/results/view';

/** Values of every type that are easily taken for one another, or for nothing. */
export const awkward: Readonly<Record<string, { readonly type: Column['type']; readonly values: readonly unknown[] }>> = {
  Text: {
    type: 'string',
    values: [
      '',
      'null',
      'Straße',
      'STRASSE',
      'İstanbul',
      'istanbul',
      'é',
      'É',
      'e\u0301',
      '😀 grin',
      '\u{1F601}',
      'a"b\\c',
      'line\nbreak',
      '\t',
      ' ',
      "d'or",
      'Z',
      'a',
      '\u007f',
      'Ω',
      'ω',
      '\u0130',
      '%',
      '_',
      '-',
      '10',
      '9',
      '\uffff',
      '\u{10000}',
    ],
  },
  Number: { type: 'long', values: [null, '9223372036854775807', '-9223372036854775808', '9007199254740993', -1, 0, 7, 42, 4624, 10, 9] },
  Small: { type: 'int', values: [null, 2147483647, -2147483648, 0, 1, 2] },
  Score: { type: 'real', values: [null, 'NaN', 'Infinity', '-Infinity', 0.1, -2.5, 1e300, 5e-324, 100, 0] },
  Zero: { type: 'real', values: [null, '-0.0', '0.0', 1] },
  Price: {
    type: 'decimal',
    values: [null, '"1.10"', '"1.1"', '"9"', '"10"', '"-0.5"', '"12345678901234567890.123"', '"12345678901234567890.124"'],
  },
  At: {
    type: 'datetime',
    values: [
      null,
      '0001-01-01T00:00:00.0000000Z',
      '9999-12-31T23:59:59.9999999Z',
      '2024-02-29T12:00:00.1234567Z',
      '2024-02-29T12:00:00.1234568Z',
    ],
  },
  Took: {
    type: 'timespan',
    values: [null, '-00:00:00.0000001', '00:00:00', '1.02:03:04.5', '-10675199.02:48:05.4775808', '10675199.02:48:05.4775807'],
  },
  Id: {
    type: 'guid',
    values: [null, '00000000-0000-0000-0000-000000000000', 'ABCDEF01-2345-6789-abcd-ef0123456789', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  },
  Bag: {
    type: 'dynamic',
    values: [null, '{"a":1.10,"B":[1e5]}', '"text"', '"null"', '[]', '{}', '7', '70', 'true', '{"ü":"\\u0041\\n"}', '[1, 2]'],
  },
  Flag: { type: 'bool', values: [null, true, false] },
  Same: { type: 'string', values: ['same'] },
  Nothing: { type: 'guid', values: [null] },
};

export const columns: readonly Column[] = [
  ...Object.entries(awkward).map(([name, { type }]) => ({ name, type })),
  { name: 'Long', type: 'string' },
  { name: 'Unique', type: 'long' },
];

const words = ['powershell.exe', 'Invoke-Expression', 'C:\\Windows', 'mimikatz', 'ÄÖÜ', 'http://contoso.example', '-enc', '😀'];

/** A sequence that looks random and is the same every time. */
const sequence = () => {
  let state = 12_345;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
};

const json = (type: Column['type'], value: unknown): string => {
  if (value === null) return 'null';
  if (type === 'dynamic' || type === 'decimal' || typeof value !== 'string')
    return type === 'dynamic' || type === 'decimal' ? String(value) : JSON.stringify(value);
  return /^-?\d+(\.\d+)?$/.test(value) && type !== 'string' ? value : JSON.stringify(value);
};

/** Many rows of awkward values in three files, with a long text and a number that are nearly their own in each row. */
export async function awkwardResult(engine: Pick<Engine, 'load'>, folder: string, counts: readonly number[]): Promise<KeptRows> {
  const next = sequence();
  const files: string[] = [];
  let row = 0;
  for (const [index, count] of counts.entries()) {
    const lines = Array.from({ length: count }, () => {
      row += 1;
      const cells = Object.values(awkward).map(({ type, values }) => json(type, values[next(values.length)]));
      const long = `${words[next(words.length)]} ${next(3)} ${words[next(words.length)]} run ${row}${'x'.repeat(next(9))}`;
      return `[${[...cells, JSON.stringify(long), next(10) === 0 ? 'null' : String(row * 3)].join(',')}]`;
    });
    const from = join(folder, `awkward-${index}.ndjson`);
    const to = join(folder, `awkward-${index}.parquet`);
    writeFileSync(from, lines.join('\n'));
    const loaded = await loadRows(engine, { from, to, columns });
    if (loaded.rows !== count || Object.keys(loaded.misfits).length > 0)
      throw new Error(`awkward rows were not loaded: ${JSON.stringify(loaded)}`);
    files.push(to);
  }
  return { files, columns, counts, whole: true };
}
