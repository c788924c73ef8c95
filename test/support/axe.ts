import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface AxeResults {
  readonly violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
}

/** Serious and critical findings of axe-core on the page as it stands, as `rule: html` lines. */
export const seriousFindings = async (page: Page): Promise<string[]> => {
  // evaluate() runs in an isolated call of the debugger protocol and is not subject to the page's script policy.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};
