import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../src/lab/server';
import { aLabClient } from '../support/lab-client';
import { aGraphToken } from '../support/lab-device';
import { aRunningLab, contosoId, fabrikamId } from '../support/running-lab';
import { aCutLine, type Cut } from './a-cut-line';
import { anOperator, baseUrl } from './an-operator';

let lab: Lab;
beforeEach(async () => {
  lab = await aRunningLab();
});
afterEach(() => lab.stop());

const only = () => {
  const all = lab.applications.all();
  expect(all).toHaveLength(1);
  return all[0] as (typeof all)[number];
};
const writes = () => lab.calls.list().filter(({ service, method }) => service === 'directory' && method !== 'GET');

test('from nothing it makes a registration with everything that Quarry needs', async () => {
  const operator = anOperator(lab);
  const { code, out, err } = await operator.register();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const made = only();
  expect(made).toMatchObject({
    displayName: 'Quarry',
    signInAudience: 'AzureADMultipleOrgs',
    tags: ['quarry'],
    tenantId: contosoId,
    web: {
      redirectUris: [`${baseUrl}/auth/redirect`, `${baseUrl}/connect/done`, `${baseUrl}/`],
      logoutUrl: `${baseUrl}/auth/frontchannel-logout`,
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    },
    groupMembershipClaims: 'DirectoryRole',
    passwordCredentials: [],
  });
  expect(made.appRoles.map(({ value }) => value)).toEqual(['viewer', 'hunter', 'responder', 'administrator']);
  expect(made.optionalClaims?.idToken.map(({ name }) => name)).toEqual(['login_hint', 'sid', 'acct']);
  const [registered] = lab.applications.registrations();
  // Nothing that acts on devices or alerts: it would come along with each consent that asks for all that is listed.
  expect(registered?.delegated).toEqual(['graph/ThreatHunting.Read.All', 'mde/AdvancedQuery.Read']);
  expect(registered?.application).toEqual(['mde/Event.Write', 'mde/Ti.ReadWrite']);
  expect(out).toContain(made.appId);
  expect(lab.grants.for(made.appId).connected({ id: contosoId } as never)).toBe(true);
  const file = String(operator.env()['AZURE_CLIENT_CERTIFICATE_PATH']);
  expect(operator.env()).toEqual({
    AZURE_CLIENT_ID: made.appId,
    AZURE_TENANT_ID: 'organizations',
    AZURE_CLIENT_CERTIFICATE_PATH: file,
    AZURE_AUTHORITY_HOST: lab.url,
    GRAPH_URL: `${lab.url}/graph`,
    XDR_URL: `${lab.url}/xdr`,
    MDE_URL: `${lab.url}/mde`,
    BASE_URL: baseUrl,
  });
  expect([statSync(operator.envFile).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o600, 0o600]);
  expect(out).not.toContain('PRIVATE KEY');
});

test('a second run changes nothing, with or without what the first one wrote', async () => {
  const operator = anOperator(lab);
  await operator.register();
  const [application, env] = [structuredClone(only()), operator.envText()];
  lab.calls.clear();
  const again = await operator.register();
  expect(again.code).toBe(0);
  expect(again.out).toContain('nothing to change');
  expect(writes()).toEqual([]);
  expect([only(), operator.envText()]).toEqual([application, env]);
  operator.writeEnv('');
  expect((await operator.register()).code).toBe(0);
  expect(writes()).toEqual([]);
  expect(only()).toEqual(application);
  expect(operator.env()['AZURE_CLIENT_ID']).toBe(application.appId);
});

test('a dry run shows the manifest and what would change, and writes nothing anywhere', async () => {
  const operator = anOperator(lab);
  lab.calls.clear();
  const { code, out, err } = await operator.register(['--dry-run']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ displayName: 'Quarry', uniqueName: expect.stringMatching(/^quarry-/), tags: ['quarry'] });
  expect(err).toContain('add permission WindowsDefenderATP Event.Write (application)');
  expect(err).toContain('make a certificate');
  expect(writes()).toEqual([]);
  expect(lab.applications.all()).toEqual([]);
  expect(readdirSync(operator.folder)).toEqual([]);
});

