import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Lab } from '../../src/lab/server';
import { runRegister } from '../../src/operator/register/run';
import { aFolder } from '../support/a-folder';
import { aGraphToken, approveDevice } from '../support/lab-device';
import { aRunningLab } from '../support/running-lab';
import { anOperator, aTerminal } from './an-operator';

const folder = aFolder();
let lab: Lab;
beforeAll(async () => {
  lab = await aRunningLab({ LAB_DEVICE_INTERVAL: '0' });
});
afterAll(() => lab.stop());

interface Asked {
  readonly argv?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly onCode?: (code: string) => unknown;
}

const dryRun = async ({ argv = [], environment = {}, onCode }: Asked) => {
  const operator = anOperator(lab);
  const terminal = aTerminal();
  const waits: number[] = [];
  const approvals: unknown[] = [];
  const err = (line: string): void => {
    terminal.err(line);
    const code = /enter the code (\w+)\./.exec(line)?.[1];
    if (code) approvals.push(onCode?.(code));
  };
  const code = await runRegister({
    argv: ['--dry-run', '--env-file', operator.envFile, ...argv],
    environment: { ...operator.hosts, ...environment },
    terminal: { out: terminal.out, err },
    sleep: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, 15));
    },
  });
  await Promise.all(approvals);
  return { code, waits, ...terminal.said() };
};

describe('a device code', () => {
  test('is shown with its address, and what comes of it is used', async () => {
    const { code, err } = await dryRun({ onCode: (shown) => approveDevice(lab.url, shown, 'admin@contoso.example') });
    expect(code).toBe(0);
    expect(err).toContain(`open ${lab.url}/common/oauth2/deviceauth in any browser and enter the code`);
    expect(err).toContain('In Contoso');
  });

  test('is asked for in the tenant that was named', async () => {
    const asked = dryRun({
      argv: ['--tenant', 'fabrikam.example'],
      onCode: (shown) => approveDevice(lab.url, shown, 'admin@fabrikam.example'),
    });
    expect((await asked).err).toContain('In Fabrikam');
  });

  test('ends in words when somebody declines, or may not approve it', async () => {
    const { code, err } = await dryRun({ onCode: (shown) => approveDevice(lab.url, shown, 'analyst@contoso.example') });
    expect(code).toBe(1);
    expect(err).toContain('The sign-in was declined.');
    expect(err).toContain('Where device codes are blocked: --az');
  });

  test('cannot be had where the identity service refuses it', async () => {
    const { code, err } = await dryRun({ argv: ['--console-client', '11111111-2222-4333-8444-555555555555'] });
    expect(code).toBe(1);
    expect(err).toContain('AADSTS700016');
  });
});

describe('an identity service of the test', () => {
  const answers: { status: number; body: unknown }[] = [];
  const server = createServer((req, res) => {
    const token = String(req.url).endsWith('/token');
    const { status, body } = token
      ? (answers.shift() ?? { status: 400, body: { error: 'expired_token' } })
      : { status: 200, body: started };
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const started = {
    user_code: '\u001b[31mRED\nLINE',
    device_code: 'd',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 5,
  };
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('is asked at its pace, more slowly when it says so, and again when it is in trouble', async () => {
    const pending = { status: 400, body: { error: 'authorization_pending', error_codes: [70016] } };
    answers.push(pending, { status: 400, body: { error: 'slow_down' } }, { status: 503, body: {} }, pending);
    const { code, waits, err } = await dryRun({ environment: { AZURE_AUTHORITY_HOST: url } });
    expect(waits).toEqual([5_000, 5_000, 10_000, 10_000, 10_000]);
    expect(code).toBe(1);
    expect(err).toContain('Nobody signed in within the time');
  });

  test('that gives no token with its answer, or nonsense for its pace, is asked on at the usual one', async () => {
    started.interval = 'soon' as unknown as number;
    answers.push({ status: 200, body: { token_type: 'Bearer' } });
    const { code, waits, err } = await dryRun({ environment: { AZURE_AUTHORITY_HOST: url } });
    started.interval = 5;
    expect([code, waits]).toEqual([1, [5_000]]);
    expect(err).toContain('The identity service refused');
  });

  test('writes nothing of its own on the terminal', async () => {
    const { err } = await dryRun({ environment: { AZURE_AUTHORITY_HOST: url } });
    expect(err).not.toContain('\u001b');
    expect(err).toContain('enter the code  [31mRED LINE.');
  });
});

describe('the Azure CLI', () => {
  const anAz = (script: string): Record<string, string> => {
    const bin = join(folder, `bin-${Math.random()}`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'az'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'az'), 0o755);
    return { PATH: `${bin}:/usr/bin:/bin` };
  };

  test('is asked for a token of Graph', async () => {
    const token = await aGraphToken(lab.url);
    const az = anAz(`[ "$1 $2 $3 $4" = "account get-access-token --resource-type ms-graph" ] && echo '{"accessToken":"${token}"}'`);
    const { code, err } = await dryRun({ argv: ['--az'], environment: az });
    expect(code).toBe(0);
    expect(err).toContain('In Contoso');
  });

  test('that is absent, signed out, or says nonsense is told apart from Graph', async () => {
    expect((await dryRun({ argv: ['--az'], environment: { PATH: folder } })).err).toContain('There is no `az` here.');
    expect((await dryRun({ argv: ['--az'], environment: anAz('echo "Please run az login" >&2; exit 1') })).err).toContain(
      '`az account get-access-token` failed',
    );
    expect((await dryRun({ argv: ['--az'], environment: anAz('echo "{}"') })).err).toContain('gave no token');
  });
});
