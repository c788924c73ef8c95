import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { load } from 'cheerio';
import { createEngine, type Engine } from '../../../src/engine/engine';
import { receiveAnswer } from '../../../src/defender/hunting/receive-answer';
import { createColumnClaims, loadRows } from '../../../src/features/hunting/kept/load-rows';
import { splitRow } from '../../../src/features/hunting/kept/row-cells';
import { loadRows as loadIntoParquet } from '../../../src/kusto/results/kept-rows';
import { createResultExports } from '../../../src/kusto/results/result-exports';
import { workbookStream } from '../../../src/features/hunting/workbook/workbook';
import { aFolder } from '../../support/a-folder';
import { unzip } from '../../support/unzip';
import { fc } from '../../support/properties';

const folder = aFolder();
let engine: Engine;
beforeAll(() => {
  engine = createEngine({ readable: [], writable: [folder] });
});
afterAll(() => engine.stop());

/** A value as a service writes it, and the wire form that every format must give back. */
interface Cell {
  readonly sent: string;
  readonly wire: string;
}
const cell = (sent: string, wire = sent): Cell => ({ sent, wire });
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => {
  const safe = value >= -(2n ** 53n) && value <= 2n ** 53n;
  return cell(String(value), safe ? String(value) : `"${value}"`);
});
const decimals = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 999_999 }), digits(12), fc.constantFrom('number', 'text'))
  .map(([negative, whole, fraction, as]) => {
    const text = `${negative ? '-' : ''}${whole}.${fraction}`;
    return cell(as === 'text' ? `"${text}"` : text, text.length <= 16 ? text : `"${text}"`);
  });
const times = fc
  .tuple(fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }), digits(7))
  .map(([date, fraction]) => cell(`"${date.toISOString().slice(0, 19)}.${fraction}Z"`));
const strings = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => cell(JSON.stringify(text)));
const awkward = fc
  .constantFrom('=1+1', '"quoted", with comma', 'line\r\nbreak', '\u202egnp.exe', '\u0001', ' padded ', "it's", '{"a":1}', 'null', '\\', '')
  .map((text) => cell(JSON.stringify(text)));
const numbersInside = fc.constantFrom('1.10', '9223372036854775807', '1e5', '0.1000', '-0.0', '123456789012345678901234567890', '1E+2');
const dynamics = fc.oneof(
  numbersInside.map((text) => cell(`{"n":${text},"list":[${text},null,"x"],"":{"b":${text}}}`)),
  fc
    .dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 10 }), { noNullPrototype: true })
    .map((value) => cell(JSON.stringify(value))),
);
const spans = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 9_999_999 }))
  .map(([negative, days, seconds, ticks]) => {
    const clock = new Date(seconds * 1_000).toISOString().slice(11, 19);
    const zero = days === 0 && seconds === 0 && ticks === 0;
    const text = `${negative && !zero ? '-' : ''}${days ? `${days}.` : ''}${clock}${ticks ? `.${String(ticks).padStart(7, '0')}` : ''}`;
    return cell(`"${text}"`);
  });
const reals = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => cell(JSON.stringify(value)));
const bools = fc.constantFrom(cell('true'), cell('false'), cell('1', 'true'), cell('0', 'false'));
const guids = fc.uuid().map((value) => cell(`"${value.toUpperCase()}"`, `"${value}"`));
const none = fc.constant(cell('null'));

const types = ['Int64', 'SqlDecimal', 'DateTime', 'String', 'String', 'Object', 'TimeSpan', 'Double', 'SByte', 'Guid'] as const;
const row = fc.tuple(
  fc.oneof(longs, none),
  fc.oneof(decimals, none),
  fc.oneof(times, none),
  strings,
  awkward,
  fc.oneof(dynamics, none),
  fc.oneof(spans, none),
  fc.oneof(reals, none),
  fc.oneof(bools, none),
  fc.oneof(guids, none),
);

let turn = 0;
/** From the service's body through the kept file to the rows of the exports. */
const kept = async (rows: readonly (readonly Cell[])[]) => {
  turn += 1;
  const [lines, file] = [join(folder, `${turn}.rows`), join(folder, `${turn}.parquet`)];
  const schema = types.map((type, index) => ({ name: `c${index}`, type }));
  const results = rows.map((cells) => `{${cells.map(({ sent }, index) => `"c${index}":${sent}`).join(',')}}`);
  async function* body(): AsyncGenerator<Buffer> {
    yield Buffer.from(`{"schema":${JSON.stringify(schema)},"results":[${results.join(',')}]}`);
  }
  const answer = await receiveAnswer(body(), { to: lines });
  const loader = { load: (request: Parameters<typeof loadIntoParquet>[1]) => loadIntoParquet(engine, request) };
  const signal = new AbortController().signal;
  const loaded = await loadRows(loader, { from: lines, to: file, answer, claim: createColumnClaims([]), signal, owner: 'test' });
  return { files: [file], columns: loaded.columns };
};

const number = (text: string): string | number => (/^-?\d/.test(text) ? Number(text) : text);

const text = async (parts: AsyncIterable<string>): Promise<string> => {
  let whole = '';
  for await (const part of parts) whole += part;
  return whole;
};

