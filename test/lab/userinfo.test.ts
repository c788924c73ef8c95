import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

const userinfo = (token: unknown): Promise<Response> =>
  fetch(`${lab.url}/oidc/userinfo`, { headers: { authorization: `Bearer ${String(token)}` } });

test('tells who a person is', async () => {
  const { body } = await client.redeem(await client.codeFor('analyst@contoso.example'));
  const response = await userinfo(body.access_token);
  expect(await response.json()).toEqual({
    sub: expect.any(String),
    name: 'Ana Lyst',
    given_name: 'Ana',
    family_name: 'Lyst',
    email: 'analyst@contoso.example',
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('tells nothing to an ID token, to the app itself, or to nobody', async () => {
  const { body } = await client.redeem(await client.codeFor('analyst@contoso.example'));
  const app = await client.token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' }, contosoId);
  for (const token of [body.id_token, app.body.access_token, 'x']) {
    const response = await userinfo(token);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  }
});

test('a numbered error has a page that says what it means', async () => {
  const visit = await aBrowser().visit(`${lab.url}/error?code=50076`);
  expect([visit.status, visit.$('h1').text()]).toEqual([200, 'AADSTS50076']);
  for (const code of ['1', 'constructor', '__proto__', '<script>', ''])
    expect((await aBrowser().visit(`${lab.url}/error?code=${code}`)).status).toBe(404);
});
