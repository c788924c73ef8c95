import type { Browser, Page } from 'playwright-core';
import { aBrowser, aPage, follow } from '../support/a-browser';
import { aFolder } from '../support/a-folder';
import { aQuarry, type Quarry } from '../support/a-quarry';
import { pageFindings } from '../support/page-findings';

const folder = aFolder();
/** Rows of awkward values: breaks, a long text, spaces alone, null, and a column of a hostile name. */
const query = String.raw`range i from 1 to 300 step 1
| extend Text = case(i % 3 == 0, "one\ntwo\n\nthree", i % 3 == 1, strrep("long ", 400), "   "), Number = iff(i % 2 == 0, i, long(null))
| extend ['__proto__'] = strcat("<b>", i, "</b>")`;

let browser: Browser;
let quarry: Quarry;
let page: Page;
let run: string;

beforeAll(async () => {
  [browser, quarry] = await Promise.all([aBrowser(), aQuarry(folder)]);
  ({ page } = await aPage(browser, { viewport: { width: 1600, height: 900 } }));
  await page.goto(`${quarry.baseUrl}/hunting`);
  await follow(page.locator('button[value="analyst@contoso.example"]'));
  const accept = page.locator('button[value="accept"]');
  if (await accept.count()) await follow(accept);
  await page.fill('form#hunt textarea[name=query]', query);
  await page.click('form#hunt button[type=submit]');
  await page.waitForSelector('#run[data-state="done"] #results tbody tr');
  run = page.url();
});

afterAll(async () => {
  await browser?.close();
  await quarry?.close();
});

/** Opens an address and waits for its rows and scripts. */
const open = async (view: string): Promise<void> => {
  await page.goto(`${run}${view}`);
  await page.waitForSelector('#results tbody tr');
  await page.waitForLoadState('load');
};

const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '');

const scrollTop = (): Promise<number> => page.evaluate(() => document.querySelector('.rows-box')?.scrollTop ?? -1);

it.each([360, 1600])('shows every row as one line of the same height at %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await open('');
  const heights = await page
    .locator('#results tbody tr')
    .evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
  expect(heights).toHaveLength(1);
  expect(await page.locator('#results tbody tr:nth-child(3) td').nth(1).textContent()).toBe('one\ntwo\n\nthree');
});

it('opens a row beside the table, keeps the table where it was, and goes back to the row', async () => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await open('');
  const link = page.locator('#results tbody tr:nth-child(80) th a');
  await link.scrollIntoViewIfNeeded();
  const before = await scrollTop();
  expect(before).toBeGreaterThan(0);
  await link.press('Enter');
  await page.waitForSelector('#row-panel');
  expect([await focused(), await scrollTop()]).toEqual(['row-panel', before]);
  const [table, panel] = [await page.locator('.rows-box').boundingBox(), await page.locator('#row-panel').boundingBox()];
  expect(panel!.x).toBeGreaterThanOrEqual(table!.x + table!.width);
  await page.keyboard.press('j');
  await page.waitForSelector('#row-panel-title:text-is("Row 81")');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#row-panel', { state: 'detached' });
  expect([await focused(), await scrollTop()]).toEqual(['Open row 81', before]);
});

it('keeps the focus in the room when a column is sorted, and brings a facet into it', async () => {
  await open('');
  await page.locator('th[data-column="Number"] a.sort').press('Enter');
  await page.waitForSelector('th[data-column="Number"][aria-sort="descending"]');
  expect(await page.evaluate(() => document.activeElement?.closest('th')?.dataset['column'])).toBe('Number');
  await page.locator('th[data-column="__proto__"] summary').press('Enter');
  await page.locator('th[data-column="__proto__"] a:text-is("Most frequent values")').press('Enter');
  await page.waitForSelector('#facet');
  expect(await focused()).toBe('facet');
});

it('has no serious accessibility finding with hostile rows, an open row and a facet, at both widths', async () => {
  for (const width of [360, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await open('?row=0&facet=1&chart=columnchart');
    expect([width, await pageFindings(page)]).toEqual([width, []]);
  }
});

it('gives all of a long value without JavaScript', async () => {
  const { page: plain } = await aPage(browser, { javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto(`${run}?row=0`);
  const text = await plain.locator('#row-panel .long').innerText();
  expect(text.length).toBeGreaterThanOrEqual(1_999);
  expect(await plain.locator('#results .tab, #results .break').count()).toBeGreaterThan(0);
  await plain.context().close();
});

it('reaches every act of a column without JavaScript, also in a table of one row', async () => {
  const { page: plain } = await aPage(browser, { javaScriptEnabled: false, storageState: await page.context().storageState() });
  for (const name of ['i', '__proto__']) {
    await plain.goto(`${run}?f=0.is.1`);
    await plain.locator(`th[data-column="${name}"] summary`).click();
    await follow(plain.locator(`th[data-column="${name}"] .panel li:last-child a`));
    expect(plain.url()).toContain('cols=');
  }
  await plain.context().close();
});
