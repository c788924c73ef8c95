import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import type { Lab } from '../../../src/lab/server';
import { aCertificate } from '../../support/a-certificate';
import { aFolder } from '../../support/a-folder';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { aBrowser, type LabBrowser, type Visit } from '../../support/lab-browser';
import { walkAs } from '../../support/lab-walk';
import { aRunningLab, contosoId, fabrikamId, labSecret } from '../../support/running-lab';

let lab: Lab;
let quarry: SigningInApp;

const whoAmI = (): Router =>
  Router().get('/who{/:anything}', requireSignIn, (req, res) => {
    res.json(signedInUser(req));
  });

beforeAll(async () => {
  quarry = await aSigningInApp({
    identity: async (baseUrl) => {
      lab = await aRunningLab({ LAB_REDIRECT_URIS: `${baseUrl}/auth/redirect,${baseUrl}/connect/done,${baseUrl}/` });
      return { authorityHost: lab.url, clientId: lab.clientId, clientSecret: labSecret };
    },
    features: () => [whoAmI()],
  });
});

afterAll(async () => {
  await quarry.close();
  await lab.stop();
});

const signIn = async (browser: LabBrowser, account: string, path = '/who', at = quarry): Promise<Visit> =>
  walkAs(browser, await browser.visit(`${at.baseUrl}${path}`), account);

describe('signing in against the lab', () => {
  it('lands on the page that was asked for, with a clean address', async () => {
    const visit = await signIn(aBrowser(), 'analyst@contoso.example', '/who/a%20b?x=1&y=%2F');
    expect(visit.url).toBe(`${quarry.baseUrl}/who/a%20b?x=1&y=%2F`);
    expect(JSON.parse(visit.text)).toMatchObject({
      tenantId: contosoId,
      username: 'analyst@contoso.example',
      tenantName: 'contoso.example',
    });
  });

  it('gives a token of the own tenant, and one of a tenant where the person is a guest', async () => {
    const browser = aBrowser();
    const user = JSON.parse((await signIn(browser, 'analyst@contoso.example')).text);
    const own = await quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph' });
    expect(own.expiresAt.getTime()).toBeGreaterThan(Date.now());
    const xdr = await quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'xdr' });
    expect(xdr.token).not.toBe(own.token);
    const elsewhere = quarry.signIn.accessTokens.acquire({ user, tenantId: fabrikamId as TenantId, resource: 'graph' });
    await expect(elsewhere).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('signs out here and at the identity service', async () => {
    const browser = aBrowser();
    await signIn(browser, 'analyst@contoso.example');
    const response = await fetch(`${quarry.baseUrl}/auth/signout`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin', cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin).toBe(lab.url);
    expect(location.searchParams.get('post_logout_redirect_uri')).toBe(`${quarry.baseUrl}/`);
    expect(location.searchParams.get('id_token_hint')).toMatch(/^ey/);
    const after = await browser.visit(`${quarry.baseUrl}/who`);
    expect(after.location).toContain('/auth/signin');
  });
});

describe('signing in with a certificate', () => {
  it('works at the lab, which checks the assertion', async () => {
    const own = aCertificate();
    const file = join(aFolder(), 'client.pem');
    writeFileSync(file, `${own.certificate}${own.key}`);
    const started: Lab[] = [];
    const certified = await aSigningInApp({
      identity: async (baseUrl) => {
        const strict = await aRunningLab({ LAB_REDIRECT_URIS: `${baseUrl}/auth/redirect`, LAB_CLIENT_CERTIFICATE_PATH: file });
        started.push(strict);
        return { authorityHost: strict.url, clientId: strict.clientId, clientSecret: null, certificatePath: file };
      },
      features: () => [whoAmI()],
    });
    const visit = await signIn(aBrowser(), 'analyst@contoso.example', '/who', certified);
    expect(JSON.parse(visit.text)).toMatchObject({ username: 'analyst@contoso.example' });
    await certified.close();
    await Promise.all(started.map((strict) => strict.stop()));
  });
});

describe('accounts that fail in instructive ways', () => {
  it.each([
    ['blocked@contoso.example', 'entra-53003'],
    ['unassigned@contoso.example', 'entra-50105'],
    ['noconsent@contoso.example', 'entra-90094'],
    ['analyst@fabrikam.example', 'entra-90094'],
  ])('%s ends on a page that says what to do (%s)', async (account, code) => {
    const visit = await signIn(aBrowser(), account);
    expect(visit.status).toBe(403);
    expect(visit.$('main').text()).toContain(code);
    expect(visit.$('main').text()).toMatch(/Correlation id/);
  });

  it('mfa@contoso.example is sent once more for the second factor, and gets in with it', async () => {
    const visit = await signIn(aBrowser(), 'mfa@contoso.example');
    expect(JSON.parse(visit.text)).toMatchObject({ username: 'mfa@contoso.example' });
  });

  it('stepup@contoso.example signs in, and a renewal asks for the person with the claims to bring', async () => {
    const user = JSON.parse((await signIn(aBrowser(), 'stepup@contoso.example')).text) as SignedInUser;
    const renewal = quarry.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
    await expect(renewal).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'sign-in-again',
      detail: { claims: expect.stringContaining('capolids') },
    });
  });
});
