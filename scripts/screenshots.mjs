// Takes the README's pictures from a running Quarry with its lab: `npm start`, then `node scripts/screenshots.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const base = process.env.BASE_URL ?? 'http://localhost:3000';
const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'screenshots');
mkdirSync(folder, { recursive: true });

const packaged = "import('@sparticuz/chromium').then(({ default: c }) => c.executablePath()).then((path) => process.stdout.write(path))";
const executablePath = process.env.CHROMIUM_PATH ?? execFileSync(process.execPath, ['-e', packaged], { encoding: 'utf8' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });

const shot = (name) => page.screenshot({ path: join(folder, `${name}.png`) });

const hunt = async (query) => {
  await page.goto(`${base}/hunting`);
  await page.fill('#query', query);
  await page.click('#hunt button[type=submit]');
};

const finished = () => page.waitForSelector('#run[data-state="done"] #results', { timeout: 120_000 });

await page.goto(`${base}/hunting`);
await page.click('button[value="analyst@contoso.example"]');
if (await page.$('button[value="accept"]')) await page.click('button[value="accept"]');
await page.waitForSelector('#hunt');

await hunt('DeviceProcessEvents\n| where Timestamp > ago(7d)\n| where FileNam has_any ("powershell.exe", "pwsh.exe")');
await shot('wrong');

const encoded = `DeviceProcessEvents
| where Timestamp > ago(7d)
| where ProcessCommandLine has_any ("-enc", "-EncodedCommand")
| project Timestamp, DeviceName, AccountName, InitiatingProcessFileName, ProcessCommandLine
| sort by Timestamp desc`;
await page.goto(`${base}/hunting?${new URLSearchParams({ query: encoded, timespan: 'P7D' })}`);
await shot('form');
await hunt(encoded);
await finished();
await shot('results');

await hunt(`DeviceLogonEvents
| where Timestamp > ago(30d)
| summarize Logons = count() by bin(Timestamp, 1d), LogonType
| render timechart`);
await finished();
await page.locator('figure.chart').scrollIntoViewIfNeeded();
await page.waitForFunction(() => document.querySelector('figure.chart img').complete);
await page.locator('#results-room').evaluate((room) => room.scrollIntoView());
await shot('chart');

await page.goto(`${base}/hunting/history`);
await shot('history');
await browser.close();
