import { Router } from 'express';
import { requireSignIn, signedInUser, type TenantId } from '../../../src/http/current-user';
import type { Lab } from '../../../src/lab/server';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { aBrowser, type LabBrowser } from '../../support/lab-browser';
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

/** Follows redirects across both, presses what a person would, and stops at the first page that asks for nothing we know. */
const signIn = async (browser: LabBrowser, account: string, path = '/who') => {
  let visit = await browser.visit(`${quarry.baseUrl}${path}`);
  for (let step = 0; step < 15; step += 1) {
    if (visit.location) visit = await browser.visit(visit.location);
    else if (visit.$(`button[name=account][value="${account}"]`).length === 1) visit = await browser.press('account', account);
    else if (visit.$('button[name=consent][value=accept]').length === 1) visit = await browser.press('consent', 'accept');
    else return visit;
  }
  throw new Error(`The sign-in did not end: ${visit.url}`);
};

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
