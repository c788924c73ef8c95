import { tenants, type Tenant } from '../../../src/lab/directory/tenants.data';
import { huntingSchema } from '../../../src/kql/hunting-schema';
import { openStoreFolder } from '../../../src/kusto/dataset/store-folder';
import type { Dataset } from '../../../src/kusto/dataset/dataset';
import { ensureSimulated, readAnswers } from '../../../src/lab/telemetry/simulated';
import { whatToTry } from '../../../src/lab/telemetry/what-to-try.data';
import { aFolder } from '../../support/a-folder';
import { aKusto } from '../../support/lab-telemetry';

const now = new Date();
const root = aFolder();
const { engine, ask, stop } = aKusto(root);
const folderOf = (tenant: Tenant): string => `${root}/${tenant.key}`;
const request = (tenant: Tenant) => ({ engine, tenant, seed: 'a seed', events: 9000, now, folder: folderOf(tenant) });
const datasets = new Map<string, Dataset>();

beforeAll(async () => {
  for (const tenant of tenants) {
    await ensureSimulated(request(tenant));
    datasets.set(tenant.key, (await openStoreFolder(folderOf(tenant), huntingSchema)) as Dataset);
  }
});
afterAll(stop);

const rowsOf = async (query: string, tenant = 'contoso') => (await ask(query, datasets.get(tenant) as Dataset, now)).rows;

test.each(tenants.map(({ key }) => [key]))('gives every answer key of %s exactly', async (key) => {
  const tenant = tenants.find((each) => each.key === key) as Tenant;
  const answers = readAnswers(folderOf(tenant));
  expect(answers.length).toBeGreaterThanOrEqual(12);
  for (const answer of answers) {
    const found = await ask(answer.kql, datasets.get(key) as Dataset, now);
    expect({ id: answer.id, ...found }).toEqual({ id: answer.id, columns: answer.columns, rows: answer.rows });
  }
});

describe.each(tenants.map(({ key }) => [key]))('ids across the tables of %s', (key) => {
  const none = async (query: string) => expect(await rowsOf(query, key)).toEqual([]);

  test('every device of an event is in DeviceInfo', () =>
    none(
      'union DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceRegistryEvents, DeviceImageLoadEvents, DeviceLogonEvents, DeviceEvents, DeviceNetworkInfo | distinct DeviceId, DeviceName | join kind=leftanti DeviceInfo on DeviceId, DeviceName',
    ));
  test('an initiating process says of itself what its own event said', async () => {
    const compared = await rowsOf(
      `let Starts = DeviceProcessEvents | project DeviceId, ProcessId, ProcessCreationTime, FileName, ProcessCommandLine, SHA1, AccountSid, ProcessUniqueId;
union DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceImageLoadEvents
| where isnotnull(InitiatingProcessId)
| project DeviceId, ProcessId = InitiatingProcessId, ProcessCreationTime = InitiatingProcessCreationTime, InitiatingProcessFileName, InitiatingProcessCommandLine, InitiatingProcessSHA1, InitiatingProcessAccountSid, InitiatingProcessUniqueId
| join kind=inner Starts on DeviceId, ProcessId, ProcessCreationTime
| extend Same = FileName == InitiatingProcessFileName and ProcessCommandLine == InitiatingProcessCommandLine and SHA1 == InitiatingProcessSHA1 and AccountSid == InitiatingProcessAccountSid and ProcessUniqueId == InitiatingProcessUniqueId
| summarize Same = countif(Same), Other = countif(not(Same))`,
      key,
    );
    const [same, other] = compared[0] as [number, number];
    expect(other).toBe(0);
    expect(same).toBeGreaterThan(1000);
  });
  test('a SHA-1 stands for one SHA-256 and the reverse', () =>
    none(
      'union (DeviceProcessEvents | project SHA1, SHA256), (DeviceImageLoadEvents | project SHA1, SHA256), (DeviceFileEvents | project SHA1, SHA256), (DeviceProcessEvents | project SHA1 = InitiatingProcessSHA1, SHA256 = InitiatingProcessSHA256) | where isnotempty(SHA1) | distinct SHA1, SHA256 | as Pairs | summarize Pairs = count() by SHA1 | where Pairs > 1',
    ));
  test('a report id occurs once on a device', () =>
    none(
      'union DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceRegistryEvents, DeviceImageLoadEvents, DeviceLogonEvents, DeviceEvents | summarize Times = count() by DeviceId, ReportId | where Times > 1',
    ));
  test('alerts and their evidence belong together', async () => {
    await none('AlertEvidence | join kind=leftanti AlertInfo on AlertId');
    await none('AlertInfo | join kind=leftanti AlertEvidence on AlertId');
    await none(
      'AlertEvidence | where EntityType == "Process" | join kind=leftanti DeviceProcessEvents on DeviceId, SHA1, ProcessCommandLine',
    );
    await none('AlertEvidence | where EntityType == "User" | join kind=leftanti IdentityInfo on AccountObjectId');
  });
  test('attachments, links and clicks lead to their mail', () =>
    none(
      'union (EmailAttachmentInfo | project NetworkMessageId), (EmailUrlInfo | project NetworkMessageId), (UrlClickEvents | project NetworkMessageId) | join kind=leftanti EmailEvents on NetworkMessageId',
    ));
  test('whoever signs in is a known person', () =>
    none('EntraIdSignInEvents | join kind=leftanti IdentityInfo on AccountObjectId, AccountUpn'));
  test('nothing happens in the future or before the window', async () => {
    const [first, last] = (
      await rowsOf(
        'union withsource = Source * | where isnotnull(Timestamp) and Source !startswith "DeviceTvm" | summarize min(Timestamp), max(Timestamp)',
        key,
      )
    )[0] as [string, string];
    expect(Date.parse(last)).toBeLessThanOrEqual(now.getTime());
    expect(now.getTime() - Date.parse(last)).toBeLessThan(3_600_000);
    expect(now.getTime() - Date.parse(first)).toBeLessThanOrEqual(31 * 86_400_000);
  });
});

