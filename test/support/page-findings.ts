import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { aPage } from './a-browser';

interface AxeResults {
  readonly violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
}

/** Serious and critical findings of axe-core on the page as it stands, as `rule: html` lines. */
const seriousFindings = async (page: Page): Promise<string[]> => {
  // evaluate() runs in an isolated call of the debugger protocol and is not subject to the page's script policy.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** What is wrong with the page as it stands, whatever it shows: serious findings of accessibility, and having to scroll sideways. */
export const pageFindings = async (page: Page): Promise<string[]> => {
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  return [...(await seriousFindings(page)), ...(fits ? [] : [`${page.url()} scrolls sideways`])];
};

/** A desk and a phone, in the light and in the dark. */
export const screens = [
  [1440, 'light'],
  [1440, 'dark'],
  [360, 'light'],
  [360, 'dark'],
] as const;

/** What is wrong with the page at an address on such a screen, and what the browser complained of. */
export const findingsAt = async (
  browser: Browser,
  address: string,
  [width, colorScheme]: (typeof screens)[number],
): Promise<readonly string[]> => {
  const { page, complaints } = await aPage(browser, { viewport: { width, height: 800 }, colorScheme });
  await page.goto(address);
  const findings = [...(await pageFindings(page)), ...complaints];
  await page.context().close();
  return findings;
};
