import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { rowFormat } from '../../src/kusto/cli/formats';
import { runCli } from '../../src/kusto/cli/run';
import { tableLines } from '../../src/kusto/cli/table';
import { aFolder } from '../support/a-folder';

const folder = aFolder();
const data = join(folder, 'tables');

beforeAll(() => {
  mkdirSync(data);
  writeFileSync(
    join(data, 'Events.csv'),
    [
      'At,Host,Size,Line',
      '2020-01-01T00:00:00Z,alpha,5,"say ""hi"""',
      '2020-01-02T00:00:00Z,beta,1234567,\u001b[31mred',
      '2020-01-03T00:00:00Z,,,',
    ].join('\n'),
  );
});

class Captured extends Writable {
  text = '';
  isTTY = false;
  columns = 60;
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function kql(argv: string[], more: { stdin?: string; terminal?: boolean } = {}) {
  const stdout = new Captured();
  const stderr = new Captured();
  stdout.isTTY = more.terminal ?? false;
  const stdin = more.stdin === undefined ? Object.assign(new PassThrough(), { isTTY: true }) : Readable.from([more.stdin]);
  const code = await runCli({ argv, env: { DATA_DIR: join(folder, 'none') }, stdin, stdout, stderr });
  return { code, out: stdout.text, err: stderr.text };
}
const ask = (query: string, ...options: string[]) => kql(['--data', data, ...options, query]);

test('prints a table with numbers to the right', async () => {
  const { code, out, err } = await ask('Events | project Host, Size | take 2');
  expect(out).toBe(['Host      Size', '-----  -------', 'alpha        5', 'beta   1234567', ''].join('\n'));
  expect(err).toMatch(/^2 rows, \d+\.\d\d s\n$/);
  expect(code).toBe(0);
});

test('fits a terminal, marks what is cut, and shows no control characters', async () => {
  const { out } = await kql(['--data', data, 'Events | extend Long = strcat(Host, " is a host with a rather long description") | take 2'], {
    terminal: true,
  });
  const lines = out.trimEnd().split('\n');
  expect(lines.every((line) => [...line].length <= 60)).toBe(true);
  expect(out).toContain('…');
  expect(out).not.toContain('\u001b');
  expect(out).toContain('\\u001b');
});

test('writes CSV, NDJSON and JSON', () => {
  const columns = [
    { name: 'Host', type: 'string' },
    { name: 'Size', type: 'long' },
    { name: 'Bag', type: 'dynamic' },
  ] as const;
  const rows = ['["al,pha",5,{"a":[1.10,"]"],"b":"x"}]', '["",null,null]'];
  const whole = (format: 'csv' | 'ndjson' | 'json'): string => {
    const writer = rowFormat(format);
    return writer.open(columns) + rows.map((row) => writer.rows(columns, [row])).join('') + writer.close();
  };
  expect(whole('csv')).toBe('Host,Size,Bag\r\n"al,pha",5,"{""a"":[1.10,""]""],""b"":""x""}"\r\n,,\r\n');
  expect(whole('ndjson')).toBe('{"Host":"al,pha","Size":5,"Bag":{"a":[1.10,"]"],"b":"x"}}\n{"Host":"","Size":null,"Bag":null}\n');
  expect(JSON.parse(whole('json'))).toEqual({ columns, rows: rows.map((row) => JSON.parse(row) as unknown) });
});

test('shows rows as blocks when the columns do not fit side by side', () => {
  const columns = Array.from({ length: 12 }, (_, index) => ({ name: `Column${index}`, type: 'string' }) as const);
  const lines = tableLines(columns, [JSON.stringify(columns.map(({ name }) => `value of ${name}`))], 60);
  expect(lines.slice(0, 2)).toEqual(['-- row 1 --', 'Column0   value of Column0']);
});

test('puts a caret under the spot', async () => {
  const { code, out, err } = await ask('Events\n| where Hots == "a"');
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('  2 | | where Hots == "a"\n    |         ^^^^\n');
  expect(err).toMatch(/^2:9: error /);
});

test('answers a batch line for line, in order, whatever each line holds', async () => {
  const lines = [
    '{"id":"a","kql":"print x = 1"}',
    '{"id":2,"kql":"Events | where"}',
    'no json',
    '{"id":"b"}',
    '{"id":"c","kql":"print l = 9223372036854775807, t = datetime(2020-01-01), s = 1d, d = dynamic({\\"b\\":1,\\"a\\":[null]}), r = real(nan), n = int(null)"}',
  ];
  const { code, out } = await kql(['--data', data, '--batch'], { stdin: `${lines.join('\n')}\n` });
  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(code).toBe(0);
  expect(answers).toEqual([
    { id: 'a', columns: [{ name: 'x', type: 'long' }], rows: [[1]] },
    { id: 2, error: { code: expect.any(String), message: expect.any(String), line: 1, column: expect.any(Number) } },
    { id: null, error: expect.objectContaining({ code: 'batch-line' }) },
    { id: 'b', error: expect.objectContaining({ code: 'batch-line' }) },
    {
      id: 'c',
      columns: ['l:long', 't:datetime', 's:timespan', 'd:dynamic', 'r:real', 'n:int'].map((text) => ({
        name: text[0],
        type: text.slice(2),
      })),
      rows: [['9223372036854775807', '2020-01-01T00:00:00.0000000Z', '1.00:00:00', { b: 1, a: [null] }, 'NaN', null]],
    },
  ]);
});

test('shows the SQL, takes the time to count from, and stops at the rows asked for', async () => {
  expect((await ask('Events | take 1', '--explain')).out).toMatch(/select/i);
  const { out, err } = await ask('Events | project Host, now()', '--now', '2020-02-02T00:00:00Z', '--max-rows', '1', '--format', 'csv');
  expect(out).toBe('Host,Column1\r\nalpha,2020-02-02T00:00:00.0000000Z\r\n');
  expect(err).toContain('more rows follow');
});

test('reads the query from standard input', async () => {
  expect((await kql(['--data', data, '--format', 'csv'], { stdin: 'Events | count' })).out).toBe('Count\r\n3\r\n');
});

test('says that the lab has no data yet, and what is wrong with the command line', async () => {
  expect(await kql(['DeviceInfo | count'])).toMatchObject({ code: 2, err: expect.stringContaining('npm run lab') });
  expect(await kql(['--data', join(folder, 'nowhere'), 'print 1'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no folder'),
  });
  expect(await kql(['--format', 'xml', 'print 1'])).toMatchObject({ code: 2, err: expect.stringContaining('--format is one of') });
  expect(await kql(['--nonsense'])).toMatchObject({ code: 2 });
  expect(await kql([])).toMatchObject({ code: 2, err: expect.stringContaining('give a query') });
  expect(await kql(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit code') });
});

test('answers what needs no table before the lab has made its telemetry, and says what to do for the rest', async () => {
  const alone = await kql(['--format', 'csv', 'print x = 1']);
  expect([alone.code, alone.out]).toEqual([0, 'x\r\n1\r\n']);
  const lines = ['{"id":1,"kql":"print x = 1"}', '{"id":2,"kql":"DeviceInfo | count"}', '{"id":3,"kql":"print y = 2"}'];
  const { code, out } = await kql(['--batch'], { stdin: `${lines.join('\n')}\n` });
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number; rows?: unknown; error?: { code: string } });
  expect(code).toBe(0);
  expect(answers.map(({ id, rows, error }) => [id, rows ?? error?.code])).toEqual([
    [1, [[1]]],
    [2, 'data-no-folder'],
    [3, [[2]]],
  ]);
});
