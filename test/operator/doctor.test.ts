import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer as createHttp, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runDoctor } from '../../src/operator/doctor/run';
import type { Finding } from '../../src/operator/doctor/finding';
import type { Lab } from '../../src/lab/server';
import { aCertificate } from '../support/a-certificate';
import { aConnectProxy } from '../support/a-connect-proxy';
import { aFolder } from '../support/a-folder';
import { aGraphToken, approveDevice } from '../support/lab-device';
import { aSmallService } from '../support/lab-service';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';
import { anOperator, aTerminal, baseUrl } from './an-operator';

const folder = aFolder();
let lab: Lab;
let operator: ReturnType<typeof anOperator>;
let secretOperator: ReturnType<typeof anOperator>;

beforeAll(async () => {
  lab = await aRunningLab({ LAB_DEVICE_INTERVAL: '0' }, { services: [aSmallService] });
  operator = anOperator(lab);
  await operator.register();
  secretOperator = anOperator(lab, { BASE_URL: 'http://localhost:3078' });
  await secretOperator.register(['--secret', '--name', 'Quarry with a secret']);
});
afterAll(() => lab.stop());
beforeEach(() => {
  lab.clock.shift(0);
  lab.drills.clear();
  lab.licences.set({ id: contosoId } as never, []);
});

interface Report {
  readonly code: number;
  readonly findings: readonly Finding[];
  readonly err: string;
  /** The findings of one check, as `status says`. */
  readonly of: (check: string) => readonly string[];
}

interface Visit {
  readonly who?: ReturnType<typeof anOperator>;
  readonly argv?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly say?: (line: string) => unknown;
  readonly now?: () => number;
}

const doctor = async ({ who = operator, argv = [], environment = {}, say, now }: Visit = {}): Promise<Report> => {
  const terminal = aTerminal();
  const heard: unknown[] = [];
  const code = await runDoctor({
    argv: ['--json', '--env-file', who.envFile, ...argv],
    environment: { DATA_DIR: who.hosts.DATA_DIR, ...environment },
    terminal: {
      out: terminal.out,
      err: (line) => {
        terminal.err(line);
        heard.push(say?.(line));
      },
    },
    sleep: () => new Promise((resolve) => setTimeout(resolve, 20)),
    ...(now ? { now } : {}),
  });
  await Promise.all(heard);
  const { out, err } = terminal.said();
  const { checks } = JSON.parse(out) as { checks: Finding[] };
  const of = (check: string): string[] => checks.filter((one) => one.check === check).map(({ status, says }) => `${status} ${says}`);
  return { code, findings: checks, err, of };
};

/** Exactly these checks fail, and each says how to mend it. */
const expectFailures = (report: Report, failing: readonly string[]): void => {
  const failed = report.findings.filter(({ status }) => status === 'FAIL');
  expect([...new Set(failed.map(({ check }) => check))]).toEqual(failing);
  for (const { remedy } of failed) expect(remedy).toMatch(/\w+/);
  expect(report.code).toBe(failing.length === 0 ? 0 : 1);
};

describe('a good configuration', () => {
  test('fails nothing, twice, and nothing is changed by looking', async () => {
    const before = readFileSync(operator.envFile, 'utf8');
    lab.calls.clear();
    for (const _time of [1, 2]) {
      const report = await doctor();
      expectFailures(report, []);
      expect(report.of('client-id')).toEqual(['ok the identity service knows it']);
      expect(report.of('credential')).toEqual(['ok accepted']);
      expect(report.of('redirect-uri').every((line) => line.startsWith('ok'))).toBe(true);
      expect(report.of('licence')).toEqual([`ok tenant ${contosoId} has Microsoft Defender`]);
      expect(report.of('hunting-api')).toEqual(['ok Microsoft Graph, the one that stays']);
      expect(report.of('permission')[0]).toContain('skipped');
      expect(report.of('first-query')[0]).toContain('skipped');
    }
    expect(readFileSync(operator.envFile, 'utf8')).toBe(before);
    expect(existsSync(join(operator.hosts.DATA_DIR, 'quarry.db'))).toBe(false);
    expect(lab.calls.list().filter(({ service }) => service === 'directory')).toEqual([]);
  });

  test('in lines for people, with a sum at the end', async () => {
    const terminal = aTerminal();
    const code = await runDoctor({ argv: ['--env-file', operator.envFile], environment: { DATA_DIR: operator.hosts.DATA_DIR }, terminal });
    const lines = terminal.said().out.split('\n');
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^ok {6}configuration {5}can be read; client [0-9a-f-]{36}$/);
    expect(lines.at(-1)).toMatch(/^\d+ ok, \d+ to look at, 0 failed, \d+ skipped$/);
  });

  test('of the lab alone needs no registration', async () => {
    const report = await doctor({ who: anOperator(lab) });
    expectFailures(report, []);
    expect(report.of('client-id')[0]).toContain('skipped the lab needs no registration');
  });
});

