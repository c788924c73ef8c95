import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialects } from '../../../src/lab/hunting/dialect';
import { huntingService } from '../../../src/lab/hunting/hunting-service';
import type { Lab } from '../../../src/lab/server';
import { createLabData } from '../../../src/lab/telemetry/lab-data';
import { aFolder } from '../../support/a-folder';
import { aRunningLab, contosoId, fabrikamId, labSecret } from '../../support/running-lab';

const root = aFolder();
let clock = Date.now();
const now = () => new Date(clock);
const graphPath = '/graph/v1.0/security/runHuntingQuery';
const scopes = {
  graph: 'https://graph.microsoft.com/.default',
  xdr: 'https://api.security.microsoft.com/.default',
  mde: 'https://api.securitycenter.microsoft.com/.default',
};

let lab: Lab;
const tokens = {} as Record<keyof typeof scopes, string>;

const acquire = async (scope: string): Promise<string> => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: lab.clientId, client_secret: labSecret, scope });
  const response = await fetch(`${lab.url}/${contosoId}/oauth2/v2.0/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
};

beforeAll(async () => {
  const data = createLabData({ settings: { dataDir: join(root, 'lab'), telemetry: { shift: true, events: 4000 } } });
  lab = await aRunningLab({ DATA_DIR: root }, { services: [huntingService(data)], now });
  await lab.prepared;
  for (const key of Object.keys(scopes) as (keyof typeof scopes)[]) tokens[key] = await acquire(scopes[key]);
});
afterAll(() => lab.stop());
// Quotas are per minute of the lab's clock; a test must not spend the next one's.
beforeEach(() => (clock += 61_000));

const call = async (path: string, body: unknown, token?: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${lab.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what each test is about
  return { status: response.status, headers: response.headers, text, json: (text.startsWith('{') ? JSON.parse(text) : undefined) as any };
};
const hunt = (query: string, more: object = {}) => call(graphPath, { Query: query, ...more }, tokens.graph);

test('answers as Graph does, with types and exact values', async () => {
  const { status, headers, json, text } = await hunt(
    'print Big = 9223372036854775807, When = datetime(2026-03-04T05:06:07.1234567Z), Yes = true, None = int(null), Bag = dynamic({"a":[1,2]}), Half = 0.5, Text = "x", Span = 90s',
  );
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(json['@odata.context']).toBe('https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults');
  expect(json.schema.map(({ name, type }: { name: string; type: string }) => `${name} ${type}`)).toEqual([
    'Big Int64',
    'When DateTime',
    'Yes SByte',
    'None Int32',
    'Bag Object',
    'Half Double',
    'Text String',
    'Span TimeSpan',
  ]);
  expect(text).toContain('"Big":9223372036854775807');
  expect(json.results[0]).toMatchObject({
    When: '2026-03-04T05:06:07.1234567Z',
    Yes: true,
    None: null,
    Bag: { a: [1, 2] },
    Half: 0.5,
    Text: 'x',
    Span: '00:01:30',
  });
});

test('answers as the two older services do', async () => {
  for (const [path, token] of [
    ['/xdr/api/advancedhunting/run', tokens.xdr],
    ['/mde/api/advancedqueries/run', tokens.mde],
  ] as const) {
    const { status, json } = await call(path, { Query: 'DeviceInfo | take 2 | project Timestamp, DeviceName' }, token);
    expect(status).toBe(200);
    expect(json.Schema).toEqual([
      { Name: 'Timestamp', Type: 'DateTime' },
      { Name: 'DeviceName', Type: 'String' },
    ]);
    expect(json.Results).toHaveLength(2);
    expect(json.Stats.dataset_statistics[0].table_row_count).toBe(2);
    expect(Object.keys(json.Stats.resource_usage.cpu)).toContain('total cpu');
  }
});

test("honours Timespan, and the query's own time filter where that is shorter", async () => {
  const count = async (query: string, more: object = {}) => (await hunt(query, more)).json.results[0].Count as number;
  const all = await count('DeviceInfo | count');
  const week = await count('DeviceInfo | count', { Timespan: 'P7D' });
  const byQuery = await count('DeviceInfo | where Timestamp > ago(7d) | count');
  expect(week).toBeGreaterThan(0);
  expect(week).toBeLessThan(all);
  expect(Math.abs(week - byQuery)).toBeLessThanOrEqual(2);
  expect(await count('DeviceInfo | where Timestamp > ago(1d) | count', { Timespan: 'P7D' })).toBeLessThan(week);
  const middle = new Date(clock - 10 * 86_400_000).toISOString();
  const [before, after] = [
    await count('DeviceInfo | count', { Timespan: `P40D/${middle}` }),
    await count('DeviceInfo | count', { Timespan: middle }),
  ];
  expect(before + after).toBe(all);
  expect(await hunt('DeviceInfo | count', { Timespan: 'last week' })).toMatchObject({ status: 400 });
});

test('says what is wrong with a query, in the words of the engine', async () => {
  const unknownColumn = await hunt('DeviceInfo | where Nothing == 1');
  expect(unknownColumn.status).toBe(400);
  expect(unknownColumn.json.error).toMatchObject({
    code: 'BadRequest',
    message: "'where' operator: Failed to resolve scalar expression named 'Nothing'. Fix semantic errors in your query.",
    innerError: { 'request-id': unknownColumn.headers.get('request-id') },
  });
  expect((await hunt('DeviceInfo | where (')).json.error.message).toMatch(/^A recognition error occurred\./);
  const legacy = await call('/mde/api/advancedqueries/run', { Query: 'NoSuchTable | take 1' }, tokens.mde);
  expect(legacy.json.error).toMatchObject({ code: 'BadRequest', target: legacy.headers.get('request-id') });
});

test("reads the names of the body's properties with regard to case", async () => {
  expect(await call(graphPath, { query: 'print 1' }, tokens.graph)).toMatchObject({ status: 200 });
  expect(await call(graphPath, { QUERY: 'print 1' }, tokens.graph)).toMatchObject({ status: 400 });
  expect((await call('/mde/api/advancedqueries/run', { query: 'print 1' }, tokens.mde)).json.error.code).toBe('MissingRequiredParameter');
  expect(await call(graphPath, 'no json', tokens.graph)).toMatchObject({ status: 400, json: { error: { code: 'InvalidRequestBody' } } });
});

test('refuses a call without a good token, and one for another service', async () => {
  const none = await call(graphPath, { Query: 'print 1' });
  expect(none).toMatchObject({ status: 401, json: { error: { code: 'InvalidAuthenticationToken' } } });
  expect(none.headers.get('www-authenticate')).toMatch(/^Bearer /);
  const forged = await call(graphPath, { Query: 'print 1' }, `${tokens.graph.slice(0, -4)}AAAA`);
  expect(forged).toMatchObject({ status: 401 });
  expect(forged.headers.get('www-authenticate')).toContain('error="invalid_token"');
  expect(await call(graphPath, { Query: 'print 1' }, tokens.mde)).toMatchObject({ status: 401 });
});

test('refuses a tenant that has withdrawn its consent', async () => {
  const body = JSON.stringify({ service: 'hunting', fault: 'consent', times: 1 });
  await fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(await hunt('print 1')).toMatchObject({ status: 403, json: { error: { code: 'Forbidden' } } });
});

test('asks for a newer token with a claims challenge', async () => {
  const body = JSON.stringify({ service: 'hunting', fault: 'claims', times: 1 });
  await fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const { status, headers } = await hunt('print 1');
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toMatch(/error="insufficient_claims", claims="[^"]+"/);
});

test('lets 45 calls of a tenant through in a minute', async () => {
  for (let turn = 0; turn < 45; turn += 1) expect((await call(graphPath, {}, tokens.graph)).status).toBe(400);
  const { status, headers, json } = await hunt('print 1');
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(json.error).toMatchObject({ code: 'TooManyRequests', message: 'API calls quota exceeded! maximum allowed 45 per 00:01:00' });
  expect((await call('/xdr/api/advancedhunting/run', { Query: 'print 1' }, tokens.xdr)).status).toBe(200);
  clock += 61_000;
  expect((await hunt('print 1')).status).toBe(200);
});

test('counts 1,500 calls an hour for the endpoint service', async () => {
  expect(dialects.mde.quotas).toContainEqual({ calls: 1500, seconds: 3600 });
});

test('ends a result at a round number of rows when a drill cuts it', async () => {
  const body = JSON.stringify({ service: 'hunting', fault: 'cut', times: 1, tenant: contosoId });
  await fetch(`${lab.url}/lab/drills`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const cut = await hunt('DeviceNetworkEvents | project Timestamp');
  const whole = await hunt('DeviceNetworkEvents | project Timestamp');
  const rows = cut.json.results.length as number;
  expect(rows).toBe(10 ** (String(whole.json.results.length - 1).length - 1));
  expect(cut.json.results).toEqual(whole.json.results.slice(0, rows));
});

test('ends at 100,000 rows, and refuses more than 50 MB', async () => {
  const many = await hunt('range x from 1 to 100500 step 1');
  expect(many.status).toBe(200);
  expect(many.json.results).toHaveLength(100_000);
  const large = await hunt('range x from 1 to 60000 step 1 | extend Text = strrep("0123456789", 100)');
  expect(large.status).toBe(400);
  expect(large.json.error.message).toContain('exceeded the allowed result size');
});

test('tells local programs where the rows come from, and asks its questions without answering them', async () => {
  const telemetry = (await (await fetch(`${lab.url}/lab/telemetry`)).json()) as { tenant: string; origin: string; shiftDays: number }[];
  expect(telemetry.map(({ tenant, origin, shiftDays }) => [tenant, origin, shiftDays])).toEqual([
    ['contoso', 'simulated', 0],
    ['fabrikam', 'simulated', 0],
  ]);
  const stories = (await (await fetch(`${lab.url}/lab/stories`)).json()) as Record<string, unknown>[];
  expect(stories.length).toBeGreaterThan(20);
  expect(Object.keys(stories[0] ?? {})).not.toEqual(expect.arrayContaining(['rows']));
  const spoiled = (await (await fetch(`${lab.url}/lab/stories?answers=yes`)).json()) as Record<string, unknown>[];
  expect(spoiled[0]).toHaveProperty('rows');
});

test('keeps the tenants apart', async () => {
  const { json } = await hunt('DeviceInfo | where DeviceName endswith "fabrikam.example" | count');
  expect(json.results).toEqual([{ Count: 0 }]);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: lab.clientId,
    client_secret: labSecret,
    scope: scopes.graph,
  });
  const response = await fetch(`${lab.url}/${fabrikamId}/oauth2/v2.0/token`, { method: 'POST', body });
  // No administrator there has consented, so the app has no service principal.
  expect([response.status, ((await response.json()) as { error_codes: number[] }).error_codes]).toEqual([401, [7000229]]);
});

const shared = join(__dirname, '../../../../shared/telemetry');
const questions = existsSync(join(shared, 'questions.json'))
  ? (JSON.parse(readFileSync(join(shared, 'questions.json'), 'utf8')) as {
      id: number;
      kql: string;
      columns: string[];
      expectedRows: Record<string, unknown>[];
    }[])
  : [];

(questions.length > 0 ? describe : describe.skip)('over captured telemetry (../shared/telemetry)', () => {
  let captured: Lab;
  beforeAll(async () => {
    const data = createLabData({ settings: { dataDir: join(root, 'captured'), telemetry: { shift: true, events: 0, data: shared } } });
    captured = await aRunningLab({ DATA_DIR: root }, { services: [huntingService(data)] });
    await captured.prepared;
  });
  afterAll(() => captured.stop());

  test.each(questions.map(({ id }) => [id]))('answers question %i as recorded', async (id) => {
    const question = questions.find((each) => each.id === id)!;
    const ask = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: captured.clientId,
      client_secret: labSecret,
      scope: scopes.graph,
    });
    const granted = await fetch(`${captured.url}/${contosoId}/oauth2/v2.0/token`, { method: 'POST', body: ask });
    const { access_token } = (await granted.json()) as { access_token: string };
    const response = await fetch(`${captured.url}${graphPath}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ Query: question.kql }),
    });
    const json = (await response.json()) as { schema: { name: string }[]; results: unknown[] };
    expect(json.schema.map(({ name }) => name)).toEqual(question.columns);
    expect(json.results).toEqual(question.expectedRows);
  });
});
