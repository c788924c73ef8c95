import type { Browser, Page } from 'playwright-core';
import { aBrowser, aPage, follow } from '../support/a-browser';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { pageFindings } from '../support/page-findings';

const folder = aFolder();
const query = 'DeviceProcessEvents\n| summarize Count = count(), Last = max(Timestamp) by FileName, AccountName\n| sort by Count desc';

let browser: Browser;
let quarry: Quarry;

beforeAll(async () => {
  [browser, quarry] = await Promise.all([aBrowser(), aQuarry(folder)]);
});

afterAll(async () => {
  await browser?.close();
  await quarry?.close();
});

const signIn = async (page: Page): Promise<void> => {
  await page.goto(`${quarry.baseUrl}/hunting`);
  await follow(page.locator('button[value="analyst@contoso.example"]'));
  const accept = page.locator('button[value="accept"]');
  if (await accept.count()) await follow(accept);
  await page.waitForSelector('form#hunt');
};

/** A view that takes long says so first; its rows come by themselves. */
const rowsAreThere = (page: Page): Promise<unknown> => page.waitForSelector('#results tbody tr');

/** Runs the query and waits for its rows: the page follows the run by itself. */
const hunt = async (page: Page, text: string): Promise<string> => {
  await page.goto(`${quarry.baseUrl}/hunting`);
  await page.fill('textarea[name=query]', text);
  await page.click('form#hunt button[type=submit]');
  await page.waitForSelector('#run[data-state="done"] #results tbody tr');
  await page.waitForLoadState();
  return page.url();
};

const firstCells = async (page: Page, column: number): Promise<string[]> => {
  await rowsAreThere(page);
  return page.locator(`#results tbody tr td:nth-child(${column})`).allInnerTexts();
};

describe.each([true, false])('hunting in a browser, JavaScript %s', (javaScriptEnabled) => {
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ page, complaints } = await aPage(browser, { javaScriptEnabled, viewport: { width: 1280, height: 860 } }));
    await signIn(page);
  });
  afterAll(() => page?.context().close());

  it('runs a query, sorts, filters, opens a row and draws, each view a link of its own', async () => {
    const run = await hunt(page, query);
    expect(await page.locator('#ledger').getAttribute('data-verdict')).toBe('complete');

    await page.click('th[data-column="Count"] a.sort');
    await page.waitForSelector('th[data-column="Count"][aria-sort="descending"]');
    await page.click('th[data-column="Count"] a.sort');
    await page.waitForSelector('th[data-column="Count"][aria-sort="ascending"]');
    if (javaScriptEnabled) expect(await page.locator('#main > p[role="status"]').innerText()).toContain('sorted by Count, ascending');
    const counts = (await firstCells(page, 4)).map(Number);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));

    await page.click('#results tbody tr:nth-child(2) th a');
    await page.waitForSelector('#row-panel');
    expect(page.url()).toContain('row=1');
    const account = await page.locator('#row-panel tbody tr:nth-child(2) td.value').innerText();
    await page.click('#row-panel tbody tr:nth-child(2) a:text-is("Only this")');
    await page.waitForSelector('.chip');
    expect(new Set(await firstCells(page, 3))).toEqual(new Set([account.trim()]));

    const view = page.url();
    await page.goBack();
    await page.waitForSelector('.chip', { state: 'detached' });
    await page.goto(view);
    expect(await page.locator('.chip').count()).toBe(1);

    await page.goto(`${run}?chart=columnchart`);
    const picture = page.locator('figure.chart img');
    await picture.scrollIntoViewIfNeeded();
    await page.waitForLoadState('load');
    const answer = await page.request.get(new URL((await picture.getAttribute('src')) ?? '', run).href);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(complaints).toEqual([]);
  });

  it('keeps the text of a wrong query and marks the place', async () => {
    await page.goto(`${quarry.baseUrl}/hunting`);
    const wrong = 'DeviceProcessEvents\n| where FileNam == "x"';
    await page.fill('textarea[name=query]', wrong);
    await page.click('form#hunt button[type=submit]');
    await page.waitForSelector('#diagnostics');
    expect(await page.inputValue('textarea[name=query]')).toBe(wrong);
    expect(await page.innerText('#diagnostics')).toContain('line 2, column 9');
  });
});

