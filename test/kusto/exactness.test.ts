import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, KqlType } from '../../src/kql/schema';
import { loadRows } from '../../src/kusto/results/kept-rows';
import { createResultExports } from '../../src/kusto/results/result-exports';
import { createResultViews } from '../../src/kusto/results/result-views';
import { splitRow } from '../../src/kusto/cli/wire-row';
import { collect, temporaryEngine } from '../engine/temporary-engine';
import { fc } from '../support/properties';

/** Every value goes in as a service writes it and must come out of every format as the same value, to the last digit. */
const { engine, folder } = temporaryEngine();
const exporter = createResultExports({ engine });
const views = createResultViews({ engine });
afterAll(engine.stop);

/** A cell: the JSON text that comes in and the wire text that must come out. */
interface Cell {
  readonly from: string;
  readonly to: string;
}
const same = (text: string): Cell => ({ from: text, to: text });
const pad = (value: number | bigint, width: number): string => String(value).padStart(width, '0');
const nothing: Cell = same('null');

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '\u0000', '"', '\\', '\n\r\t', '=1', 'null', '{}', '\u2028', '😀'),
);
/** JSON cannot carry half a surrogate pair: the parser refuses the line, as the service's own writer does. */
const whole = text.map((value) => Buffer.from(value).toString());

const ticksText = fc
  .record({
    day: fc.integer({ min: -719_162, max: 2_932_896 }),
    second: fc.integer({ min: 0, max: 86_399 }),
    fraction: fc.integer({ min: 0, max: 9_999_999 }),
  })
  .map(({ day, second, fraction }) => `${new Date(day * 86_400_000 + second * 1000).toISOString().slice(0, 19)}.${pad(fraction, 7)}Z`);

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value): Cell => {
  const beyond = value > 2n ** 53n || value < -(2n ** 53n);
  return { from: String(value), to: beyond ? `"${value}"` : String(value) };
});

const timespan = fc.record({ negative: fc.boolean(), ticks: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }) }).map(({ negative, ticks }) => {
  const [fraction, seconds] = [ticks % 10_000_000n, ticks / 10_000_000n];
  const days = seconds / 86_400n;
  const clock = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n].map((part) => pad(part, 2)).join(':');
  const sign = negative && ticks > 0n ? '-' : '';
  return same(`"${sign}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${pad(fraction, 7)}` : ''}"`);
});

const decimal = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fraction: fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 14 }),
    quoted: fc.boolean(),
  })
  .map(({ sign, whole: digits, fraction, quoted }): Cell => {
    const value = `${sign}${digits}${fraction === '' ? '' : `.${fraction}`}`;
    return { from: quoted ? `"${value}"` : value, to: value.length <= 16 ? value : `"${value}"` };
  });

/** JSON with numbers written in many ways (but not -0, which reads as 0), in arrays and in objects with repeated and odd names, without blank space. */
const number = fc.oneof(
  fc.constantFrom('1.10', '1e5', '-0.0', '0.1e-7', '12345678901234567890123', '1.0', '18446744073709551615', '1E+2'),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      number,
      whole.map((value) => JSON.stringify(value)),
      fc.constantFrom('true', 'false'),
    ),
    fc.array(tie('json'), { maxLength: 4 }).map((values) => `[${values.join(',')}]`),
    fc
      .array(fc.tuple(whole, tie('json')), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  ),
}));

const cells: Readonly<Record<KqlType, fc.Arbitrary<Cell>>> = {
  bool: fc.constantFrom(same('true'), same('false'), nothing),
  int: fc.oneof(
    fc.integer().map((value) => same(String(value))),
    fc.constant(nothing),
  ),
  long: fc.oneof(long, fc.constant(nothing)),
  real: fc.oneof(
    fc.double().map((value) => same(Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`)),
    fc.constant(nothing),
  ),
  decimal: fc.oneof(decimal, fc.constant(nothing)),
  string: whole.map((value) => same(JSON.stringify(value))),
  datetime: fc.oneof(
    ticksText.map((value) => same(`"${value}"`)),
    fc.constant(nothing),
  ),
  timespan: fc.oneof(timespan, fc.constant(nothing)),
  guid: fc.oneof(
    fc.uuid().map((value): Cell => ({ from: `"${value.toUpperCase()}"`, to: `"${value}"` })),
    fc.constant(nothing),
  ),
  dynamic: fc.oneof(json.map(same), fc.constant(nothing)),
};

const columns: readonly Column[] = (Object.keys(cells) as KqlType[]).map((type) => ({ name: type, type }));
const rowOf = fc.tuple(...columns.map(({ type }) => cells[type]));

/** Values, not spellings: JSON strings may be escaped in more than one way, and a double has many texts. */
const canonical = (type: KqlType, wire: string): string => {
  if (type === 'string') return JSON.stringify(JSON.parse(wire));
  if (type === 'real' && !wire.startsWith('"') && wire !== 'null') return String(Number(wire));
  return type === 'dynamic' ? wire.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => JSON.stringify(JSON.parse(quoted))) : wire;
};

let files = 0;
const load = async (rows: readonly (readonly Cell[])[], shape: 'arrays' | 'objects') => {
  files += 1;
  const from = join(folder, `rows-${files}.ndjson`);
  const to = join(folder, `rows-${files}.parquet`);
  const member = ({ from: value }: Cell, index: number): string =>
    shape === 'arrays' ? value : `${JSON.stringify(columns[index]?.name)}:${value}`;
  const [open, close] = shape === 'arrays' ? '[]' : '{}';
  writeFileSync(from, rows.map((row) => `${open}${row.map(member).join(',')}${close}\n`).join(''));
  expect(await loadRows(engine, { from, to, columns })).toMatchObject({ rows: rows.length, misfits: {} });
  return { rows: { files: [to], columns } };
};

test.each(['arrays', 'objects'] as const)('keeps every value exactly, from lines of %s to pages and NDJSON', async (shape) => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf, { minLength: 1, maxLength: 40 }), async (rows) => {
      const view = await load(rows, shape);
      const expected = rows.map((row) => row.map((cell, index) => canonical(columns[index]?.type ?? 'string', cell.to)));
      const read = (texts: readonly string[]) =>
        texts.map((wire) => splitRow(wire).map((cell, index) => canonical(columns[index]?.type ?? 'string', cell)));
      const page = await views.page(view, { offset: 0, limit: 100 });
      expect(read(page.rows)).toEqual(expected);
      expect(read(await collect(exporter.rows(view)))).toEqual(expected);
      let ndjson = '';
      for await (const piece of exporter.ndjson(view)) ndjson += piece;
      const bare = ndjson
        .trimEnd()
        .split('\n')
        .map(
          (line) =>
            `[${splitRow(line)
              .map((member) => member.slice(member.indexOf(':') + 1))
              .join(',')}]`,
        );
      expect(read(bare)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