test('what differs is mended and told in words; what its owner added stays', async () => {
  const operator = anOperator(lab);
  await operator.register();
  const one = only();
  lab.applications.change(one, {
    signInAudience: 'AzureADMyOrg',
    tags: [...one.tags, 'mine'],
    web: { ...one.web, redirectUris: [`${baseUrl}/auth/redirect`, 'https://other.example/cb'], logoutUrl: null },
    requiredResourceAccess: one.requiredResourceAccess.slice(0, 1),
    optionalClaims: {
      idToken: [{ name: 'email', source: null, essential: false, additionalProperties: [] }],
      accessToken: [],
      saml2Token: [],
    },
    groupMembershipClaims: 'SecurityGroup',
    isFallbackPublicClient: true,
  });
  const dry = await operator.register(['--dry-run']);
  const { code, out, err } = await operator.register();
  expect(code).toBe(0);
  for (const said of [dry.err, out]) {
    expect(said).toContain('who may sign in: AzureADMyOrg -> AzureADMultipleOrgs');
    expect(said).toContain(`add redirect URI ${baseUrl}/connect/done`);
    expect(said).toContain('add permission WindowsDefenderATP AdvancedQuery.Read (delegated)');
    expect(said).toContain('add ID token claim sid');
    expect(said).toContain('public client flows: on -> off');
  }
  expect(err).toContain('https://other.example/cb');
  expect(only()).toMatchObject({
    signInAudience: 'AzureADMultipleOrgs',
    tags: ['quarry', 'mine'],
    groupMembershipClaims: 'SecurityGroup, DirectoryRole',
    isFallbackPublicClient: false,
  });
  expect(only().web.redirectUris).toContain('https://other.example/cb');
  expect(only().optionalClaims?.idToken.map(({ name }) => name)).toEqual(['email', 'login_hint', 'sid', 'acct']);
  expect((await operator.register()).out).toContain('nothing to change');
});

test('a secret is shown once, written, and kept as long as it is good', async () => {
  const operator = anOperator(lab);
  const first = await operator.register(['--secret', '--months', '6']);
  const secret = String(operator.env()['AZURE_CLIENT_SECRET']);
  expect(first.out.split(secret)).toHaveLength(2);
  const [day] = /\d{4}-\d\d-\d\d/.exec(first.out) ?? [];
  expect(operator.env()['AZURE_CLIENT_SECRET_EXPIRES']).toBe(day);
  const again = await operator.register(['--secret']);
  expect(again.out + again.err).not.toContain(secret);
  expect((await operator.register()).code).toBe(0);
  expect(only().passwordCredentials).toHaveLength(1);
  expect(only().keyCredentials).toEqual([]);
  expect(operator.env()['AZURE_CLIENT_SECRET']).toBe(secret);
});

test('a secret that ends soon, or that the app does not have, is followed by another', async () => {
  const operator = anOperator(lab);
  await operator.register(['--secret']);
  const before = operator.env()['AZURE_CLIENT_SECRET'];
  lab.applications.expire(only());
  expect((await operator.register()).code).toBe(0);
  expect(operator.env()['AZURE_CLIENT_SECRET']).not.toBe(before);
  expect(only().passwordCredentials).toHaveLength(2);
});

test('changing from a secret to a certificate takes the secret out of the file', async () => {
  const operator = anOperator(lab);
  await operator.register(['--secret']);
  await operator.register(['--certificate']);
  expect(operator.env()).not.toHaveProperty('AZURE_CLIENT_SECRET');
  expect(operator.env()).not.toHaveProperty('AZURE_CLIENT_SECRET_EXPIRES');
  expect(operator.env()).toHaveProperty('AZURE_CLIENT_CERTIFICATE_PATH');
});

test('a renewal adds a certificate beside the one in use, and the new one works', async () => {
  const operator = anOperator(lab);
  await operator.register();
  const file = String(operator.env()['AZURE_CLIENT_CERTIFICATE_PATH']);
  const before = readFileSync(file, 'utf8');
  const { code, err } = await operator.register(['--renew']);
  expect(code).toBe(0);
  expect(only().keyCredentials).toHaveLength(2);
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  expect(existsSync(`${file}.next`)).toBe(false);
  expect(err).toContain('Credentials that .env does not use');
  expect((await operator.register()).code).toBe(0);
  expect(only().keyCredentials).toHaveLength(2);
});

