import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Lab } from '../../src/lab/server';
import { aCertificate } from '../support/a-certificate';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aGraphToken } from '../support/lab-device';
import { aRunningLab, contosoId } from '../support/running-lab';

let lab: Lab;
let token: string;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
  token = await aGraphToken(lab.url);
});
afterAll(() => lab.stop());

type Json = Record<string, unknown>;
const graph = async (method: string, path: string, options: { body?: unknown; token?: string; headers?: Record<string, string> } = {}) => {
  const response = await fetch(`${lab.url}/graph/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${options.token ?? token}`, 'content-type': 'application/json', ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Json };
};
const value = (answer: { body: Json }): Json[] => answer.body['value'] as Json[];

const hunting = 'https://graph.microsoft.com/ThreatHunting.Read.All';
const redirect = 'http://localhost:3055/auth/redirect';

const permission = async (value: string): Promise<Json> => {
  const { body } = await graph('GET', "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
  return (body['oauth2PermissionScopes'] as Json[]).find((one) => one['value'] === value) as Json;
};

const anApplication = async (more: Json = {}): Promise<Json> => {
  const { id } = await permission('ThreatHunting.Read.All');
  const content = {
    displayName: 'Quarry of a test',
    web: { redirectUris: [redirect] },
    requiredResourceAccess: [{ resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccess: [{ id, type: 'Scope' }] }],
    ...more,
  };
  const { status, body } = await graph('POST', '/applications', { body: content });
  expect(status).toBe(201);
  expect((await graph('POST', '/servicePrincipals', { body: { appId: body['appId'] } })).status).toBe(201);
  return body;
};

test('an application has the properties that were written, and ids of its own', async () => {
  const made = await anApplication();
  const { body } = await graph('GET', `/applications(appId='${String(made['appId'])}')`);
  expect(body).toMatchObject({
    id: made['id'],
    displayName: 'Quarry of a test',
    signInAudience: 'AzureADMultipleOrgs',
    passwordCredentials: [],
  });
  expect(value(await graph('GET', `/applications?$filter=appId eq '${String(made['appId'])}'&$select=id,displayName`))).toEqual([
    { id: made['id'], displayName: 'Quarry of a test' },
  ]);
});

test('a name of the caller makes writing it twice the same as once', async () => {
  const headers = { prefer: 'create-if-missing' };
  const first = await graph('PATCH', "/applications(uniqueName='quarry-1')", { body: { displayName: 'One' }, headers });
  const second = await graph('PATCH', "/applications(uniqueName='quarry-1')", { body: { displayName: 'Uno' }, headers });
  expect([first.status, second.status]).toEqual([201, 204]);
  expect((await graph('GET', "/applications(uniqueName='quarry-1')")).body).toMatchObject({ id: first.body['id'], displayName: 'Uno' });
  expect((await graph('PATCH', "/applications(uniqueName='quarry-2')", { body: { displayName: 'Two' } })).status).toBe(404);
});

test('a registered app signs people in at its own addresses with its own secret', async () => {
  const made = await anApplication();
  const appId = String(made['appId']);
  const secret = await graph('POST', `/applications/${String(made['id'])}/addPassword`, {
    body: { passwordCredential: { displayName: 'one' } },
  });
  const changes = { client_id: appId, redirect_uri: redirect, prompt: 'consent' };
  const code = await client.codeFor('admin@contoso.example', { changes });
  const own = { client_id: appId, redirect_uri: redirect, client_secret: String(secret.body['secretText']) };
  const { status, body } = await client.redeem(code, own);
  expect(status).toBe(200);
  expect(decodeJwt(String(body['id_token']))).toMatchObject({ aud: appId, tid: contosoId });
  expect(decodeJwt(String(body['access_token']))).toMatchObject({ appid: appId, app_displayname: 'Quarry of a test' });
  expect(body['scope']).toContain(hunting);

  const wrong = await client.signIn('admin@contoso.example', { changes: { ...changes, redirect_uri: `${redirect}/` } });
  expect(wrong.$('main').text()).toContain('AADSTS50011');
  expect(
    (
      await client.token(
        { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', ...own, client_secret: 'x' },
        contosoId,
      )
    ).body['error_codes'],
  ).toEqual([7000215]);
});

test('tokens of one app are worth nothing to another', async () => {
  const made = await anApplication();
  const own = {
    client_id: String(made['appId']),
    client_secret: String((await graph('POST', `/applications/${String(made['id'])}/addPassword`, { body: {} })).body['secretText']),
  };
  const code = await client.codeFor('analyst@contoso.example');
  expect((await client.redeem(code, own)).body['error_codes']).toEqual([70000]);
  const { body } = await client.redeem(code);
  const renewal = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']), scope: hunting };
  expect((await client.token({ ...renewal, ...own })).body['error_codes']).toEqual([70000]);
});

test('a secret is told once, and removed by its id', async () => {
  const made = await anApplication();
  const path = `/applications/${String(made['id'])}`;
  const { body } = await graph('POST', `${path}/addPassword`, { body: { passwordCredential: { displayName: 'one' } } });
  const [kept] = (await graph('GET', path)).body['passwordCredentials'] as Json[];
  expect(kept).toMatchObject({ keyId: body['keyId'], secretText: null, hint: String(body['secretText']).slice(0, 3) });
  expect(JSON.stringify(lab.applications.all())).not.toContain(String(body['secretText']));
  expect((await graph('POST', `${path}/removePassword`, { body: { keyId: body['keyId'] } })).status).toBe(204);
  expect((await graph('GET', path)).body['passwordCredentials']).toEqual([]);
});

test('a list of certificates replaces the one before, and only an exact question shows their content', async () => {
  const made = await anApplication();
  const path = `/applications/${String(made['id'])}`;
  const [one, two] = [aCertificate(), aCertificate()];
  const credential = (certificate: typeof one) => ({
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    key: certificate.der.toString('base64'),
  });
  expect((await graph('PATCH', path, { body: { keyCredentials: [credential(one)] } })).status).toBe(204);
  const plain = (await graph('GET', path)).body['keyCredentials'] as Json[];
  expect(plain).toMatchObject([{ key: null, customKeyIdentifier: createHash('sha1').update(one.der).digest('hex').toUpperCase() }]);
  expect((await graph('PATCH', path, { body: { keyCredentials: [...plain, credential(two)] } })).body).toMatchObject({
    error: { code: 'KeyCredentialsMissingKey' },
  });
  const whole = (await graph('GET', `${path}?$select=keyCredentials`)).body['keyCredentials'] as Json[];
  expect(whole[0]?.['key']).toBe(one.der.toString('base64'));
  await graph('PATCH', path, { body: { keyCredentials: [...whole, credential(two)] } });
  expect((await graph('GET', path)).body['keyCredentials']).toHaveLength(2);
});

test.each([
  ['an address without https', { web: { redirectUris: ['http://quarry.example/auth/redirect'] } }],
  ['a logout URL without https', { web: { redirectUris: [], logoutUrl: 'http://localhost:3000/out' } }],
  ['an unknown property', { colour: 'blue' }],
  ['no name', { displayName: '' }],
  ['a secret by PATCH', { passwordCredentials: [{}] }],
])('%s is refused as Graph refuses it', async (_what, more) => {
  const { status, body } = await graph('POST', '/applications', { body: { displayName: 'x', ...more } });
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { code: 'Request_BadRequest', innerError: { 'request-id': expect.any(String) } } });
});

