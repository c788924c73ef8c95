import type { Browser, Page } from 'playwright-core';
import { aBrowser, aPage, follow } from '../support/a-browser';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { pageFindings, screens } from '../support/page-findings';
import { fabrikamId } from '../support/running-lab';

const folder = aFolder();

let browser: Browser;
let quarry: Quarry;

beforeAll(async () => {
  [browser, quarry] = await Promise.all([aBrowser(), aQuarry(folder)]);
});

afterAll(async () => {
  await browser?.close();
  await quarry?.close();
});

const asAdministrator = async (page: Page, decision: 'accept' | 'deny'): Promise<void> => {
  const account = page.locator('button[value="admin@fabrikam.example"]');
  if (await account.count()) await follow(account);
  await follow(page.locator(`button[name=consent][value=${decision}]`));
  const further = page.locator('button[name=consent][value=accept]');
  if (decision === 'accept' && (await further.count())) await follow(further);
};

const stateOf = (page: Page, permission: string): Promise<string | null> =>
  page.locator(`tr[data-permission="${permission}"]`).first().getAttribute('data-state');

const boardState = async (page: Page): Promise<string | null> => {
  await page.goto(`${quarry.baseUrl}/tenants`);
  return page.locator(`#tenants tr[data-tenant="${fabrikamId}"]`).getAttribute('data-state');
};

/** Until a check has its answers: the page looks again by itself, and then offers another one. */
const atRest = (page: Page): Promise<void> => page.locator(`#tenant-${fabrikamId} button[value=tables]`).waitFor({ state: 'attached' });

describe('Fabrikam’s administrator, without JavaScript', () => {
  let page: Page;

  beforeAll(async () => {
    ({ page } = await aPage(browser, { javaScriptEnabled: false, viewport: { width: 1440, height: 900 } }));
  });
  afterAll(() => page?.context().close());

  it('reads without an account, refuses once, agrees to hunting, and sees what is granted', async () => {
    await page.goto(`${quarry.baseUrl}/connect?organization=fabrikam.example&bundle=hunt`);
    expect(await page.context().cookies()).toEqual([]);
    await follow(page.locator('form.connect button.primary'));
    await asAdministrator(page, 'deny');
    expect(await page.locator('h1').innerText()).toBe('Nothing was connected');
    await follow(page.locator('main a.button'));
    await follow(page.locator('form.connect button.primary'));
    expect(await page.locator('.scopes code').allInnerTexts()).toEqual(['openid', 'profile', 'offline_access', 'ThreatHunting.Read.All']);
    await asAdministrator(page, 'accept');
    await page.waitForURL('**/connect/connected?bundle=hunt');
    expect(await stateOf(page, 'ThreatHunting.Read.All')).toBe('granted');
    expect(await boardState(page)).toBe('works');
  });

  it('comes to no harm by going back and by reloading', async () => {
    await page.goto(`${quarry.baseUrl}/connect?organization=fabrikam.example&bundle=hunt`);
    await follow(page.locator('form.connect button.primary'));
    await asAdministrator(page, 'accept');
    await page.waitForURL('**/connect/connected?bundle=hunt');
    await page.goBack();
    await page.goForward();
    await page.reload();
    expect(await page.locator('h1').innerText()).toContain('is connected');
    expect(await boardState(page)).toBe('works');
  });

  it('has the service answer a test call and its tables', async () => {
    await boardState(page);
    await follow(page.locator(`#tenant-${fabrikamId} button[value=tables]`));
    await atRest(page);
    expect(await page.locator('tr[data-table="DeviceProcessEvents"] .badge').innerText()).toBe('answers');
    expect(await page.locator(`#tenant-${fabrikamId} .pairs`).innerText()).toMatch(/\d+ of 45 calls left/);
  });

  it('extends the consent to indicators, and to nothing else', async () => {
    await page.goto(`${quarry.baseUrl}/connect?organization=${fabrikamId}&bundle=indicators`);
    expect(await page.locator('input[name=bundle]:checked').count()).toBe(1);
    await follow(page.locator('form.connect button.primary'));
    await asAdministrator(page, 'accept');
    await page.waitForURL('**/connect/connected?bundle=indicators');
    expect(await stateOf(page, 'Ti.ReadWrite')).toBe('granted');
    await boardState(page);
    expect(await stateOf(page, 'Machine.Isolate')).toBe('missing');
  });

  it.each(screens)('finds the pages in order at %i pixels, %s', async (width, colorScheme) => {
    // The rules of accessibility are looked at by a script of the test's own.
    const storageState = await page.context().storageState();
    const { page: other, complaints } = await aPage(browser, { viewport: { width, height: 860 }, colorScheme, storageState });
    for (const path of [
      '/connect',
      '/connect?bundle=timeline&bundle=hunt&organization=%3Cb%3E',
      '/tenants',
      '/connect/connected?bundle=hunt&bundle=indicators',
    ]) {
      await other.goto(`${quarry.baseUrl}${path}`);
      expect(await pageFindings(other)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await other.context().close();
  });

  it('withdraws, and the board says so at the next call, with the remedy and the link', async () => {
    expect((await fetch(`${quarry.labUrl}/lab/consents/fabrikam.example`, { method: 'DELETE' })).status).toBe(204);
    await boardState(page);
    await follow(page.locator(`#tenant-${fabrikamId} button[value=call]`));
    await atRest(page);
    expect(await boardState(page)).toBe('reconnect');
    expect(await stateOf(page, 'ThreatHunting.Read.All')).toBe('withdrawn');
    const problem = page.locator(`#tenant-${fabrikamId} [data-problem]`).first();
    expect(await problem.innerText()).toMatch(/agrees again/);
    expect(await problem.locator('a').getAttribute('href')).toBe(`/connect?organization=${fabrikamId}&bundle=hunt`);
    await follow(problem.locator('a'));
    expect(await page.locator('#organization').inputValue()).toBe(fabrikamId);
  });
});