describe('the configuration', () => {
  test('that cannot be read is told variable by variable', async () => {
    const report = await doctor({ environment: { PORT: 'x', HUNTING_PROVIDER: 'none', AZURE_CLIENT_SECRET: 'beside' } });
    expectFailures(report, ['configuration']);
    expect(report.of('configuration')).toHaveLength(3);
  });

  test('with an address over plain http is refused, one over https is looked over', async () => {
    expectFailures(await doctor({ environment: { BASE_URL: 'http://quarry.example' } }), ['address', 'redirect-uri']);
    const report = await doctor();
    expect(report.of('address')).toEqual([
      'ok https://quarry.example: cookies are marked Secure',
      expect.stringContaining('warn TRUST_PROXY'),
      expect.stringContaining('warn NODE_ENV'),
    ]);
  });

  test('with a weak session key is warned of', async () => {
    expect((await doctor({ environment: { SESSION_KEYS: 'short' } })).of('session-keys')).toEqual(['warn SESSION_KEYS holds a weak key']);
  });

  test.each([
    ['mde', () => Date.parse('2026-12-02'), 'warn', 'in 61 days'],
    ['xdr', () => Date.parse('2027-02-01T00:00:01Z'), 'FAIL', 'has stopped answering'],
  ])('over %s is told when that API ends', async (provider, now, status, words) => {
    const { of } = await doctor({ environment: { HUNTING_PROVIDER: provider }, now });
    expect(of('hunting-api')[0]).toContain(`${status} the API of HUNTING_PROVIDER=${provider}`);
    expect(of('hunting-api')[0]).toContain(words);
  });
});

describe('this machine', () => {
  test('a database that is none, or a server that is not there', async () => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    writeFileSync(join(dataDir, 'quarry.db'), 'not a database at all, not a database at all, not a database at all');
    expectFailures(await doctor({ environment: { DATA_DIR: dataDir } }), ['database']);
    const report = await doctor({ environment: { DATABASE_URL: 'postgres://quarry:secret-word@127.0.0.1:1/quarry' } });
    expectFailures(report, ['database']);
    expect(report.of('database')[0]).toContain('ECONNREFUSED');
    expect(JSON.stringify(report.findings)).not.toContain('secret-word');
  });

  test('a folder that is a file, is not there yet, has no room, or is open to everybody', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expectFailures(await doctor({ environment: { DATA_DIR: file } }), ['data-dir', ...(await databaseOf(file))]);
    expect((await doctor({ environment: { DATA_DIR: join(folder, 'new', 'deep') } })).of('data-dir')[0]).toContain('ok');
    expect(existsSync(join(folder, 'new'))).toBe(false);
    const full = await doctor({ environment: { LEAST_FREE_DISK_MB: '999999999' } });
    expectFailures(full, ['data-dir']);
    expect(full.of('data-dir')[0]).toContain('less than LEAST_FREE_DISK_MB');
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect((await doctor({ environment: { DATA_DIR: open } })).of('data-dir')[1]).toContain('warn');
  });

  const databaseOf = async (dataDir: string): Promise<string[]> => {
    const { of } = await doctor({ environment: { DATA_DIR: dataDir } });
    return of('database').some((line) => line.startsWith('FAIL')) ? ['database'] : [];
  };

  const root = process.getuid?.() === 0;
  (root ? test.skip : test)('a folder without the right to write', async () => {
    const dataDir = mkdtempSync(join(folder, 'read-only-'));
    chmodSync(dataDir, 0o500);
    expectFailures(await doctor({ environment: { DATA_DIR: dataDir } }), ['data-dir']);
  });
});

