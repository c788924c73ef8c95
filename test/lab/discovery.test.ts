import { createHash, X509Certificate } from 'node:crypto';
import type { Lab } from '../../src/lab/server';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';

let lab: Lab;
beforeAll(async () => (lab = await aRunningLab()));
afterAll(() => lab.stop());

const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(lab.url + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const discovery = (tenant: string) => get(`/${tenant}/v2.0/.well-known/openid-configuration`);

test.each([
  ['organizations', '{tenantid}', 'organizations'],
  ['common', '{tenantid}', 'common'],
  ['Organizations', '{tenantid}', 'organizations'],
  ['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad', 'consumers'],
  [contosoId, contosoId, contosoId],
  [contosoId.toUpperCase(), contosoId, contosoId],
  ['contoso.example', contosoId, contosoId],
  ['fabrikam.example', fabrikamId, fabrikamId],
])('the document of %s names the issuer %s', async (asked, issuer, segment) => {
  const { status, body } = await discovery(asked);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    issuer: `${lab.url}/${issuer}/v2.0`,
    authorization_endpoint: `${lab.url}/${segment}/oauth2/v2.0/authorize`,
    token_endpoint: `${lab.url}/${segment}/oauth2/v2.0/token`,
    jwks_uri: `${lab.url}/${segment}/discovery/v2.0/keys`,
    end_session_endpoint: `${lab.url}/${segment}/oauth2/v2.0/logout`,
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    request_uri_parameter_supported: false,
    frontchannel_logout_supported: true,
  });
});

test('an unknown tenant has no document and no keys', async () => {
  for (const path of ['/nobody.example/v2.0/.well-known/openid-configuration', '/nobody.example/discovery/v2.0/keys']) {
    const { status, body } = await get(path);
    expect([status, body.error, body.error_codes]).toEqual([400, 'invalid_request', [90002]]);
  }
});

test('instance discovery names the lab as one cloud', async () => {
  const { body } = await get(
    `/common/discovery/instance?api-version=1.1&authorization_endpoint=${lab.url}/organizations/oauth2/v2.0/authorize`,
  );
  const host = new URL(lab.url).host;
  expect(body).toEqual({
    tenant_discovery_endpoint: `${lab.url}/organizations/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
});

test('keys carry a certificate of the same key, and their issuer where tenants share the endpoint', async () => {
  const { body } = await get('/organizations/discovery/v2.0/keys');
  const [key] = body.keys as {
    kid: string;
    x5t: string;
    n: string;
    x5c: [string];
    issuer?: string;
    kty: string;
    use: string;
    d?: string;
  }[];
  if (!key) throw new Error('There is no key.');
  const certificate = new X509Certificate(Buffer.from(key.x5c[0], 'base64'));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.export({ format: 'jwk' }).n).toBe(key.n);
  expect(createHash('sha1').update(certificate.raw).digest('base64url')).toBe(key.x5t);
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
  expect(key).toMatchObject({ kty: 'RSA', use: 'sig', issuer: `${lab.url}/{tenantid}/v2.0` });
  expect(key.d).toBeUndefined();
  const own = (await get(`/${contosoId}/discovery/v2.0/keys`)).body.keys as { kid: string; issuer?: string }[];
  expect(own.map(({ kid, issuer }) => [kid, issuer])).toEqual([[key.kid, undefined]]);
});

test('a rolled key is published beside the one before, or in its place', async () => {
  const kids = async () => ((await get('/organizations/discovery/v2.0/keys')).body.keys as { kid: string }[]).map(({ kid }) => kid);
  const roll = (body: object) =>
    fetch(`${lab.url}/lab/keys`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const before = await kids();
  expect((await roll({})).status).toBe(201);
  const both = await kids();
  expect(both.slice(1)).toEqual(before);
  await roll({ forget: true });
  const after = await kids();
  expect(after.length).toBe(1);
  expect(both).not.toContain(after[0]);
});