const cuts: readonly [string, Cut][] = [
  ['before the app is made', { method: 'PATCH', path: /applications\(uniqueName/, how: 'before' }],
  ['as the answer to making the app is lost', { method: 'PATCH', path: /applications\(uniqueName/, how: 'after' }],
  ['before the service principal is made', { method: 'POST', path: /servicePrincipals/, how: 'before' }],
  ['as the answer to making the service principal is lost', { method: 'POST', path: /servicePrincipals/, how: 'after' }],
  ['before the certificate is registered', { method: 'PATCH', path: /applications\/[0-9a-f-]+$/, how: 'before' }],
  ['as the answer to registering the certificate is lost', { method: 'PATCH', path: /applications\/[0-9a-f-]+$/, how: 'after' }],
];

test.each(cuts)('a run that is cut off %s is finished by the next one', async (_when, cut) => {
  const operator = anOperator(lab);
  const line = await aCutLine(`${lab.url}/graph`, cut);
  const { code, err } = await operator.register([], { GRAPH_URL: line.url });
  await line.close();
  expect(code).toBe(1);
  expect(err).toContain('could not be reached');
  expect((await operator.register()).code).toBe(0);
  expect(only().keyCredentials).toHaveLength(1);
  expect(operator.env()['AZURE_CLIENT_ID']).toBe(only().appId);
  expect(readdirSync(join(operator.folder, 'var')).sort()).toEqual(['client-certificate.pem', 'registration.json']);
});

test('a directory that does not know yet what was made a moment ago is asked again', async () => {
  const operator = anOperator(lab);
  const line = await aCutLine(`${lab.url}/graph`, { method: 'POST', path: /servicePrincipals/, how: 'early' });
  expect((await operator.register([], { GRAPH_URL: line.url })).code).toBe(0);
  await line.close();
  expect(lab.grants.for(only().appId).connected({ id: contosoId } as never)).toBe(true);
});

test('a cloud that knows no names of the caller is served by name and tag', async () => {
  const operator = anOperator(lab);
  const line = await aCutLine(`${lab.url}/graph`, { method: '', path: /uniqueName=/, how: 'refuse' });
  const environment = { GRAPH_URL: line.url };
  expect((await operator.register([], environment)).code).toBe(0);
  operator.writeEnv('');
  expect((await operator.register([], environment)).out).toContain('nothing to change');
  await line.close();
  expect(only()).toMatchObject({ uniqueName: null, tags: ['quarry'] });
});

test('a program that is killed in the middle leaves nothing half written, and the next one goes on', async () => {
  const operator = anOperator(lab);
  const line = await aCutLine(`${lab.url}/graph`, { method: 'PATCH', path: /applications\/[0-9a-f-]+$/, how: 'hang' });
  operator.writeEnv('LOG_LEVEL=warn\n');
  const GRAPH_TOKEN = await aGraphToken(lab.url);
  const program = spawn(
    process.execPath,
    [
      '--require',
      join(__dirname, '../../scripts/typescript-require.cjs'),
      join(__dirname, '../../src/operator/register/cli.ts'),
      '--token',
      '--env-file',
      operator.envFile,
    ],
    { env: { PATH: process.env['PATH'], ...operator.hosts, GRAPH_TOKEN, GRAPH_URL: line.url }, stdio: 'ignore' },
  );
  const ended = once(program, 'exit');
  await line.cutNow;
  program.kill('SIGKILL');
  await ended;
  await line.close();
  expect(operator.envText()).toBe('LOG_LEVEL=warn\n');
  expect((await operator.register()).code).toBe(0);
  expect(only().keyCredentials).toHaveLength(1);
  expect(operator.env()).toMatchObject({ LOG_LEVEL: 'warn', AZURE_CLIENT_ID: only().appId });
});

test.each([[[]], [['--renew']]])('a renewal that is cut off is finished by %j, not begun anew', async (argv) => {
  const operator = anOperator(lab);
  await operator.register();
  const line = await aCutLine(`${lab.url}/graph`, { method: 'PATCH', path: /applications\/[0-9a-f-]+$/, how: 'after' });
  expect((await operator.register(['--renew'], { GRAPH_URL: line.url })).code).toBe(1);
  await line.close();
  expect((await operator.register(argv)).code).toBe(0);
  expect(only().keyCredentials).toHaveLength(2);
  const held = new X509Certificate(readFileSync(String(operator.env()['AZURE_CLIENT_CERTIFICATE_PATH']))).raw.toString('base64');
  expect(only().keyCredentials.map(({ key }) => key)[1]).toBe(held);
});

test('lines, comments and line ends of the file are kept', async () => {
  const operator = anOperator(lab);
  operator.writeEnv(
    '# Quarry of ours\r\nexport LOG_LEVEL=debug\r\nNOTE="two\r\nlines"\r\n# AZURE_CLIENT_ID=\r\nAZURE_TENANT_ID=organizations # all\r\n',
  );
  expect((await operator.register()).code).toBe(0);
  const text = operator.envText();
  expect(text).toContain('# Quarry of ours\r\nexport LOG_LEVEL=debug\r\nNOTE="two\r\nlines"\r\n# AZURE_CLIENT_ID=\r\n');
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a tenant that lacks an API leaves its permissions out and says so; once it has it, they are added', async () => {
  const operator = anOperator(lab);
  lab.licences.set({ id: contosoId } as never, ['mde']);
  const { code, err } = await operator.register();
  expect(code).toBe(0);
  expect(err).toMatch(/WindowsDefenderATP is not in this tenant \(no licence for it\): left out AdvancedQuery\.Read, .*Event\.Write/);
  expect(lab.applications.registrations()[0]?.delegated).toEqual(['graph/ThreatHunting.Read.All']);
  lab.licences.set({ id: contosoId } as never, []);
  expect((await operator.register()).out).toContain('add permission WindowsDefenderATP Event.Write (application)');
});

test('hunting alone is one permission', async () => {
  await anOperator(lab, { HUNTING_PROVIDER: 'mde' }).register(['--permissions', 'hunt']);
  const [registered] = lab.applications.registrations();
  expect([registered?.delegated, registered?.application]).toEqual([['mde/AdvancedQuery.Read'], []]);
});

test('an installation that asks another API lists that as well', async () => {
  await anOperator(lab, { HUNTING_PROVIDER: 'xdr' }).register();
  expect(lab.applications.registrations()[0]?.delegated).toContain('xdr/AdvancedHunting.Read');
});

test('everything that may be asked for one day is listed on demand alone', async () => {
  const operator = anOperator(lab);
  await operator.register();
  const { out } = await operator.register(['--permissions', 'all']);
  expect(out).toContain('add permission WindowsDefenderATP Machine.Isolate (delegated)');
  const [registered] = lab.applications.registrations();
  expect(registered?.delegated).toEqual(expect.arrayContaining(['mde/Ti.ReadWrite', 'mde/Machine.Isolate', 'xdr/AdvancedHunting.Read']));
  expect(registered?.application).toContain('mde/Ti.ReadWrite.All');
  // What is listed stays until somebody takes it away in the portal.
  expect((await operator.register()).out).toContain('nothing to change');
});

test('of two runs at the same time none loses its certificate', async () => {
  const operator = anOperator(lab);
  const runs = await Promise.all([operator.register(), operator.register()]);
  expect(runs.some(({ code }) => code === 0)).toBe(true);
  for (const { code, err } of runs) if (code !== 0) expect(err).toContain('Another npm run register');
  expect(only().keyCredentials).toHaveLength(1);
  expect((await operator.register()).out).toMatch(/nothing to change\n.*certificate in use: /s);
});

describe('who may not', () => {
  test('an account without the directory role is told which one to ask for', async () => {
    const consoleClient = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
    const granted = { delegated: ['graph/Application.ReadWrite.All', 'openid', 'profile', 'offline_access'], application: [] };
    lab.grants.for(consoleClient).grantTenant({ id: contosoId } as never, granted);
    const { code, err } = await anOperator(lab).register([], { GRAPH_TOKEN: await aGraphToken(lab.url, 'analyst@contoso.example') });
    expect(code).toBe(1);
    expect(err).toContain('403 Authorization_RequestDenied');
    expect(err).toContain('Application Administrator');
  });

  test('a token of another tenant is refused before anything is made', async () => {
    const operator = anOperator(lab);
    const { code, err } = await operator.register(['--tenant', fabrikamId]);
    expect(code).toBe(1);
    expect(err).toContain('The token is of Contoso');
    expect(lab.applications.all()).toEqual([]);
    expect((await operator.register(['--tenant', 'contoso.example'])).code).toBe(0);
  });

  test('a token that is none is told from a right that lacks', async () => {
    expect((await anOperator(lab).register([], { GRAPH_TOKEN: 'abc' })).err).toContain('InvalidAuthenticationToken');
    expect((await anOperator(lab).register([], { GRAPH_TOKEN: 'two words' })).err).toContain('something else than a token');
  });
});

describe('names', () => {
  test('an app of that name that somebody else made is not touched', async () => {
    const operator = anOperator(lab);
    const foreign = lab.applications.create(contosoId, null, { displayName: 'Quarry' });
    const { code, err } = await operator.register();
    expect(code).toBe(1);
    expect(err).toContain(foreign.appId);
    expect(err).toContain('--client-id');
    expect(only()).toEqual(foreign);
    expect((await operator.register(['--client-id', foreign.appId])).code).toBe(0);
    expect(only().tags).toEqual(['quarry']);
  });

  test('several of the name are listed', async () => {
    const all = [1, 2].map(() => lab.applications.create(contosoId, null, { displayName: 'Quarry', tags: ['quarry'] }));
    const { code, err } = await anOperator(lab).register();
    expect(code).toBe(1);
    expect(err).toContain('2 apps are called Quarry');
    for (const { appId } of all) expect(err).toContain(appId);
  });

  test("another installation's registration of the same name is not this one's", async () => {
    await anOperator(lab).register();
    const other = anOperator(lab, { BASE_URL: 'https://other.example' });
    expect((await other.register()).code).toBe(1);
    expect((await other.register(['--name', 'Quarry at other.example'])).code).toBe(0);
    expect(lab.applications.all()).toHaveLength(2);
  });

  test.each(['Bob\'s "Quarry" & <co>', "' or 1 eq 1 or '", 'Ключ 鍵 🔑', '$(reboot) `x` \\'])(
    '%s is a name like any other',
    async (name) => {
      const operator = anOperator(lab);
      expect((await operator.register(['--name', name])).code).toBe(0);
      expect(only().displayName).toBe(name);
      operator.writeEnv('');
      expect((await operator.register(['--name', name])).code).toBe(0);
      expect(only().displayName).toBe(name);
    },
  );

  test.each(['a\nb', '\u001b[31mred', '   ', 'x'.repeat(121)])('%j is refused', async (name) => {
    expect((await anOperator(lab).register(['--name', name])).code).toBe(1);
    expect(lab.applications.all()).toEqual([]);
  });
});

test('the client id of another directory is told apart from a new start', async () => {
  const operator = anOperator(lab);
  operator.writeEnv('AZURE_CLIENT_ID=11111111-2222-4333-8444-555555555555\n');
  const { code, err } = await operator.register();
  expect(code).toBe(1);
  expect(err).toContain('11111111-2222-4333-8444-555555555555 is no app registration of this tenant');
  expect(lab.applications.all()).toEqual([]);
});

test('a directory that asks to wait is waited for; one that goes on asking ends the run, and the next one goes on', async () => {
  const operator = anOperator(lab);
  lab.drills.arm({ service: 'directory', fault: '429', times: 2, retryAfter: 7 });
  const { code, err } = await operator.register();
  expect(code).toBe(0);
  expect(err).toContain('asks to wait 7 s');
  lab.drills.arm({ service: 'directory', fault: '429', times: 50, retryAfter: 1 });
  expect((await operator.register()).err).toContain('Wait some minutes');
  lab.drills.clear();
  lab.drills.arm({ service: 'directory', fault: 'html', times: 1 });
  expect((await operator.register()).code).toBe(0);
});

test.each([
  [{ BASE_URL: 'http://quarry.example' }, 'no redirect address over plain http'],
  [{ BASE_URL: 'https://quarry.example/app' }, 'has a path'],
  [{ GRAPH_URL: 'http://graph.example' }, 'a token must not travel there'],
  [{ AZURE_AUTHORITY_HOST: 'http://login.example' }, 'a token must not travel there'],
  [{ BASE_URL: 'quarry' }, 'BASE_URL is not an http(s) address'],
  [{ AZURE_TENANT_ID: 'nobody' }, 'AZURE_TENANT_ID'],
])('%j is refused in words', async (more, words) => {
  const { code, err } = await anOperator(lab, more as Record<string, string>).register();
  expect(code).toBe(1);
  expect(err).toContain(words);
});

test.each([['--secret', '--certificate'], ['--single', '--multi'], ['--months', '0'], ['--client-id', 'x'], ['--unknown'], ['stray']])(
  '%s %s is no command line',
  async (...argv) => {
    const { code, err } = await anOperator(lab).register(argv);
    expect(code).toBe(1);
    expect(err).toContain('--help');
  },
);

test('on plain http of this machine everything is made but the logout URL, which has to be https', async () => {
  const operator = anOperator(lab, { BASE_URL: 'http://localhost:3077' });
  const { code, err } = await operator.register();
  expect(code).toBe(0);
  expect(err).toContain('Front-channel logout needs https');
  expect(only().web).toMatchObject({ redirectUris: expect.arrayContaining(['http://localhost:3077/auth/redirect']), logoutUrl: null });
  expect((await operator.register()).out).toContain('nothing to change');
});

test('single tenant: the tenant is written, and nobody else gets in', async () => {
  const operator = anOperator(lab);
  await operator.register(['--single']);
  expect(operator.env()['AZURE_TENANT_ID']).toBe(contosoId);
  expect(only().signInAudience).toBe('AzureADMyOrg');
});

test('the link for consent is shown on demand, and leads an administrator to consent', async () => {
  const operator = anOperator(lab);
  const { out } = await operator.register(['--grant']);
  const link = /https?:\S+adminconsent\S+/.exec(out)?.[0] ?? '';
  const page = await (await fetch(link)).text();
  expect(page).toContain('Choose an account');
  expect(link).toContain(encodeURIComponent(`${baseUrl}/connect/done`));
});

test('a file that cannot be written is found out before there is a secret it should hold', async () => {
  const operator = anOperator(lab);
  mkdirSync(operator.envFile);
  const { code } = await operator.register(['--secret']);
  expect(code).toBe(1);
  expect(lab.applications.all().flatMap(({ passwordCredentials }) => passwordCredentials)).toEqual([]);
});

test('a file that is no UTF-8 text is left alone', async () => {
  const operator = anOperator(lab);
  const bytes = Buffer.from('NAME=M\xfcller\n', 'latin1');
  writeFileSync(operator.envFile, bytes);
  const { code, err } = await operator.register();
  expect(code).toBe(1);
  expect(err).toContain('is not UTF-8 text');
  expect(readFileSync(operator.envFile)).toEqual(bytes);
});

test('a link to the file stays a link', async () => {
  const operator = anOperator(lab);
  const target = join(operator.folder, 'real.env');
  writeFileSync(target, 'LOG_LEVEL=warn\n');
  chmodSync(target, 0o644);
  symlinkSync(target, operator.envFile);
  expect((await operator.register()).code).toBe(0);
  expect(readFileSync(target, 'utf8')).toContain('AZURE_CLIENT_ID=');
  expect(statSync(target).mode & 0o777).toBe(0o600);
});

test('the app that was made signs people in with its certificate', async () => {
  const operator = anOperator(lab);
  await operator.register();
  const client = aLabClient(lab);
  const visit = await client.signIn('admin@contoso.example', {
    changes: { client_id: String(operator.env()['AZURE_CLIENT_ID']), redirect_uri: `${baseUrl}/auth/redirect`, prompt: 'consent' },
  });
  expect(client.answerOf(visit).get('code')).toBeTruthy();
});
