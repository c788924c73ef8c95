import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Lab } from '../../src/lab/server';
import { aBrowser, aPage, follow } from '../support/a-browser';
import { aLabClient } from '../support/lab-client';
import { pageFindings } from '../support/page-findings';
import { aRunningLab } from '../support/running-lab';

let browser: Browser;
let app: Server;
let lab: Lab;
let redirectUri: string;
let client: ReturnType<typeof aLabClient>;
const received: { method: string; url: string; body: string }[] = [];

/** An app on another port that only notes what the browser brings it. */
const anApp = (): Server =>
  createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({ method: req.method ?? '', url: req.url ?? '', body: Buffer.concat(chunks).toString() });
      res.setHeader('content-type', 'text/html').end('<!doctype html><html lang="en"><title>The app</title><h1>Back</h1>');
    });
  });

beforeAll(async () => {
  browser = await aBrowser();
  app = anApp().listen(0, '127.0.0.1');
  await new Promise((resolve) => app.once('listening', resolve));
  redirectUri = `http://localhost:${(app.address() as AddressInfo).port}/auth/redirect`;
  lab = await aRunningLab({ LAB_REDIRECT_URIS: redirectUri });
  client = aLabClient(lab);
});

afterAll(async () => {
  await browser?.close();
  await lab.stop();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});

beforeEach(() => void (received.length = 0));

const url = (changes: Record<string, string> = {}): string => client.authorizeUrl({ redirect_uri: redirectUri, ...changes });
const choose = (page: Page, name: string, value: string): Promise<void> => follow(page.locator(`button[name="${name}"][value="${value}"]`));

const visit: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'the account page': (page) => page.goto(url()),
  'the consent page': async (page) => {
    await page.goto(url({ prompt: 'consent' }));
    await choose(page, 'account', 'admin@contoso.example');
  },
  'the page that asks for an administrator': async (page) => {
    await page.goto(url());
    await choose(page, 'account', 'noconsent@contoso.example');
  },
  'the second factor': async (page) => {
    await page.goto(url({ prompt: 'login' }));
    await choose(page, 'account', 'mfa@contoso.example');
  },
  "the administrator's consent": async (page) => {
    const query = new URLSearchParams({
      client_id: lab.clientId,
      redirect_uri: redirectUri,
      scope: 'https://graph.microsoft.com/.default',
    });
    await page.goto(`${lab.url}/organizations/v2.0/adminconsent?${query}`);
    await choose(page, 'account', 'admin@fabrikam.example');
  },
  'an error': (page) => page.goto(url({ redirect_uri: 'http://localhost:1/' })),
  'the end of a sign-in': (page) => page.goto(`${lab.url}/organizations/oauth2/v2.0/logout`),
  "the lab's own page": (page) => page.goto(lab.url),
};

describe.each(Object.entries(visit))('%s', (_name, open) => {
  it.each([
    [1280, 'light'],
    [360, 'dark'],
  ] as const)('has no serious accessibility finding and fits into %i pixels, %s', async (width, colorScheme) => {
    const { page, complaints } = await aPage(browser, { viewport: { width, height: 740 }, colorScheme });
    await open(page);
    expect(await pageFindings(page)).toEqual([]);
    expect(complaints.filter((complaint) => !/status of 400/.test(complaint))).toEqual([]);
    await page.context().close();
  });
});

it.each([true, false])('signs in across ports under its own policy, with a script: %s', async (javaScriptEnabled) => {
  const { page, complaints } = await aPage(browser, { javaScriptEnabled });
  await page.goto(url({ prompt: 'consent' }));
  await choose(page, 'account', 'analyst@contoso.example');
  await choose(page, 'consent', 'accept');
  await page.getByRole('heading', { name: 'Back' }).waitFor();
  expect(received.find(({ url: path }) => path.startsWith('/auth/redirect?code='))).toBeDefined();
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('posts its answer by itself with a script', async () => {
  const { page, complaints } = await aPage(browser, {});
  await page.goto(url({ response_mode: 'form_post' }));
  await choose(page, 'account', 'analyst@contoso.example');
  await page.getByRole('heading', { name: 'Back' }).waitFor();
  expect(received.find(({ method }) => method === 'POST')?.body).toMatch(/^code=ey.*&state=state-1$/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('posts its answer at the press of a button without one', async () => {
  const { page } = await aPage(browser, { javaScriptEnabled: false });
  await page.goto(url({ response_mode: 'form_post' }));
  await choose(page, 'account', 'analyst@contoso.example');
  await follow(page.getByRole('button', { name: 'Continue' }));
  await page.getByRole('heading', { name: 'Back' }).waitFor();
  expect(received.filter(({ method }) => method === 'POST').length).toBe(1);
  await page.context().close();
});

it('tells the app by the front channel that a sign-in ended', async () => {
  const { page, complaints } = await aPage(browser, {});
  await page.goto(url());
  await choose(page, 'account', 'analyst@contoso.example');
  await page.getByRole('heading', { name: 'Back' }).waitFor();
  await page.goto(lab.url);
  await follow(page.getByRole('link', { name: 'Sign out' }));
  await page.getByRole('heading', { name: 'You signed out' }).waitFor();
  const told = () => received.find(({ url: path }) => path.startsWith('/auth/frontchannel-logout'));
  while (!told()) await page.waitForTimeout(20);
  expect(told()?.url).toMatch(/^\/auth\/frontchannel-logout\?iss=http.*&sid=[0-9a-f-]{36}$/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('arms and disarms a drill from its own page', async () => {
  const { page, complaints } = await aPage(browser, { javaScriptEnabled: false });
  await page.goto(lab.url);
  await page.getByLabel('Fault').selectOption('429');
  await follow(page.getByRole('button', { name: 'Arm' }).first());
  expect(lab.drills.list()).toEqual([{ service: 'identity', fault: '429', times: 1 }]);
  await follow(page.getByRole('button', { name: 'Disarm all' }));
  expect(lab.drills.list()).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});
