import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aLabClient } from '../support/lab-client';
import { aGraphToken } from '../support/lab-device';
import { aRunningLab, contosoId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterEach(async () => {
  await set('clock', { seconds: 0 });
  await set('licences', { tenant: contosoId, without: [] });
});
afterAll(() => lab.stop());

const set = (what: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${lab.url}/lab/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const appToken = (resource: string) => client.token({ grant_type: 'client_credentials', scope: `https://${resource}/.default` }, contosoId);

test('a shifted clock is told by every answer and counts for every token', async () => {
  expect((await set('clock', { seconds: 7_200 })).status).toBe(204);
  const answer = await fetch(`${lab.url}/organizations/v2.0/.well-known/openid-configuration`);
  const ahead = (Date.parse(String(answer.headers.get('date'))) - Date.now()) / 1000;
  expect(Math.round(ahead / 60)).toBe(120);
  const { body } = await appToken('graph.microsoft.com');
  expect((decodeJwt(String(body['access_token'])).iat ?? 0) - Date.now() / 1000).toBeGreaterThan(6_000);
  const code = await client.codeFor('analyst@contoso.example');
  await set('clock', { seconds: 10_000 });
  expect((await client.redeem(code)).body['error_codes']).toEqual([70008]);
});

test('an organization without a licence has no such API: not for the app, not for people, not in the directory', async () => {
  expect((await set('licences', { tenant: 'contoso.example', without: ['mde'] })).status).toBe(204);
  expect((await appToken('api.securitycenter.microsoft.com')).body['error_codes']).toEqual([500011]);
  expect((await appToken('graph.microsoft.com')).status).toBe(200);
  const scope = 'openid https://api.securitycenter.microsoft.com/AdvancedQuery.Read';
  const code = await client.codeFor('analyst@contoso.example', { changes: { scope } });
  expect((await client.redeem(code)).body['error_codes']).toEqual([650052]);
  const headers = { authorization: `Bearer ${await aGraphToken(lab.url)}` };
  const principal = `${lab.url}/graph/v1.0/servicePrincipals(appId='fc780465-2017-40d4-a0c5-307022471b92')`;
  expect((await fetch(principal, { headers })).status).toBe(404);
  await set('licences', { tenant: 'contoso.example', without: [] });
  expect((await fetch(principal, { headers })).status).toBe(200);
});

test.each([
  ['clock', { seconds: 'much' }, 400],
  ['licences', { tenant: 'nobody.example', without: [] }, 400],
  ['licences', { tenant: 'contoso.example', without: ['everything'] }, 400],
  ['expiries', { clientId: '11111111-2222-4333-8444-555555555555' }, 404],
  ['expiries', {}, 400],
])('%s refuses %j', async (what, body, status) => {
  expect((await set(what, body)).status).toBe(status);
});

test('pages of other sites steer nothing', async () => {
  expect((await set('clock', { seconds: 1 }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});
