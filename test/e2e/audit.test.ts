import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { openDatabase, type OpenDatabase } from '../../src/database/database';
import { createKeyRing } from '../../src/database/key-ring';
import { createChainReader } from '../../src/features/audit/chain-reader';
import { createAuditHandlers } from '../../src/features/audit/handlers';
import { recordsOfHunt } from '../../src/features/audit/hunt-events';
import { auditRoutes } from '../../src/features/audit/routes';
import { createSeals } from '../../src/features/audit/seal';
import { createTrail } from '../../src/features/audit/trail';
import { verifyChain } from '../../src/features/audit/verify';
import { createWriter } from '../../src/features/audit/writer';
import { aBrowser, aPage, follow } from '../support/a-browser';
import { anApp, aUser, signedInAs } from '../support/an-app';
import { findingsAt, screens } from '../support/page-findings';

const hostile = `DeviceProcessEvents\n| where FileName == "<script>alert(1)</script>\u202e"\n| extend Long = "${'x'.repeat(64_000)}"`;

let browser: Browser;
let database: OpenDatabase;
let server: Server;
let address: string;

beforeAll(async () => {
  browser = await aBrowser();
  database = await openDatabase({ kind: 'sqlite', file: ':memory:' });
  const { db } = database;
  const seals = createSeals(createKeyRing(['a key of the tests alone']));
  const writer = createWriter({ db, seals, checkpoints: { note: () => {} }, clock: Date.now });
  const user = aUser({ roles: ['viewer', 'administrator'] });
  const tenant = { tenantId: user.tenantId, name: 'Contoso' };
  const by = aUser({ tenantId: '33333333-3333-4333-8333-333333333333' as never, tenantName: 'A provider', objectId: 'pat', name: 'Pat' });
  for (let index = 0; index < 60; index += 1) {
    const event = { by, byPerson: true, runId: `run-${index}`, facts: { kind: 'hunt' } };
    const query = index === 59 ? hostile : `DeviceInfo | take ${index}`;
    await writer.append(recordsOfHunt({ ...event, action: 'hunt-started', query, tenants: [tenant] }));
    await writer.append(
      recordsOfHunt({ ...event, action: 'hunt-finished', tenants: [{ ...tenant, rows: 5, verdict: 'complete', state: 'done' }] }),
    );
  }
  const reader = createChainReader(db);
  const check = async (chain: string) =>
    verifyChain(chain, { reader, seals, chains: await reader.chains(), vouched: new Map([[chain, new Map()]]) });
  const options = { trail: createTrail(db), append: () => Promise.resolve(), note: () => Promise.resolve(), check, clock: Date.now };
  let origin = '';
  server = await new Promise<Server>((resolve) => {
    const listening: Server = anApp().app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { app } = anApp({ origin, session: [signedInAs(user)], features: [auditRoutes(createAuditHandlers(options), options)] });
  server.removeAllListeners('request').on('request', app);
  address = `${origin}/audit`;
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  await database.close();
});

describe('the audit page in a browser', () => {
  it.each(screens)('has no serious accessibility finding and does not scroll sideways at %i pixels, %s', async (...screen) => {
    expect(await findingsAt(browser, address, screen)).toEqual([]);
  });

  it('searches, unfolds a long query, goes to older records and has the chain checked, without JavaScript', async () => {
    const { page } = await aPage(browser, { javaScriptEnabled: false });
    await page.goto(address);
    await page.locator('details.query summary').first().click();
    expect(await page.locator('details.query[open] pre').first().innerText()).toContain('⟨U+202E⟩');
    await follow(page.getByRole('link', { name: 'Older records' }));
    expect(new URL(page.url()).searchParams.get('before')).toBe('71');
    await page.getByLabel('Person').fill('pat');
    await page.getByLabel('Text of the query').fill('take 7');
    await follow(page.getByRole('button', { name: 'Search' }));
    expect(new URL(page.url()).search).toBe('?person=pat&text=take+7');
    expect(await page.locator('#audit tbody tr').count()).toBe(2);
    await follow(page.getByRole('button', { name: 'Check that no record was changed' }));
    expect(await page.locator('#audit-check').innerText()).toContain('Unbroken: 120 records');
    await page.context().close();
  });
});
