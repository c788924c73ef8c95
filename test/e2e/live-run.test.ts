import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import type { HuntingProvider } from '../../src/defender/hunting/provider';
import { systemClock } from '../../src/features/hunting/clock';
import { aHunt, eventsBetween, type Hunt } from '../features/hunting/a-hunt';
import { aWorld } from '../features/hunting/a-world';
import { aBrowser, aPage } from '../support/a-browser';
import { aUser, anApp, signedInAs } from '../support/an-app';

let browser: Browser;
let server: Server;
let address: string;
let hunt: Hunt;
/** Calls that the service holds back. */
const held = new Set<() => void>();

/** Lets the service answer the call that waits, or comes. */
const release = async (): Promise<void> => {
  while (held.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const answer of held) answer();
};

beforeAll(async () => {
  browser = await aBrowser();
  const world = aWorld({ rowLimit: 1_000 });
  world.events.set(aUser().tenantId, eventsBetween(new Date(Date.now() - 3_600_000).toISOString(), 7, 1_000));
  const provider: HuntingProvider = {
    ...world.provider,
    run: async (call) => {
      await new Promise<void>((resolve) => {
        held.add(resolve);
        call.signal.addEventListener('abort', () => resolve(), { once: true });
      }).finally(() => held.clear());
      return call.signal.aborted ? { ok: false, failure: { kind: 'cancelled', transient: false } } : world.provider.run(call);
    },
  };
  hunt = await aHunt({ provider, clock: systemClock });
  server = await new Promise<Server>((resolve) => {
    const listening = anApp({
      session: [signedInAs(hunt.user)],
      features: [hunt.hunting.routes].flat(),
    }).app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
  await hunt.close();
});

describe.each([true, false])('a run in a browser, scripts %s', (javaScriptEnabled) => {
  const begin = async () => {
    const { page, complaints } = await aPage(browser, { javaScriptEnabled });
    await page.goto(`${address}/hunting?query=Events`);
    await page.click('form#hunt button[type=submit]');
    await page.waitForSelector('#run[data-state=running]');
    return { page, complaints };
  };

  it('is followed to its rows without a hand on it', async () => {
    const { page, complaints } = await begin();
    await release();
    await page.waitForSelector('#run[data-state=done] table#results tbody tr');
    expect(await page.getAttribute('#ledger', 'data-verdict')).toBe('complete');
    expect(await page.locator('table#results tbody tr').count()).toBe(7);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is left, come back to, and cancelled', async () => {
    const { page, complaints } = await begin();
    const run = page.url();
    await page.goto(`${address}/hunting/history`);
    await page.goto(run);
    await page.click('form[action$="/cancel"] button');
    await page.waitForSelector('#run[data-state=cancelled]');
    expect(await page.textContent('#ledger')).toContain('may still be working');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
