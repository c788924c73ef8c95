import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

/** The Chromium of the `@sparticuz/chromium` package (an ES module, so a process of its own unpacks it). */
const executablePath = (): string => {
  const script =
    "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath()).then((path) => process.stdout.write(path))";
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
};

/** A machine that is busy takes its time; what never comes is ended by the runner's own limit. */
const patienceMs = 300_000;

/** A real headless Chromium that talks to loopback alone. The caller closes it. */
export const aBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? executablePath(),
    timeout: patienceMs,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });

/** A page in a context of its own, which collects what the browser complained about (policy violations, script errors). */
export const aPage = async (browser: Browser, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  return { page, complaints };
};

/** Presses what leads to another page, and waits until that page is there, whole. */
export const follow = async (target: Locator): Promise<void> => {
  await Promise.all([target.page().waitForEvent('domcontentloaded'), target.click()]);
};