/** A cell of a CSV line, unquoted; enough of RFC 4180 for what our own writer writes. */
const csvCells = (csv: string): readonly (readonly string[])[] => {
  const lines: string[][] = [[]];
  for (const [, quotedCell, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quotedCell === undefined && plain === '') break;
    lines.at(-1)!.push(quotedCell === undefined ? plain : quotedCell.replaceAll('""', '"'));
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
};

const csvForm = (wire: string): string => (wire === 'null' ? '' : wire.startsWith('"') ? (JSON.parse(wire) as string) : wire);

describe('every value of an answer', () => {
  it('comes out of JSON, NDJSON and CSV exactly as the service sent it', async () => {
    const exports = createResultExports({ engine });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        const result = await kept(rows);
        expect(result.columns.map(({ type }) => type)).toEqual([
          'long',
          'decimal',
          'datetime',
          'string',
          'string',
          'dynamic',
          'timespan',
          'real',
          'bool',
          'guid',
        ]);
        const found: string[][] = [];
        for await (const batch of exports.rows({ rows: result })) found.push(...batch.map((line) => [...splitRow(line)]));
        const real = types.indexOf('Double');
        const comparable = (cells: readonly string[]) => cells.map((value, index) => (index === real ? number(value) : value));
        const expected = rows.map((cells) => cells.map(({ wire }) => wire));
        // Strings may be escaped in more than one way; what they say must be the same.
        const said = (cells: readonly string[]) =>
          comparable(cells.map((value, index) => (types[index] === 'String' ? JSON.stringify(JSON.parse(value)) : value)));
        expect(found.map(said)).toEqual(expected.map(said));

        const objects = (await text(exports.ndjson({ rows: result }))).trimEnd().split('\n');
        expect(objects.map((line) => JSON.parse(line) as object)).toEqual(
          found.map((cells) => Object.fromEntries(cells.map((value, index) => [`c${index}`, JSON.parse(value) as unknown]))),
        );

        const [, ...lines] = csvCells(await text(exports.csv({ rows: result }, { safe: false })));
        const csv = (cells: readonly string[]) => cells.map((value, index) => (index === real ? number(value) : value));
        expect(lines.map(csv)).toEqual(expected.map((cells) => csv(cells.map(csvForm))));
      }),
      { numRuns: 12 },
    );
  });

  it('comes out of a workbook exactly: as a number where a double holds it, else as its text', async () => {
    const exports = createResultExports({ engine });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { files, columns } = await kept(rows);
        const book = workbookStream({ columns, rows: exports.rows({ rows: { files, columns } }), facts: [] });
        const sheet = (await unzip(await buffer(book))).get('xl/worksheets/sheet1.xml') ?? '';
        const $ = load(sheet, { xml: true });
        const found = $('row')
          .toArray()
          .slice(1)
          .map((line) =>
            $('c', line)
              .toArray()
              .map((one) => ({ type: $(one).attr('t') ?? 'n', text: $(one).text() })),
          );
        const real = types.indexOf('Double');
        rows.forEach((cells, at) =>
          cells.forEach(({ wire }, index) => {
            const { type, text: said } = found[at]![index]!;
            if (wire === 'null') return expect([type, said]).toEqual(['n', '']);
            if (type === 'b') return expect(said).toBe(wire === 'true' ? '1' : '0');
            if (type === 'n') {
              // A number cell has no zeros at its end: 0.000 is 0. More than 15 digits Excel would drop without a word.
              if (index !== real) expect(said.replace(/\D/g, '').length).toBeLessThanOrEqual(15);
              return expect(Number(said)).toBe(Number(csvForm(wire)));
            }
            return expect(plainXml(said)).toBe(csvForm(wire));
          }),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('comes out of Parquet exactly: times as timestamps, with their exact text beside them where they are finer', async () => {
    const exports = createResultExports({ engine });
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { files, columns } = await kept(rows);
        const to = `${files[0]!}.export.parquet`;
        await exports.parquet({ rows: { files, columns } }, to);
        const time = `coalesce("c2 (exact)", strftime("c2", '%Y-%m-%dT%H:%M:%S.%f') || '0Z')`;
        const described = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE FROM '${to}')`);
        const fine = described.getRows().some(([name]) => name === 'c2 (exact)');
        const fields = columns.map(({ name }, index) => (index === 2 ? (fine ? time : time.replace('"c2 (exact)"', 'NULL')) : `"${name}"`));
        const read = await connection.runAndReadAll(`SELECT ${fields.map((field) => `CAST(${field} AS VARCHAR)`).join(', ')} FROM '${to}'`);
        const real = types.indexOf('Double');
        const said = (value: string | null, index: number) => (index === real && value !== null ? Number(value) : value);
        expect(read.getRows().map((cells) => cells.map((value, index) => said(value as string | null, index)))).toEqual(
          rows.map((cells) =>
            cells.map(({ wire }, index) => {
              const text = types[index] === 'Object' ? wire : csvForm(wire);
              return said(wire === 'null' ? null : text, index);
            }),
          ),
        );
      }),
      { numRuns: 12 },
    );
    connection.closeSync();
    instance.closeSync();
  });
});

/** The reverse of the escapes that XML needs for what it cannot hold. */
const plainXml = (text: string): string => text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
