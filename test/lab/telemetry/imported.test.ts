import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { huntingSchema } from '../../../src/kql/hunting-schema';
import type { Dataset } from '../../../src/kusto/dataset/dataset';
import { openStoreFolder } from '../../../src/kusto/dataset/store-folder';
import { ensureImported } from '../../../src/lab/telemetry/imported';
import { aFolder } from '../../support/a-folder';
import { aKusto } from '../../support/lab-telemetry';

const root = aFolder();
const source = join(root, 'source');
const { engine, ask, stop } = aKusto(root);
afterAll(stop);

const now = new Date('2026-11-20T10:00:00Z');
mkdirSync(source);
writeFileSync(
  join(source, 'DeviceProcessEvents.csv'),
  [
    'Timestamp,DeviceId,DeviceName,FileName,ProcessId,ProcessCommandLine,ProcessCreationTime',
    '2020-03-01T11:00:00.1234567Z,d1,one.example,cmd.exe,9007199254740993,"cmd /c ""dir, all""",2020-03-01T11:00:00.1234567Z',
    '2020-03-04T12:30:00.0000001Z,d1,one.example,net.exe,8,net user,2020-03-04T12:30:00Z',
  ].join('\n'),
);
writeFileSync(
  join(source, 'CloudAppEvents.ndjson'),
  `${JSON.stringify({ Timestamp: '2020-03-04T09:59:59.9999999Z', ActionType: 'New-InboxRule', IsAdminOperation: true, RawEventData: { Parameters: [{ Name: 'Name', Value: '..' }] } })}\n`,
);
writeFileSync(join(source, 'BadgeReader.csv'), 'Timestamp,Door,Person\n2020-03-02T08:00:00Z,North,ana\n');

const request = (more: Partial<Parameters<typeof ensureImported>[0]> = {}) => ({
  engine,
  source,
  folder: join(root, 'store'),
  shift: true,
  now,
  ...more,
});
const open = async (folder = 'store') => (await openStoreFolder(join(root, folder), huntingSchema)) as Dataset;

test('moves every time by the same whole days, so that the newest event is less than a day old', async () => {
  expect(await ensureImported(request())).toEqual({ made: true, shiftDays: 2451, rows: 4 });
  const dataset = await open();
  expect((await ask('DeviceProcessEvents | project Timestamp, ProcessCreationTime', dataset)).rows).toEqual([
    ['2026-11-16T11:00:00.1234567Z', '2026-11-16T11:00:00.1234567Z'],
    ['2026-11-19T12:30:00.0000001Z', '2026-11-19T12:30:00.0000000Z'],
  ]);
  expect((await ask('CloudAppEvents | project Timestamp', dataset)).rows).toEqual([['2026-11-19T09:59:59.9999999Z']]);
});

test('keeps values exact and texts free of null', async () => {
  const dataset = await open();
  const { rows } = await ask(
    'DeviceProcessEvents | take 1 | project ProcessId, ProcessCommandLine, AccountName == "", isnull(FileSize)',
    dataset,
  );
  expect(rows).toEqual([['9007199254740993', 'cmd /c "dir, all"', true, true]]);
  const cloud = await ask('CloudAppEvents | project Rule = tostring(RawEventData.Parameters[0].Value), IsAdminOperation, City', dataset);
  expect(cloud.rows).toEqual([['..', true, '']]);
});

test('takes tables that nobody knows as they are, and has all known ones', async () => {
  const dataset = await open();
  expect((await ask('BadgeReader | project Timestamp, Door, Person', dataset)).rows).toEqual([
    ['2026-11-17T08:00:00.0000000Z', 'North', 'ana'],
  ]);
  expect((await ask('EmailEvents | count', dataset)).rows).toEqual([[0]]);
  expect(dataset.schema.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(huntingSchema.tables.map(({ name }) => name)));
});

test('keeps the times as they are when told to', async () => {
  const folder = join(root, 'unshifted');
  expect(await ensureImported(request({ folder, shift: false }))).toEqual({ made: true, shiftDays: 0, rows: 4 });
  const { rows } = await ask('DeviceProcessEvents | summarize max(Timestamp)', await open('unshifted'));
  expect(rows).toEqual([['2020-03-04T12:30:00.0000001Z']]);
});

test('is done once a day and once for each state of the files', async () => {
  expect((await ensureImported(request())).made).toBe(false);
  expect((await ensureImported(request({ now: new Date('2026-11-20T12:29:00Z') }))).made).toBe(false);
  expect(await ensureImported(request({ now: new Date('2026-11-20T12:31:00Z') }))).toMatchObject({ made: true, shiftDays: 2452 });
  expect((await ensureImported(request())).made).toBe(true);
  utimesSync(join(source, 'BadgeReader.csv'), new Date(), new Date(Date.now() + 5000));
  expect((await ensureImported(request())).made).toBe(true);
});

test('says which file cannot be read', async () => {
  const broken = join(root, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'DeviceEvents.parquet'), 'this is no Parquet file');
  await expect(ensureImported(request({ source: broken, folder: join(root, 'nowhere') }))).rejects.toThrow(/DeviceEvents\.parquet/);
});