describe('the pages of a signed-in analyst', () => {
  let page: Page;
  let run: string;

  beforeAll(async () => {
    ({ page } = await aPage(browser));
    await signIn(page);
    run = await hunt(page, query);
  });
  afterAll(() => page?.context().close());

  it.each([
    [360, 'dark'],
    [1600, 'light'],
  ] as const)('have no serious accessibility finding and no sideways scroll at %i pixels, %s', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 860 });
    await page.emulateMedia({ colorScheme });
    const findings: string[] = [];
    for (const address of [
      `${quarry.baseUrl}/hunting`,
      `${run}?facet=0&row=0&chart=columnchart`,
      `${quarry.baseUrl}/hunting/history`,
      `${quarry.baseUrl}/tenants`,
      `${quarry.baseUrl}/schema/DeviceInfo`,
      `${quarry.baseUrl}/devices/${'a'.repeat(40)}`,
      `${run}/compare`,
    ]) {
      await page.goto(address);
      findings.push(...(await pageFindings(page)).map((finding) => `${address}: ${finding}`));
    }
    expect(findings).toEqual([]);
  });

  it('are worked by keyboard: the help panel, the rows, and running a query', async () => {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(run);
    await rowsAreThere(page);
    await page.keyboard.press('?');
    await page.waitForSelector('dialog.help');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.help', { state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#row-panel');
    await page.goto(`${quarry.baseUrl}/hunting`);
    await page.fill('textarea[name=query]', 'print x = 1');
    await page.focus('textarea[name=query]');
    await page.keyboard.press('Shift+Enter');
    await page.waitForURL(/\/hunting\/runs\//);
  });

  it('have a menu at every cell, by keyboard and by pointer', async () => {
    await page.goto(run);
    await rowsAreThere(page);
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const value = await page.locator('#results tbody tr:nth-child(2) td:nth-child(2)').innerText();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(value);
    await page.keyboard.press('m');
    await page.waitForSelector('.cell-menu a');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TD');
    await page.keyboard.press('m');
    await page.click('.cell-menu a:text-is("Only this")');
    await page.waitForSelector('.chip');
    expect(new Set(await firstCells(page, 2))).toEqual(new Set([value]));

    await page.hover('#results tbody tr:nth-child(1) td:nth-child(3)');
    await page.click('.cell-handle');
    await page.click('.cell-menu a:text-is("Exclude in query")');
    await page.waitForSelector('form#hunt');
    expect(await page.inputValue('textarea[name=query]')).toMatch(/\n\| where AccountName != "/);
  });

  it('give the text back on the way back to the form', async () => {
    await page.goto(new URL('/hunting', run).href);
    await page.fill('textarea[name=query]', 'DeviceInfo\n| take 3');
    await page.click('form#hunt button[type=submit]');
    await page.waitForURL(/\/hunting\/runs\//);
    await page.goBack();
    // A script puts it back once the page is there.
    while ((await page.inputValue('#query')) !== 'DeviceInfo\n| take 3') await page.waitForTimeout(20);
    await page.goto(new URL('/hunting', run).href);
    expect(await page.inputValue('textarea[name=query]')).toBe('');
  });

  it('show nothing any more after signing out, not even by the back button', async () => {
    await page.goto(run);
    await page.click('form[action="/auth/signout"] button');
    await page.waitForURL((address) => !address.pathname.startsWith('/hunting'));
    await page.goBack();
    await page.waitForLoadState();
    expect(await page.locator('#results').count()).toBe(0);
  });
});
