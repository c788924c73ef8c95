import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { runDoctor } from '../../src/operator/doctor/run';
import type { Finding } from '../../src/operator/doctor/finding';
import { runRegister } from '../../src/operator/register/run';
import { aTerminal } from '../operator/an-operator';
import { aFolder } from '../support/a-folder';
import { aFreePort } from '../support/a-free-port';
import { aServerProcess, type ServerProcess } from '../support/a-server-process';
import { aHunter } from '../support/a-hunter';
import { aBrowser } from '../support/lab-browser';
import { approveDevice } from '../support/lab-device';
import { walkAs } from '../support/lab-walk';
import { contosoId } from '../support/running-lab';

const folder = aFolder();
const dataDir = mkdtempSync(join(folder, 'quarry-'));
const envFile = join(dataDir, '.env');
const program = join(__dirname, '..', '..', 'dist', 'lab', 'main.js');

let lab: ChildProcess;
let labUrl: string;
let quarry: ServerProcess | undefined;

/** A lab that nobody's client id was given to: it runs alone, as `npm run lab` starts it. */
beforeAll(async () => {
  const port = await aFreePort();
  labUrl = `http://localhost:${port}`;
  const environment = { LAB_PORT: String(port), LAB_EVENTS: '5000', LAB_DEVICE_INTERVAL: '1', DATA_DIR: mkdtempSync(join(folder, 'lab-')) };
  lab = spawn(process.execPath, [program], { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of lab.stdout as AsyncIterable<Buffer>) {
    said += String(chunk);
    if (said.includes('ready for hunting')) break;
  }
});
afterAll(async () => {
  quarry?.child.kill();
  await quarry?.ended;
  const gone = once(lab, 'exit');
  lab.kill();
  await gone;
});

/** Runs a command and approves the code that it shows, as that account. */
const withApproval = (account: string) => {
  const terminal = aTerminal();
  const approvals: Promise<unknown>[] = [];
  const err = (line: string): void => {
    terminal.err(line);
    const code = /enter the code (\w+)\./.exec(line)?.[1];
    if (code) approvals.push(approveDevice(labUrl, code, account));
  };
  return { out: terminal.out, err, said: terminal.said, approved: () => Promise.all(approvals) };
};

test('from nothing to a sign-in and a hunt: register, start, connect, hunt, and the doctor agrees', async () => {
  const port = await aFreePort();
  const baseUrl = `http://localhost:${port}`;
  const hosts = { AZURE_AUTHORITY_HOST: labUrl, GRAPH_URL: `${labUrl}/graph`, XDR_URL: `${labUrl}/xdr`, MDE_URL: `${labUrl}/mde` };

  const operator = withApproval('admin@contoso.example');
  const argv = ['--env-file', envFile, '--base-url', baseUrl];
  const registered = await runRegister({ argv, environment: { ...hosts, DATA_DIR: dataDir }, terminal: operator });
  expect({ registered, ...operator.said() }).toMatchObject({
    registered: 0,
    out: expect.stringContaining('Made the app registration Quarry in Contoso'),
  });

  // Everything that the server needs to know stands in the file; of the environment it gets its folder and port alone.
  quarry = await aServerProcess({ DATA_DIR: dataDir, PORT: String(port) });
  await quarry.says('listening');

  const browser = aBrowser();
  await browser.visit(`${baseUrl}/connect`);
  const left = await browser.submit({ chosen: '1', bundle: 'hunt', organization: 'contoso.example' });
  const connected = await walkAs(browser, left, 'admin@contoso.example');
  expect(connected.url).toContain('/connect/connected');

  const hunter = await aHunter({ baseUrl } as Parameters<typeof aHunter>[0]);
  const run = await hunter.hunt('DeviceInfo | summarize Devices = dcount(DeviceId)');
  expect([run.ledger.verdict, run.rows]).toEqual(['complete', 1]);

  const analyst = withApproval('analyst@contoso.example');
  const code = await runDoctor({
    argv: ['--env-file', envFile, '--json', '--device', '--tenant', contosoId],
    environment: { DATA_DIR: dataDir },
    terminal: analyst,
  });
  const { checks } = JSON.parse(analyst.said().out) as { checks: readonly Finding[] };
  await analyst.approved();
  expect(checks.filter(({ status }) => status === 'FAIL')).toEqual([]);
  expect(code).toBe(0);
  expect(checks).toContainEqual({ check: 'first-query', status: 'ok', says: 'answered with one row' });
  expect(checks).toContainEqual(expect.objectContaining({ check: 'database', status: 'ok', says: expect.stringContaining('answers') }));
});
