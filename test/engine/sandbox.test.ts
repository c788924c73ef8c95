import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, temporaryEngine } from './temporary-engine';

const { engine, folder, outside } = temporaryEngine();
const secret = join(outside, 'secret.txt');
const neighbour = join(folder, 'neighbour.parquet');
const own = join(folder, 'own.parquet');

beforeAll(async () => {
  writeFileSync(secret, 'secret');
  await engine.write({ relations: [], sql: "SELECT 'neighbour' AS a", to: neighbour, format: 'parquet' });
  await engine.write({ relations: [], sql: "SELECT 'own' AS a", to: own, format: 'parquet' });
});
afterAll(engine.stop);

const relation = { name: 'T', files: [own], columns: [{ name: 'a', sqlType: 'VARCHAR' }] };
const run = (sql: string) => collect(engine.rows({ relations: [relation], sql }));

test('reads the files of the request', async () => {
  expect(await run('SELECT a FROM "T"')).toEqual(['own']);
});

test.each([
  ['a file outside', `SELECT content FROM read_text('${secret}')`],
  ['a file of another request', `SELECT a FROM read_parquet('${neighbour}')`],
  ['a path that climbs', `SELECT a FROM read_parquet('${own}/../neighbour.parquet')`],
  ['a listing', `SELECT file FROM glob('${folder}/*')`],
  ['the system', `SELECT content FROM read_text('/etc/passwd')`],
  ['a process file', `SELECT content FROM read_text('/proc/self/environ')`],
  ['the network', `SELECT content FROM read_text('http://127.0.0.1:1/x')`],
  ['a cloud bucket', `SELECT a FROM read_parquet('s3://bucket/x.parquet')`],
  ['a file by name', `SELECT a FROM '${neighbour}'`],
])('refuses %s', async (_name, sql) => {
  await expect(run(sql)).rejects.toMatchObject({ name: 'EngineError', code: expect.stringMatching(/^(refused|invalid|data)$/) });
});

test.each([
  ['two statements', `SELECT '1'; SELECT '2'`],
  ['no statement', ` -- nothing`],
  ['COPY', `COPY (SELECT 1) TO '${join(folder, 'stolen.csv')}'`],
  ['ATTACH', `ATTACH ':memory:' AS other`],
  ['SET', `SET memory_limit = '100GB'`],
  ['PRAGMA', `PRAGMA enable_profiling`],
  ['CREATE', `CREATE TABLE x (a INTEGER)`],
  ['INSTALL', `INSTALL httpfs`],
  ['LOAD', `LOAD httpfs`],
  ['EXPORT', `EXPORT DATABASE '${folder}'`],
  ['DROP', `DROP VIEW "T"`],
  ['a secret', `CREATE SECRET s (TYPE s3)`],
  ['CALL', `CALL pragma_version()`],
  ['a change hidden in a CTE', `WITH a AS (DELETE FROM "T" RETURNING a) SELECT a FROM a`],
])('runs no %s', async (_name, sql) => {
  await expect(run(sql)).rejects.toMatchObject({ name: 'EngineError' });
  await expect(engine.write({ relations: [relation], sql, to: join(folder, 'out.parquet'), format: 'parquet' })).rejects.toMatchObject({
    name: 'EngineError',
  });
  expect(existsSync(join(folder, 'stolen.csv'))).toBe(false);
  expect(existsSync(join(folder, 'out.parquet'))).toBe(false);
});

test('cannot break out of the COPY that keeps a result', async () => {
  const to = join(folder, 'kept.csv');
  const sql = `SELECT 'a' AS a) TO '${join(folder, 'stolen.csv')}' --`;
  await expect(engine.write({ relations: [], sql, to, format: 'csv' })).rejects.toMatchObject({ code: 'invalid' });
  await engine.write({ relations: [], sql: `SELECT 'a' AS a -- a comment at the end`, to, format: 'csv' });
  expect(existsSync(to)).toBe(true);
  expect(existsSync(join(folder, 'stolen.csv'))).toBe(false);
});

test('refuses a request that names files outside its folders', async () => {
  await expect(collect(engine.rows({ relations: [{ ...relation, files: [secret] }], sql: 'SELECT a FROM "T"' }))).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(engine.write({ relations: [], sql: 'SELECT 1', to: join(outside, 'x.csv'), format: 'csv' })).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(engine.load({ from: secret, columns: [], to: own })).rejects.toMatchObject({ code: 'refused' });
});

test('binds values, whatever they hold', async () => {
  const hostile = `'"; DROP TABLE x; -- \\ \u0000 $1`;
  expect(await collect(engine.rows({ relations: [], sql: 'SELECT $1', parameters: [hostile] }))).toEqual([hostile]);
});

test('quotes the names of tables and columns', async () => {
  const name = `a"b'; --`;
  const file = join(folder, 'odd.parquet');
  await engine.load({ from: written('odd.ndjson', '["x"]\n'), columns: [{ name, type: 'string' }], to: file });
  const odd = { name: `T"; DROP`, files: [file], columns: [{ name, sqlType: 'VARCHAR' }] };
  expect(await collect(engine.rows({ relations: [odd], sql: `SELECT "a""b'; --" FROM "T""; DROP"` }))).toEqual(['x']);
});

const written = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('hands no environment to the process', async () => {
  const own = temporaryEngine({ lanes: { query: 1 } });
  await collect(own.engine.rows({ relations: [], sql: `SELECT 'x'` }));
  const [pid] = own.engine.health().query.map((child) => child.pid);
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map((line) => line.split('=')[0]);
  expect(names).toContain('TZ');
  for (const name of ['PATH', 'HOME']) expect(names).not.toContain(name);
  await own.engine.stop();
});