test('an enabled app role cannot be left out', async () => {
  const role = {
    id: '8f0c8f1e-0c45-4f6e-9a1a-6f4f1f0b9a01',
    value: 'hunter',
    displayName: 'Hunter',
    description: 'Hunts',
    allowedMemberTypes: ['User'],
  };
  const made = await anApplication({ appRoles: [role] });
  const { body } = await graph('PATCH', `/applications/${String(made['id'])}`, { body: { appRoles: [] } });
  expect(body).toMatchObject({ error: { code: 'CannotDeleteOrUpdateEnabledEntitlement' } });
});

test('another organization does not see it, and a single-tenant app signs nobody else in', async () => {
  const made = await anApplication({ signInAudience: 'AzureADMyOrg' });
  const other = await aGraphToken(lab.url, 'admin@fabrikam.example');
  expect((await graph('GET', `/applications/${String(made['id'])}`, { token: other })).status).toBe(404);
  expect((await graph('POST', '/servicePrincipals', { token: other, body: { appId: made['appId'] } })).body).toMatchObject({
    error: { code: 'NoBackingApplicationObject' },
  });
  const changes = { client_id: String(made['appId']), redirect_uri: redirect };
  expect((await client.signIn('admin@contoso.example', { changes })).$('main').text()).toContain('AADSTS50194');
  expect((await client.signIn('admin@contoso.example', { changes, authority: 'fabrikam.example' })).$('main').text()).toContain(
    'AADSTS700016',
  );
});