test('finds something for every query to try first', async () => {
  for (const { title, kql } of whatToTry) {
    for (const { key } of tenants) expect({ title, key, found: (await rowsOf(kql, key)).length > 0 }).toEqual({ title, key, found: true });
  }
});

test('keeps strings free of null and rows in time order', async () => {
  const dataset = datasets.get('contoso') as Dataset;
  for (const table of huntingSchema.tables) {
    const relation = dataset.relation(table.name);
    if (!relation || relation.files.length === 0) continue;
    const strings = table.columns.filter(({ type }) => type === 'string').map(({ name }) => `"${name}" is null`);
    const sql = `select cast(count(*) filter (where ${strings.join(' or ')}) as varchar) from "${table.name}"`;
    for await (const batch of engine.rows({ relations: [relation], sql }))
      expect({ table: table.name, nulls: batch[0] }).toEqual({ table: table.name, nulls: '0' });
  }
  const relation = dataset.relation('DeviceNetworkEvents');
  const sql =
    'select cast(count(*) as varchar) from (select "Timestamp" as t, lag("Timestamp") over () as before from "DeviceNetworkEvents") where t < before';
  for await (const batch of engine.rows({ relations: relation ? [relation] : [], sql })) expect(batch).toEqual(['0']);
});

test('answers the enrichment functions from tables of its own', async () => {
  const harmful = await rowsOf(
    'DeviceProcessEvents | where FileName =~ "winupd.exe" | take 1 | invoke FileProfile(SHA1, 10) | project GlobalPrevalence < 100, ThreatName, SignatureState, ProfileAvailability',
  );
  expect(harmful).toEqual([[true, 'Ransom:Win64/Sample', 'Unsigned', 'Available']]);
  const resolved = await rowsOf(
    'DeviceNetworkEvents | where LocalIPType == "Private" | take 20 | project IP = LocalIP | invoke DeviceFromIP() | join kind=leftanti (DeviceNetworkEvents | distinct IP = LocalIP, DeviceId) on IP, DeviceId',
  );
  expect(resolved).toEqual([]);
  const seen = await rowsOf('DeviceInfo | where OnboardingStatus != "Onboarded" | invoke SeenBy() | count');
  expect((seen[0] as number[])[0]).toBeGreaterThan(0);
});

test('keeps what is fresh and makes anew what is older than a day', async () => {
  const tenant = tenants[1] as Tenant;
  expect((await ensureSimulated(request(tenant))).made).toBe(false);
  expect((await ensureSimulated({ ...request(tenant), now: new Date(now.getTime() + 23 * 3_600_000) })).made).toBe(false);
  const tomorrow = { ...request(tenant), now: new Date(now.getTime() + 25 * 3_600_000), sliceRows: 300 };
  expect((await ensureSimulated(tomorrow)).made).toBe(true);
  const dataset = (await openStoreFolder(folderOf(tenant), huntingSchema)) as Dataset;
  // A large table is a file a stretch of time: together they hold every row, and each is in order.
  const files = dataset.relation('DeviceNetworkEvents')?.files ?? [];
  expect(files.length).toBeGreaterThan(1);
  const reports = await ask(
    'DeviceNetworkEvents | summarize Rows = count(), Distinct = count_distinct(strcat(DeviceId, "/", ReportId))',
    dataset,
  );
  expect((reports.rows[0] as number[])[0]).toBe((reports.rows[0] as number[])[1]);
  for (const answer of readAnswers(folderOf(tenant)).slice(0, 6))
    expect((await ask(answer.kql, dataset, tomorrow.now)).rows).toEqual(answer.rows);
});
