import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, temporaryEngine } from './temporary-engine';

const { engine, folder } = temporaryEngine();
afterAll(engine.stop);

test('answers with the text of each row, in order', async () => {
  const rows = engine.rows({ relations: [], sql: 'SELECT CAST(i AS VARCHAR) FROM range(5000) t(i) ORDER BY i' });
  expect((await collect(rows)).map(Number)).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  expect(await rows.outcome).toEqual({ rows: 5000, cut: false });
});

test('loads JSON lines, keeps them typed, and reads them back', async () => {
  const from = join(folder, 'in.ndjson');
  writeFileSync(
    from,
    '["a",9223372036854775807,"2020-01-01T00:00:00.1234567Z",{"b":1.10,"a":1e5},1.10,true]\n["",null,null,null,null,null]\n',
  );
  const to = join(folder, 'out.parquet');
  const columns = [
    { name: 's', type: 'string' },
    { name: 'l', type: 'long' },
    { name: 't', type: 'datetime' },
    { name: 'd', type: 'dynamic' },
    { name: 'n', type: 'decimal' },
    { name: 'b', type: 'bool' },
  ] as const;
  expect(await engine.load({ from, columns, to })).toMatchObject({ rows: 2, misfits: {} });
  const relation = {
    name: 'T',
    files: [to],
    columns: [
      { name: 's', sqlType: 'VARCHAR' },
      { name: 'l', sqlType: 'BIGINT' },
      { name: 't', sqlType: 'BIGINT' },
      { name: 'd', sqlType: 'JSON' },
      { name: 'n', sqlType: 'VARCHAR' },
      { name: 'b', sqlType: 'BOOLEAN' },
    ],
  };
  const rows = await collect(engine.rows({ relations: [relation], sql: `SELECT concat_ws('|', s, l, t, d, n, b) FROM "T"` }));
  expect(rows).toEqual(['a|9223372036854775807|637134336001234567|{"b":1.10,"a":1e5}|1.10|true', '']);
});

test('loads lines far longer than the usual ones, beside short ones and over what a broken load left', async () => {
  const from = join(folder, 'long.ndjson');
  const long = 'x'.repeat(9_000_000);
  writeFileSync(from, `["short",1]\n["${long}",2]\n["",3]\n`);
  const to = join(folder, 'long.parquet');
  writeFileSync(`${to}.part`, 'half a file');
  const columns = [
    { name: 's', type: 'string' },
    { name: 'n', type: 'long' },
  ] as const;
  expect(await engine.load({ from, columns, to })).toMatchObject({ rows: 3, misfits: {} });
  const relation = { name: 'T', files: [to], columns: columns.map(({ name }) => ({ name, sqlType: name === 's' ? 'VARCHAR' : 'BIGINT' })) };
  const rows = engine.rows({ relations: [relation], sql: `SELECT length(s) || ',' || n FROM "T"` });
  expect(await collect(rows)).toEqual(['5,1', '9000000,2', '0,3']);
});

test.each([
  ['alone', ''],
  ['last', '["short"]\n'],
])('loads a line longer than the small buffers of the reader when it is %s in its file', async (_, before) => {
  const from = join(folder, 'end.ndjson');
  writeFileSync(from, `${before}["${'x'.repeat(4_900_000)}"]\n`);
  const to = join(folder, 'end.parquet');
  const columns = [{ name: 's', type: 'string' }] as const;
  expect(await engine.load({ from, columns, to })).toMatchObject({ rows: before === '' ? 1 : 2, misfits: {} });
  const relation = { name: 'T', files: [to], columns: [{ name: 's', sqlType: 'VARCHAR' }] };
  expect(await collect(engine.rows({ relations: [relation], sql: `SELECT max(length(s)) || '' FROM "T"` }))).toEqual(['4900000']);
});

test('leaves no process and no temporary file once it has stopped', async () => {
  const { engine: own, outside } = temporaryEngine();
  await Promise.all([1, 2].map((number) => collect(own.rows({ relations: [], sql: `SELECT '${number}'` }))));
  const processes = own.health().query.flatMap(({ pid }) => pid ?? []);
  expect(processes).not.toEqual([]);
  await own.stop();
  for (const pid of processes) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(readdirSync(join(outside, 'temporary'))).toEqual([]);
});
