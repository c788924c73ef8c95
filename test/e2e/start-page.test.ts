import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { homeRoutes } from '../../src/features/home/routes';
import { aBrowser, aPage } from '../support/a-browser';
import { anApp } from '../support/an-app';
import { findingsAt, screens } from '../support/page-findings';

let browser: Browser;
let server: Server;
let address: string;

beforeAll(async () => {
  browser = await aBrowser();
  const lab = { account: 'analyst@contoso.example', query: 'DeviceProcessEvents\n| where FileName =~ "powershell.exe"\n| take 10' };
  const { app } = anApp({ features: [homeRoutes({ signInHref: '/auth/signin', connectHref: '/connect', lab })] });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('the start page', () => {
  it.each(screens)('has no serious accessibility finding and does not scroll sideways at %i pixels, %s', async (...screen) => {
    expect(await findingsAt(browser, address, screen)).toEqual([]);
  });

  it('offers to sign in by keyboard alone', async () => {
    const { page } = await aPage(browser, { javaScriptEnabled: false });
    await page.goto(address);
    const link = page.getByRole('link', { name: 'Sign in' });
    await link.focus();
    expect(await link.getAttribute('href')).toBe('/auth/signin');
    await page.context().close();
  });
});