describe('the way there', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });
  const listening = async (server: Server): Promise<number> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  test('a name that nobody knows', async () => {
    const report = await doctor({ environment: { AZURE_AUTHORITY_HOST: 'https://login.invalid' } });
    expectFailures(report, ['network', 'discovery']);
    expect(report.of('network').join()).toContain('login.invalid: the name is not known');
  });

  test('a port where nothing listens', async () => {
    const report = await doctor({ environment: { GRAPH_URL: 'http://127.0.0.1:1' } });
    expectFailures(report, ['network']);
    expect(report.of('network').join()).toContain('127.0.0.1:1: no connection (ECONNREFUSED)');
  });

  test('a certificate of somebody in between is named with its issuer', async () => {
    const { certificate, key } = aCertificate();
    const port = await listening(createHttps({ cert: certificate, key }) as unknown as Server);
    const report = await doctor({ environment: { GRAPH_URL: `https://localhost:${port}` } });
    expectFailures(report, ['network']);
    expect(report.of('network').join()).toMatch(
      /its certificate is issued by Quarry, whom this machine does not trust \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    );
    expect(report.findings.find(({ status }) => status === 'FAIL')?.remedy).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('a proxy that does not answer', async () => {
    const report = await doctor({ environment: { HTTPS_PROXY: 'http://user:secret-word@127.0.0.1:1' } });
    expectFailures(report, ['proxy']);
    expect(report.of('proxy')).toEqual(['FAIL HTTPS_PROXY names 127.0.0.1:1, which does not answer (ECONNREFUSED)']);
    expect(JSON.stringify(report.findings)).not.toContain('secret-word');
  });

  test('a proxy under a name that is not read', async () => {
    expect((await doctor({ environment: { https_proxy: 'http://127.0.0.1:1' } })).of('proxy')).toEqual([
      'warn https_proxy is set, which Quarry does not read',
    ]);
  });

  test('a proxy that answers, lets through, asks for a password, or refuses', async () => {
    const { certificate, key } = aCertificate();
    const port = await listening(createHttps({ cert: certificate, key }) as unknown as Server);
    const asked: Record<string, string> = { GRAPH_URL: `https://localhost:${port}` };
    for (const [policy, words] of [
      [undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      [407, 'the proxy wants a name and a password'],
      [403, 'the proxy does not let it through (403)'],
    ] as const) {
      const proxy = await aConnectProxy(policy);
      const report = await doctor({ environment: { ...asked, HTTPS_PROXY: proxy.address } });
      expect(report.of('proxy')[0]).toContain('ok 127.0.0.1:');
      expect(report.of('network').join()).toContain(words);
      expect(proxy.asked()).toContain(`localhost:${port}`);
      const past = await doctor({ environment: { ...asked, HTTPS_PROXY: proxy.address, NO_PROXY: 'example.com, localhost' } });
      expect(past.of('network').join()).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      await proxy.close();
    }
  });

  test('something else than an identity service', async () => {
    const port = await listening(createHttp((_req, res) => res.end('<html>Sign in to the guest network</html>')));
    const report = await doctor({ environment: { AZURE_AUTHORITY_HOST: `http://localhost:${port}` } });
    expectFailures(report, ['discovery']);
    expect(report.of('discovery')[0]).toContain('something else than an identity service');
  });

  test.each([
    [600, 'FAIL', 'this machine is 600 s behind the identity service'],
    [-120, 'warn', 'this machine is 120 s ahead of the identity service'],
    [20, 'ok', 'within 20 s'],
  ])('a clock that differs by %i s', async (seconds, status, words) => {
    lab.clock.shift(seconds);
    const [line] = (await doctor()).of('clock');
    const told = Number(/(\d+) s/.exec(line ?? '')?.[1]);
    // The answer takes its time to arrive.
    expect(Math.abs(told - Math.abs(seconds))).toBeLessThan(10);
    expect(line?.replace(String(told), String(Math.abs(seconds)))).toContain(`${status} ${words}`);
  });

  test('a tenant that does not exist', async () => {
    const report = await doctor({ environment: { AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555' } });
    expectFailures(report, ['discovery']);
    expect(report.of('discovery')[0]).toContain('AADSTS90002');
  });
});

describe('client and credential', () => {
  test('a client id that nobody knows', async () => {
    const report = await doctor({
      argv: ['--tenant', contosoId],
      environment: { AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555' },
    });
    expectFailures(report, ['client-id']);
    expect(report.of('client-id')[0]).toContain('AADSTS700016');
  });

  test('an app that has no enterprise application in its own tenant', async () => {
    const contoso = { id: contosoId } as never;
    const own = lab.grants.for(String(operator.env()['AZURE_CLIENT_ID']));
    own.withdraw(contoso);
    const report = await doctor();
    own.grantTenant(contoso, { delegated: [], application: [] });
    expectFailures(report, ['client-id']);
    expect(report.of('client-id')[0]).toContain('no enterprise application in tenant');
  });

  test('a wrong secret', async () => {
    const report = await doctor({ who: secretOperator, environment: { AZURE_CLIENT_SECRET: 'wrong-word-altogether' } });
    expectFailures(report, ['credential']);
    expect(report.of('credential')).toEqual(['FAIL the secret is wrong (AADSTS7000215)']);
    expect(JSON.stringify(report.findings)).not.toContain('wrong-word');
  });

  test('a secret that has expired', async () => {
    const who = anOperator(lab, { BASE_URL: 'http://localhost:3079' });
    await who.register(['--secret', '--name', 'Expired']);
    const response = await fetch(`${lab.url}/lab/expiries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: who.env()['AZURE_CLIENT_ID'] }),
    });
    expect(response.status).toBe(204);
    const report = await doctor({ who });
    expectFailures(report, ['credential']);
    expect(report.of('credential')).toEqual(['FAIL the secret has expired (AADSTS7000222)']);
    const inside = await doctor({ who, environment: { GRAPH_TOKEN: await aGraphToken(lab.url) } });
    expectFailures(inside, ['credential', 'credential-expiry']);
  });

  test.each([
    ['2026-01-01', 'FAIL the secret has expired on 2026-01-01'],
    ['2026-12-10', 'warn the secret expires in 9 days, on 2026-12-10'],
    ['2027-12-10', 'ok the secret is good until 2027-12-10'],
    ['', 'skipped the secret does not tell when it ends'],
  ])('a secret of which it is said that it ends on "%s"', async (day, words) => {
    const environment = { AZURE_CLIENT_SECRET_EXPIRES: day };
    const report = await doctor({ who: secretOperator, environment, now: () => Date.parse('2026-12-01') });
    expect(report.of('credential-expiry')).toEqual([words]);
  });

  test('a certificate that was never uploaded', async () => {
    const { certificate, key } = aCertificate();
    const file = join(folder, 'other.pem');
    writeFileSync(file, certificate + key);
    const report = await doctor({ environment: { AZURE_CLIENT_CERTIFICATE_PATH: file } });
    expectFailures(report, ['credential']);
    expect(report.of('credential')[0]).toContain('AADSTS700027');
    const inside = await doctor({ environment: { AZURE_CLIENT_CERTIFICATE_PATH: file, GRAPH_TOKEN: await aGraphToken(lab.url) } });
    expect(inside.of('credential-expiry')).toContain('FAIL the credential in use is not registered');
  });

  test.each([
    ['has expired', aCertificate(-1), 'FAIL', 'the certificate has expired on'],
    ['is near its end', aCertificate(10), 'warn', 'the certificate expires in'],
  ])('a certificate that %s', async (what, { certificate, key }, status, words) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.pem`);
    writeFileSync(file, certificate + key);
    const [line] = (await doctor({ environment: { AZURE_CLIENT_CERTIFICATE_PATH: file } })).of('credential-expiry');
    expect(line).toContain(`${status} ${words}`);
  });

  const foreign = String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
  test.each([
    ['absent', undefined, 'cannot be read (ENOENT)'],
    ['without a key', aCertificate().certificate, 'holds no private key'],
    ['without a certificate', foreign, 'holds no certificate'],
    ['of two that do not belong together', aCertificate().certificate + foreign, 'not the certificate’s'],
  ])('a certificate file that is %s', async (what, content, words) => {
    const file = join(folder, `bad-${what.replaceAll(' ', '-')}.pem`);
    if (content !== undefined) writeFileSync(file, content);
    const report = await doctor({ environment: { AZURE_CLIENT_CERTIFICATE_PATH: file } });
    expectFailures(report, ['certificate']);
    expect(report.of('certificate')[0]).toContain(words);
  });

  test('an identity service in trouble is no verdict', async () => {
    lab.drills.arm({ service: 'identity', fault: '500', times: 10 });
    const report = await doctor();
    expectFailures(report, []);
    expect(report.of('credential')[0]).toContain('skipped');
  });
});

describe('the registration', () => {
  test('a redirect address that is not registered: seen from outside, and read from within', async () => {
    const environment = { REDIRECT_URI: `${baseUrl}/elsewhere` };
    const outside = await doctor({ environment });
    expectFailures(outside, ['redirect-uri']);
    expect(outside.of('redirect-uri')[0]).toBe(`FAIL ${baseUrl}/elsewhere is not registered (AADSTS50011)`);
    const inside = await doctor({ environment: { ...environment, GRAPH_TOKEN: await aGraphToken(lab.url) } });
    expect(inside.of('redirect-uri')[0]).toBe(`FAIL ${baseUrl}/elsewhere is not registered`);
  });

  test('a permission that is not listed', async () => {
    const who = anOperator(lab, { BASE_URL: 'http://localhost:3080', HUNTING_PROVIDER: 'mde' });
    await who.register(['--permissions', 'hunt', '--name', 'Poor']);
    const GRAPH_TOKEN = await aGraphToken(lab.url);
    const poor = await doctor({ who, environment: { HUNTING_PROVIDER: 'graph', GRAPH_TOKEN } });
    expect(poor.of('permission')).toEqual(['FAIL the registration does not list ThreatHunting.Read.All']);
    const enough = await doctor({ who, environment: { HUNTING_PROVIDER: 'mde', GRAPH_TOKEN } });
    expect(enough.of('permission')[0]).toContain('warn the registration lists AdvancedQuery.Read, but not');
  });

  test('one tenant in one place and any in the other', async () => {
    const who = anOperator(lab, { BASE_URL: 'http://localhost:3081' });
    await who.register(['--single', '--name', 'Single']);
    const environment = { AZURE_TENANT_ID: 'organizations' };
    const outside = await doctor({ who, environment });
    expect(outside.of('redirect-uri')[0]).toContain('AADSTS50194');
    const inside = await doctor({ who, environment: { ...environment, GRAPH_TOKEN: await aGraphToken(lab.url) } });
    expect(inside.of('registration')).toContain('FAIL is for one tenant, but AZURE_TENANT_ID is organizations');
  });

  test('a token that cannot read it is told, and the view from outside remains', async () => {
    const report = await doctor({ environment: { GRAPH_TOKEN: 'nonsense' } });
    expectFailures(report, ['registration']);
    expect(report.of('redirect-uri')).toHaveLength(3);
  });
});

describe('a tenant', () => {
  test('that has not consented', async () => {
    const report = await doctor({ argv: ['--tenant', fabrikamId] });
    expectFailures(report, ['consent']);
    expect(report.of('consent')[0]).toContain('AADSTS7000229');
    expect(report.findings.find(({ check }) => check === 'consent')?.remedy).toContain('/connect');
  });

  test('that knows the app, but whose people have not been allowed to hunt', async () => {
    const GRAPH_TOKEN = await aGraphToken(lab.url);
    expectFailures(await doctor({ environment: { GRAPH_TOKEN } }), []);
    const before = await doctor({ argv: ['--tenant', contosoId], environment: { GRAPH_TOKEN } });
    expectFailures(before, ['consent']);
    expect(before.of('consent').join()).toContain('Contoso has not consented to ThreatHunting.Read.All (people get AADSTS65001)');
    const clientId = String(operator.env()['AZURE_CLIENT_ID']);
    lab.grants
      .for(clientId)
      .grantTenant({ id: contosoId } as never, { delegated: ['graph/ThreatHunting.Read.All'], application: ['mde/Event.Write'] });
    const after = await doctor({ environment: { GRAPH_TOKEN } });
    expectFailures(after, []);
    expect(after.of('consent')).toContain('ok Contoso has consented to ThreatHunting.Read.All');
    expect(after.of('consent').join()).toContain('granted to the app itself: Event.Write');
  });

  test('whose consent was withdrawn', async () => {
    lab.drills.arm({ service: 'identity', fault: 'consent', times: 10 });
    const report = await doctor({ argv: ['--tenant', 'contoso.example'] });
    expectFailures(report, ['consent']);
    expect(report.of('consent')[0]).toContain('AADSTS65001');
  });

  test('without a licence', async () => {
    const arm = (without: string[]) =>
      fetch(`${lab.url}/lab/licences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tenant: 'contoso.example', without }),
      });
    expect((await arm(['mde'])).status).toBe(204);
    const some = await doctor();
    expectFailures(some, []);
    expect(some.of('licence')).toEqual([`warn tenant ${contosoId} lacks WindowsDefenderATP (AADSTS500011)`]);
    expectFailures(await doctor({ environment: { HUNTING_PROVIDER: 'mde' } }), ['licence']);
    await arm(['mde', 'xdr']);
    const none = await doctor();
    expectFailures(none, ['licence']);
    expect(none.of('licence')[0]).toContain('Microsoft Threat Protection (AADSTS500011)');
    lab.licences.set({ id: contosoId } as never, []);
    lab.drills.arm({ service: 'identity', fault: 'licence', times: 10 });
    expect((await doctor({ argv: ['--tenant', contosoId] })).of('credential')).toEqual([
      'ok accepted (AADSTS650052 concerns what lies behind it)',
    ]);
  });
});

describe('the first query', () => {
  const withApproval = (account: string): Pick<Visit, 'argv' | 'say'> => ({
    argv: ['--device', '--tenant', contosoId],
    say: (line) => {
      const code = /enter the code (\w+)\./.exec(line)?.[1];
      return code && approveDevice(lab.url, code, account);
    },
  });

  test('runs with the rights of whoever signs in by device code', async () => {
    const clientId = String(operator.env()['AZURE_CLIENT_ID']);
    lab.grants.for(clientId).grantTenant({ id: contosoId } as never, { delegated: ['graph/ThreatHunting.Read.All'], application: [] });
    const report = await doctor(withApproval('analyst@contoso.example'));
    expect(report.of('permission')).toEqual(['ok a token of a person carries ThreatHunting.Read.All']);
    // This lab's hunting service is a stub that knows no query: its answer is told as what it is.
    expect(report.of('first-query')).toEqual([expect.stringMatching(/^FAIL the hunting service answered/)]);
  });

  test('says who declined, and what else went wrong', async () => {
    const declined = await doctor({ who: secretOperator, ...withApproval('analyst@contoso.example') });
    expect(declined.of('first-query')[0]).toContain('FAIL The sign-in was declined');
    const blocked = await doctor(withApproval('blocked@contoso.example'));
    expect(blocked.of('first-query')[0]).toContain('FAIL The sign-in was declined');
  });
});

test('a command line that cannot be meant is refused', async () => {
  const terminal = aTerminal();
  expect(await runDoctor({ argv: ['--az', '--token'], environment: {}, terminal })).toBe(1);
  expect(await runDoctor({ argv: ['--what'], environment: {}, terminal })).toBe(1);
  expect(await runDoctor({ argv: ['--help'], environment: {}, terminal })).toBe(0);
});
