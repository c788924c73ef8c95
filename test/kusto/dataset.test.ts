import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../../src/kql/schema';
import type { Dataset } from '../../src/kusto/dataset/dataset';
import { openPlainFolder } from '../../src/kusto/dataset/plain-folder';
import { openStoreFolder, writeManifest } from '../../src/kusto/dataset/store-folder';
import { wireRow } from '../../src/kusto/wire-form';
import { collect, temporaryEngine } from '../engine/temporary-engine';

const { engine, folder } = temporaryEngine();
afterAll(engine.stop);

const folderOf = (name: string): string => {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
};

/** A table's rows in wire form. */
const rowsOf = async (dataset: Dataset, name: string): Promise<string[]> => {
  const table = dataset.schema.tables.find((each) => each.name === name);
  const relation = dataset.relation(name);
  if (table === undefined || relation === undefined) throw new Error(`no table ${name}`);
  const row = wireRow(
    table.columns,
    relation.columns.map((column) => `"${column.name}"`),
  );
  return collect(engine.rows({ relations: [relation], sql: `SELECT ${row} FROM "${name}"` }));
};
const columnsOf = (dataset: Dataset, name: string): Record<string, string> =>
  Object.fromEntries(dataset.schema.tables.find((each) => each.name === name)?.columns.map((column) => [column.name, column.type]) ?? []);

test('reads Parquet with the types of its columns', async () => {
  const path = folderOf('parquet');
  const sql = `SELECT 'a' AS s, NULL::VARCHAR AS empty, 5::INTEGER AS i, 9223372036854775807::BIGINT AS l, 0.5::DOUBLE AS r, 1.50::DECIMAL(10,2) AS d,
    TIMESTAMP '2020-01-01 00:00:00.123456' AS t, TIMESTAMP_NS '2020-01-01 00:00:00.1234567' AS n, DATE '2020-01-02' AS day, INTERVAL 90 MINUTE AS span,
    '0000-0000'::VARCHAR AS text, uuid '12345678-1234-1234-1234-1234567890ab' AS g, {'x': 1, 'y': [1,2]} AS o, '{"a":1.10}'::JSON AS j, true AS b`;
  await engine.write({ relations: [], sql, to: join(path, 'T.parquet'), format: 'parquet' });
  const dataset = await openPlainFolder(engine, path);
  expect(columnsOf(dataset, 'T')).toEqual({
    ...{ s: 'string', empty: 'string', i: 'int', l: 'long', r: 'real', d: 'decimal', t: 'datetime', n: 'datetime', day: 'datetime' },
    ...{ span: 'timespan', text: 'string', g: 'guid', o: 'dynamic', j: 'dynamic', b: 'bool' },
  });
  expect(await rowsOf(dataset, 'T')).toEqual([
    '["a","",5,"9223372036854775807",0.5,1.50,"2020-01-01T00:00:00.1234560Z","2020-01-01T00:00:00.1234567Z","2020-01-02T00:00:00.0000000Z","01:30:00","0000-0000","12345678-1234-1234-1234-1234567890ab",{"x":1,"y":[1,2]},{"a":1.10},true]',
  ]);
});

test('reads CSV and NDJSON as text first, so that no digit is lost', async () => {
  const path = folderOf('text');
  writeFileSync(
    join(path, 'C.csv'),
    'When,Name,Count\n2020-01-01T00:00:00.1234567Z,"a, ""b""",9223372036854775807\n2021-01-01T00:00:00Z,,\n',
  );
  writeFileSync(
    join(path, 'N.ndjson'),
    '{"When":"2020-01-01T00:00:00.1234567Z","Extra":{"a":[1,2]},"Count":3}\n{"When":null,"Extra":null}\n',
  );
  const dataset = await openPlainFolder(engine, path);
  expect(columnsOf(dataset, 'C')).toEqual({ When: 'datetime', Name: 'string', Count: 'long' });
  expect(columnsOf(dataset, 'N')).toEqual({ When: 'datetime', Extra: 'dynamic', Count: 'long' });
  expect(await rowsOf(dataset, 'C')).toEqual([
    '["2020-01-01T00:00:00.1234567Z","a, \\"b\\"","9223372036854775807"]',
    '["2021-01-01T00:00:00.0000000Z","",null]',
  ]);
  expect(await rowsOf(dataset, 'N')).toEqual(['["2020-01-01T00:00:00.1234567Z",{"a":[1,2]},3]', '[null,null,null]']);
});

const wider: Schema = {
  id: 'wider',
  tables: [
    {
      name: 'Known',
      columns: [
        { name: 'At', type: 'datetime' },
        { name: 'Extra', type: 'dynamic' },
        { name: 'Missing', type: 'string' },
      ],
    },
    { name: 'Absent', columns: [{ name: 'x', type: 'long' }] },
  ],
};

test('takes types from a known schema, and has its other columns and tables as empty', async () => {
  const path = folderOf('known');
  await engine.write({
    relations: [],
    sql: `SELECT '{"a":1}' AS "Extra", TIMESTAMP '2020-01-01' AS "At", 7 AS own`,
    to: join(path, 'Known.parquet'),
    format: 'parquet',
  });
  const dataset = await openPlainFolder(engine, path, wider);
  expect(columnsOf(dataset, 'Known')).toEqual({ At: 'datetime', Extra: 'dynamic', Missing: 'string', own: 'int' });
  expect(await rowsOf(dataset, 'Known')).toEqual(['["2020-01-01T00:00:00.0000000Z",{"a":1},"",7]']);
  expect(await rowsOf(dataset, 'Absent')).toEqual([]);
});

test('opens a store-form folder by its manifest', async () => {
  const path = folderOf('store');
  expect(await openStoreFolder(path)).toBeUndefined();
  await engine.write({
    relations: [],
    sql: `SELECT 637134336001234567::BIGINT AS "At"`,
    to: join(path, 'Known.parquet'),
    format: 'parquet',
  });
  await writeManifest(path, { Known: { columns: [{ name: 'At', type: 'datetime' }], files: ['Known.parquet'], rows: 1 } });
  const dataset = await openStoreFolder(path, wider);
  if (dataset === undefined) throw new Error('not opened');
  expect(await rowsOf(dataset, 'Known')).toEqual(['["2020-01-01T00:00:00.1234567Z",null,""]']);
  expect(dataset.relation('Nothing')).toBeUndefined();
});

test('says what a folder cannot be', async () => {
  await expect(openPlainFolder(engine, join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-folder' });
  await expect(openPlainFolder(engine, folderOf('blank'))).rejects.toMatchObject({ code: 'no-tables' });
  const twice = folderOf('twice');
  for (const name of ['T.csv', 'T.ndjson']) writeFileSync(join(twice, name), 'a\n1\n');
  await expect(openPlainFolder(engine, twice)).rejects.toMatchObject({ code: 'bad-file' });
  const broken = folderOf('broken');
  writeFileSync(join(broken, 'T.parquet'), 'no parquet');
  await expect(openPlainFolder(engine, broken)).rejects.toMatchObject({ code: 'bad-file' });
  writeFileSync(join(broken, 'schema.json'), '{"version":2}');
  await expect(openStoreFolder(broken)).rejects.toMatchObject({ code: 'bad-schema' });
});