test('only a token for it, of somebody who administers the directory, may write', async () => {
  const { body } = await client.redeem(await client.codeFor('analyst@contoso.example'));
  const denied = { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } };
  expect(await graph('POST', '/applications', { body: { displayName: 'x' }, token: String(body['access_token']) })).toMatchObject(denied);
  expect((await graph('GET', '/applications', { token: 'x.y.z' })).status).toBe(401);
  // The administrator has consented for everybody; the right to write is still a directory role's.
  lab.grants.for('14d82eec-204b-4c2f-b7e8-296a70dab67e').grantTenant({ id: contosoId } as never, {
    delegated: ['graph/Application.ReadWrite.All', 'openid', 'profile', 'offline_access'],
    application: [],
  });
  const analyst = await aGraphToken(lab.url, 'analyst@contoso.example');
  expect((await graph('GET', '/applications', { token: analyst })).status).toBe(200);
  expect(await graph('POST', '/applications', { body: { displayName: 'x' }, token: analyst })).toMatchObject(denied);
});

test('what was granted to an app in a tenant can be read', async () => {
  const { body } = await graph('GET', `/servicePrincipals(appId='${lab.clientId}')`);
  const grants = value(await graph('GET', `/oauth2PermissionGrants?$filter=clientId eq '${String(body['id'])}'`));
  expect(grants.map((grant) => grant['scope']).join(' ')).toContain('ThreatHunting.Read.All');
  const roles = value(await graph('GET', `/servicePrincipals/${String(body['id'])}/appRoleAssignments`));
  expect(roles.map((role) => role['resourceDisplayName'])).toContain('WindowsDefenderATP');
});

test('the organization and the caller are named', async () => {
  expect(value(await graph('GET', '/organization'))).toMatchObject([{ id: contosoId, displayName: 'Contoso' }]);
  expect((await graph('GET', '/me')).body).toMatchObject({ userPrincipalName: 'admin@contoso.example' });
});

test('a drill of the directory throttles it', async () => {
  lab.drills.arm({ service: 'directory', fault: '429', times: 1, retryAfter: 7 });
  const { status, headers } = await graph('GET', '/organization');
  expect([status, headers.get('retry-after')]).toEqual([429, '7']);
});

test('a filter that it cannot read is refused, not ignored', async () => {
  expect((await graph('GET', "/applications?$filter=startswith(displayName,'Q')")).status).toBe(400);
  expect(value(await graph('GET', "/applications?$filter=displayName eq 'it''s and that'"))).toEqual([]);
});

test("the lab's own page lists it, and removes it from an organization, as a program may", async () => {
  const made = await anApplication({ displayName: '<b>Quarry & "Co"</b>' });
  const appId = String(made['appId']);
  const browser = aBrowser();
  const page = await browser.visit(`${lab.url}/`);
  expect(page.text).toContain('&lt;b&gt;Quarry &amp; &quot;Co&quot;&lt;/b&gt;');
  const button = page.$(`input[value="${appId}"]`).closest('form').find('button');
  expect(button.text()).toBe('Remove it from Contoso');
  const contoso = { id: contosoId } as never;
  const own = lab.grants.for(appId);
  const form = { headers: { origin: lab.url }, body: new URLSearchParams({ client: appId, tenant: contosoId }) };
  await fetch(`${lab.url}/lab-home/withdraw`, { method: 'POST', redirect: 'manual', ...form });
  expect([own.connected(contoso), lab.grants.connected(contoso)]).toEqual([false, true]);
  own.grantTenant(contoso, { delegated: [], application: [] });
  expect((await fetch(`${lab.url}/lab/consents/contoso.example?client_id=${appId}`, { method: 'DELETE' })).status).toBe(204);
  expect([own.connected(contoso), lab.grants.connected(contoso)]).toEqual([false, true]);
});
