import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aCertificate } from '../support/a-certificate';
import { aCertificateFile } from '../support/a-certificate-file';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
const certificate = aCertificateFile();
beforeAll(async () => {
  lab = await aRunningLab({ LAB_CLIENT_CERTIFICATE_PATH: certificate.path });
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

const analyst = 'analyst@contoso.example';
const text = (body: Record<string, unknown>, name: string): string => String(body[name]);
const hunting = 'https://graph.microsoft.com/ThreatHunting.Read.All';

test("the ID token has Entra's claims and a signature of a published key", async () => {
  const { body } = await client.redeem(await client.codeFor(analyst), { client_info: '1' });
  const keys = (await (await fetch(`${lab.url}/${contosoId}/discovery/v2.0/keys`)).json()) as JSONWebKeySet;
  const { payload, protectedHeader } = await jwtVerify(text(body, 'id_token'), createLocalJWKSet(keys));
  expect(protectedHeader).toMatchObject({ typ: 'JWT', alg: 'RS256', kid: expect.any(String) });
  expect(payload).toMatchObject({
    ver: '2.0',
    iss: `${lab.url}/${contosoId}/v2.0`,
    aud: lab.clientId,
    tid: contosoId,
    oid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sub: expect.any(String),
    sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    nonce: 'nonce-1',
    name: 'Ana Lyst',
    preferred_username: analyst,
    uti: expect.any(String),
  });
  expect(payload.idp).toBeUndefined();
  expect(payload.sub).not.toBe(payload.oid);
  // Pairwise: the API knows the person by another subject than the app does.
  expect(decodeJwt(text(body, 'access_token')).sub).not.toBe(payload.sub);
  expect(JSON.parse(Buffer.from(text(body, 'client_info'), 'base64url').toString())).toEqual({ uid: payload.oid, utid: contosoId });
});

test('the answer says what was granted and for how long', async () => {
  const { body, headers } = await client.redeem(await client.codeFor(analyst));
  expect(Object.keys(body).sort()).toEqual(
    ['token_type', 'scope', 'expires_in', 'ext_expires_in', 'access_token', 'refresh_token', 'id_token'].sort(),
  );
  expect(body.expires_in).toBeGreaterThanOrEqual(3600);
  expect(body.expires_in).toBeLessThanOrEqual(5400);
  expect(text(body, 'scope').split(' ')).toEqual(expect.arrayContaining(['openid', 'profile', hunting]));
  expect(headers.get('cache-control')).toContain('no-store');
});

test('without openid there is no ID token, without offline_access no refresh token', async () => {
  const bare = await client.redeem(await client.codeFor(analyst, { changes: { scope: hunting } }));
  expect([bare.status, bare.body.id_token, bare.body.refresh_token]).toEqual([200, undefined, undefined]);
  const plain = await client.redeem(await client.codeFor(analyst, { changes: { scope: 'openid' } }));
  expect([plain.status, plain.body.refresh_token, decodeJwt(text(plain.body, 'id_token')).oid]).toEqual([200, undefined, undefined]);
});

test('an access token is for one resource, with all that is granted there', async () => {
  const scope = `openid profile offline_access ${hunting} https://api.security.microsoft.com/AdvancedHunting.Read`;
  const first = await client.redeem(await client.codeFor(analyst, { changes: { scope } }));
  expect(decodeJwt(text(first.body, 'access_token'))).toMatchObject({
    aud: 'https://graph.microsoft.com',
    ver: '1.0',
    appid: lab.clientId,
    appidacr: '1',
  });
  const mde = await client.token({
    grant_type: 'refresh_token',
    refresh_token: text(first.body, 'refresh_token'),
    scope: 'https://api.securitycenter.microsoft.com/AdvancedQuery.Read openid profile offline_access',
  });
  const claims = decodeJwt(text(mde.body, 'access_token'));
  expect(claims.aud).toBe('https://api.securitycenter.microsoft.com');
  expect(String(claims.scp).split(' ')).toEqual(expect.arrayContaining(['AdvancedQuery.Read', 'Ti.ReadWrite']));
  expect(claims.iss).toBe(`${lab.url}/${contosoId}/`);
});

test('bare scopes are answered bare, .default with everything', async () => {
  const { body } = await client.redeem(await client.codeFor(analyst), { scope: 'ThreatHunting.Read.All' });
  expect(text(body, 'scope').split(' ')).toContain('ThreatHunting.Read.All');
  const all = await client.token({
    grant_type: 'refresh_token',
    refresh_token: text(body, 'refresh_token'),
    scope: 'https://api.security.microsoft.com/.default',
  });
  expect(text(all.body, 'scope')).toContain('https://api.security.microsoft.com/AdvancedHunting.Read');
});

test('each refresh gives a new refresh token, and the one before still works', async () => {
  const { body } = await client.redeem(await client.codeFor(analyst));
  const once = await client.token({ grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting });
  const twice = await client.token({ grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting });
  expect([once.status, twice.status]).toEqual([200, 200]);
  expect(new Set([body.refresh_token, once.body.refresh_token, twice.body.refresh_token]).size).toBe(3);
  expect(decodeJwt(text(once.body, 'id_token'))).toMatchObject({ sid: decodeJwt(text(body, 'id_token')).sid, tid: contosoId });
  expect(decodeJwt(text(once.body, 'id_token')).nonce).toBeUndefined();
});

test('a client that handles claims challenges gets a token for a day', async () => {
  const claims = '{"access_token":{"xms_cc":{"values":["cp1"]}}}';
  const { body } = await client.redeem(await client.codeFor(analyst), { claims });
  expect(body.expires_in).toBeGreaterThanOrEqual(20 * 3600);
  expect(decodeJwt(text(body, 'access_token')).xms_cc).toEqual(['cp1']);
});

describe('a guest', () => {
  test('has another object id in the other tenant, and the same home', async () => {
    const admin = aBrowser();
    await admin.visit(
      `${lab.url}/fabrikam.example/v2.0/adminconsent?${new URLSearchParams({ client_id: lab.clientId, redirect_uri: 'http://localhost:3000/connect/done', scope: 'https://graph.microsoft.com/.default' })}`,
    );
    await admin.press('account', 'admin@fabrikam.example');
    expect((await admin.press('consent', 'accept')).location).toContain('admin_consent=True');

    const home = await client.redeem(await client.codeFor(analyst), { client_info: '1' });
    const away = await client.redeem(await client.codeFor(analyst, { authority: fabrikamId }), { client_info: '1' }, fabrikamId);
    const [member, guest] = [decodeJwt(text(home.body, 'id_token')), decodeJwt(text(away.body, 'id_token'))];
    expect([member.tid, guest.tid]).toEqual([contosoId, fabrikamId]);
    expect(guest.iss).toBe(`${lab.url}/${fabrikamId}/v2.0`);
    expect(guest.oid).not.toBe(member.oid);
    expect(guest.sub).not.toBe(member.sub);
    expect(guest.idp).toBe(`${lab.url}/${contosoId}/`);
    expect(away.body.client_info).toBe(home.body.client_info);

    const across = await client.token(
      { grant_type: 'refresh_token', refresh_token: text(home.body, 'refresh_token'), scope: hunting },
      fabrikamId,
    );
    expect(decodeJwt(text(across.body, 'access_token'))).toMatchObject({ tid: fabrikamId, oid: guest.oid });
    const many = await client.token({ grant_type: 'refresh_token', refresh_token: text(away.body, 'refresh_token'), scope: hunting });
    expect(decodeJwt(text(many.body, 'access_token')).tid).toBe(fabrikamId);
  });

  test('somebody who is none is refused at the other tenant', async () => {
    const { body } = await client.redeem(await client.codeFor('admin@contoso.example'));
    const away = await client.token(
      { grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting },
      fabrikamId,
    );
    expect([away.status, away.body.error, away.body.error_codes]).toEqual([400, 'invalid_grant', [50020]]);
  });
});

test('a step-up account signs in, and is then asked for more when it renews', async () => {
  const username = 'stepup@contoso.example';
  const browser = aBrowser();
  const { body } = await client.redeem(await client.codeFor(username, { browser }));
  const renewed = await client.token({ grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting });
  expect(renewed.body).toMatchObject({
    error: 'invalid_grant',
    suberror: 'basic_action',
    error_codes: [50076],
    claims: expect.stringContaining('capolids'),
  });
  await browser.visit(client.authorizeUrl({ claims: text(renewed.body, 'claims'), prompt: 'login' }));
  await browser.press('account', username);
  const answer = client.answerOf(await browser.press('factor', 'approve'));
  const strong = await client.redeem(answer.get('code') ?? '');
  expect(decodeJwt(text(strong.body, 'access_token')).amr).toEqual(['pwd', 'mfa']);
  const after = await client.token({ grant_type: 'refresh_token', refresh_token: text(strong.body, 'refresh_token'), scope: hunting });
  expect(after.status).toBe(200);
});

test('claims that name a policy need a second factor at renewal, too', async () => {
  const { body } = await client.redeem(await client.codeFor(analyst));
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const renewed = await client.token({ grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting, claims });
  expect(renewed.body).toMatchObject({ error: 'invalid_grant', suberror: 'basic_action', error_codes: [50076] });
  const newer = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  expect(
    (await client.token({ grant_type: 'refresh_token', refresh_token: text(body, 'refresh_token'), scope: hunting, claims: newer })).status,
  ).toBe(200);
});

describe('the app for itself', () => {
  const ask = (scope: string, authority: string) => client.token({ grant_type: 'client_credentials', scope }, authority);

  test('gets the roles that the tenant granted, and nothing of a person', async () => {
    const { body } = await ask('https://api.securitycenter.microsoft.com/.default', contosoId);
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'ext_expires_in', 'token_type']);
    const claims = decodeJwt(text(body, 'access_token'));
    expect(claims).toMatchObject({ idtyp: 'app', tid: contosoId, roles: expect.arrayContaining(['Event.Write', 'Ti.ReadWrite']) });
    expect([claims.scp, claims.name, claims.sid]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['the many tenants', 'https://graph.microsoft.com/.default', 'organizations', 50059],
    ['a named permission', 'https://graph.microsoft.com/ThreatHunting.Read.All', contosoId, 1002012],
    ['a bare permission', 'ThreatHunting.Read.All', contosoId, 1002012],
    ['openid beside it', 'openid https://graph.microsoft.com/.default', contosoId, 1002012],
    ['two resources', 'https://graph.microsoft.com/.default https://api.security.microsoft.com/.default', contosoId, 700022],
  ])('is refused for %s', async (_what, scope, authority, code) => {
    expect((await ask(scope, authority)).body.error_codes).toEqual([code]);
  });

  test('is unknown where nobody consented', async () => {
    const other = await aRunningLab();
    const { body } = await aLabClient(other).token(
      { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
      fabrikamId,
    );
    await other.stop();
    expect([body.error, body.error_codes]).toEqual(['invalid_client', [7000229]]);
  });
});

describe('a certificate', () => {
  const thumbprint = (algorithm: string): string => createHash(algorithm).update(certificate.der).digest('base64url');
  const assertion = (
    header: Record<string, string>,
    claims: Record<string, unknown> = {},
    key = createPrivateKey(certificate.key),
  ): Promise<string> =>
    new SignJWT({
      aud: `${lab.url}/${contosoId}/oauth2/v2.0/token`,
      iss: lab.clientId,
      sub: lab.clientId,
      jti: randomUUID(),
      exp: Math.floor(Date.now() / 1000) + 600,
      ...claims,
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'PS256', ...header })
      .sign(key);
  const prove = (client_assertion: string) =>
    client.token(
      {
        grant_type: 'client_credentials',
        scope: 'https://graph.microsoft.com/.default',
        client_secret: undefined,
        client_assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
      contosoId,
    );

  test.each([
    ['PS256 and the new thumbprint', { alg: 'PS256', 'x5t#S256': thumbprint('sha256') }],
    ['RS256 and the old thumbprint', { alg: 'RS256', x5t: thumbprint('sha1') }],
  ])('proves the client by %s', async (_what, header) => {
    const { status, body } = await prove(await assertion(header));
    expect(status).toBe(200);
    expect(decodeJwt(text(body, 'access_token')).appidacr).toBe('2');
  });

  const good = { 'x5t#S256': thumbprint('sha256') };
  test.each<[string, number, () => Promise<string>]>([
    ['another key', 700027, () => assertion(good, {}, createPrivateKey(aCertificate().key))],
    ['an unknown thumbprint', 700027, () => assertion({ 'x5t#S256': 'x' })],
    ['no thumbprint', 700027, () => assertion({})],
    ['the audience of another tenant', 700027, () => assertion(good, { aud: `${lab.url}/${fabrikamId}/oauth2/v2.0/token` })],
    ['another issuer', 700027, () => assertion(good, { iss: contosoId })],
    ['another subject', 700027, () => assertion(good, { sub: contosoId })],
    ['an end in the past', 700027, () => assertion(good, { exp: Math.floor(Date.now() / 1000) - 400 })],
    ['no end', 700027, () => assertion(good, { exp: undefined })],
    ['no jti', 700027, () => assertion(good, { jti: undefined })],
    ['a beginning in the future', 700027, () => assertion(good, { nbf: Math.floor(Date.now() / 1000) + 600 })],
  ])('does not with %s', async (_what, code, make) => {
    const { status, body } = await prove(await make());
    expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [code]]);
  });

  test('proves it once for each assertion', async () => {
    const used = await assertion(good);
    expect((await prove(used)).status).toBe(200);
    expect((await prove(used)).body.error_codes).toEqual([50013]);
  });
});

test('a rolled key signs from then on', async () => {
  const before = decodeProtectedHeader(text((await client.redeem(await client.codeFor(analyst))).body, 'id_token')).kid;
  await lab.rollKeys();
  const after = decodeProtectedHeader(text((await client.redeem(await client.codeFor(analyst))).body, 'id_token')).kid;
  expect(after).not.toBe(before);
});
