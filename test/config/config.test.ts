import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../src/config';
import { variables } from '../../src/config-variables';

const root = join(__dirname, '..', '..');
const aKey = (): string => randomBytes(32).toString('base64');

const installed = (): Record<string, string> => ({
  NODE_ENV: 'production',
  BASE_URL: 'https://quarry.example',
  AZURE_CLIENT_ID: '9e5c7c4a-8fcf-45f4-901e-7f6261da085a',
  AZURE_CLIENT_SECRET: randomBytes(30).toString('base64url'),
  SESSION_KEYS: aKey(),
});

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('starts the lab on loopback when nothing is set', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      listen: { port: 3000, host: '127.0.0.1' },
      baseUrl: 'http://localhost:3000',
      secureCookies: false,
      sessionKeys: null,
      huntingProvider: 'graph',
      lab: { port: 3001, data: null, shift: true, events: 200_000 },
      sessions: { idleMs: 3_600_000, absoluteMs: 43_200_000 },
    });
    expect(config.signIn).toMatchObject({ tenant: 'organizations', redirectUri: 'http://localhost:3000/auth/redirect' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable as unset, and BASE_URL from PORT', () => {
    expect(loadConfig({ PORT: '8080', BASE_URL: ' ', LAB_DATA: '' })).toMatchObject({
      baseUrl: 'http://localhost:8080',
      lab: { data: null },
    });
  });

  it('accepts a complete installation', () => {
    expect(loadConfig(installed())).toMatchObject({ secureCookies: true, lab: null, listen: { host: undefined } });
  });

  it('reads how much is kept, in bytes, and refuses what cannot be', () => {
    expect(loadConfig({}).keeping).toEqual({
      days: 30,
      bytesPerUser: 10 * 1024 ** 3,
      bytesPerTenant: 50 * 1024 ** 3,
      leastFreeBytes: 512 * 1024 ** 2,
    });
    expect(
      loadConfig({ KEEP_ROWS_DAYS: '0.5', KEEP_ROWS_USER_MB: '1', LEAST_FREE_DISK_MB: '0', SERVICE_ROW_LIMIT: '30000' }),
    ).toMatchObject({
      keeping: { days: 0.5, bytesPerUser: 1024 ** 2, leastFreeBytes: 0 },
      serviceRowLimit: 30_000,
    });
    expect(problemsOf({ KEEP_ROWS_DAYS: '0', KEEP_ROWS_TENANT_MB: '-1', LEAST_FREE_DISK_MB: 'much', SERVICE_ROW_LIMIT: '0' })).toEqual(
      expect.arrayContaining(['KEEP_ROWS_DAYS', 'KEEP_ROWS_TENANT_MB', 'LEAST_FREE_DISK_MB', 'SERVICE_ROW_LIMIT']),
    );
  });

  it('serves the tenants that are named, or all', () => {
    const [one, two] = ['9e5c7c4a-8fcf-45f4-901e-7f6261da085a', '29111d4a-3437-4659-b483-7396f1644aed'];
    expect(loadConfig({}).allowedTenants).toBeNull();
    expect(loadConfig({ ALLOWED_TENANTS: `${one.toUpperCase()}, ${two}` }).allowedTenants).toEqual([one, two]);
    expect(loadConfig({ AZURE_TENANT_ID: two }).allowedTenants).toEqual([two]);
    expect(problemsOf({ ALLOWED_TENANTS: 'contoso.example' })).toEqual(['ALLOWED_TENANTS']);
    expect(problemsOf({ ALLOWED_TENANTS: one, AZURE_TENANT_ID: two })).toEqual(['ALLOWED_TENANTS']);
  });

  it('reports every problem at once, malformed values and contradictions alike', () => {
    const problems = problemsOf({
      PORT: 'x',
      LAB: 'maybe',
      AZURE_CLIENT_SECRET: 's',
      SESSION_KEYS: 'a,a',
      GRAPH_URL: 'http://graph.example',
    });
    expect(new Set(problems)).toEqual(new Set(['PORT', 'LAB', 'AZURE_CLIENT_ID', 'SESSION_KEYS', 'GRAPH_URL']));
  });

  it('says nothing of a value that it refuses', () => {
    const secret = 'the-secret-that-must-not-be-shown';
    try {
      loadConfig({ ...installed(), AZURE_CLIENT_SECRET: secret, SESSION_KEYS: secret, DATABASE_URL: `mysql://u:${secret}@h` });
      throw new Error('was accepted');
    } catch (error) {
      expect((error as Error).message).toContain('SESSION_KEYS');
      expect((error as Error).message).not.toContain(secret);
    }
  });

  it.each<[string, Record<string, string>]>([
    ['AZURE_CLIENT_SECRET', { AZURE_CLIENT_ID: 'x' }],
    ['AZURE_CLIENT_ID', { AZURE_CLIENT_SECRET: 'x' }],
    ['AZURE_CLIENT_ID', { LAB: 'off' }],
    ['AZURE_CLIENT_SECRET', { AZURE_CLIENT_ID: 'x', AZURE_CLIENT_SECRET: 'x', AZURE_CLIENT_CERTIFICATE_PATH: 'x' }],
    ['AZURE_TENANT_ID', { AZURE_TENANT_ID: 'common' }],
    ['AZURE_AUTHORITY_HOST', { AZURE_AUTHORITY_HOST: 'http://login.example' }],
    ['AZURE_AUTHORITY_HOST', { AZURE_AUTHORITY_HOST: 'login.microsoftonline.com' }],
    ['REDIRECT_URI', { REDIRECT_URI: 'https://elsewhere.example/auth/redirect' }],
    ['CONSENT_REDIRECT_URI', { CONSENT_REDIRECT_URI: 'http://localhost:3009/connect/done' }],
    ['BASE_URL', { BASE_URL: 'http://localhost:3000/quarry' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/quarry' }],
    ['HUNTING_PROVIDER', { HUNTING_PROVIDER: 'sentinel' }],
    ['PORT', { PORT: '65536' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['LAB_SHIFT', { LAB_SHIFT: 'no' }],
  ])('refuses a bad %s: %j', (variable, environment) => {
    expect(problemsOf(environment)).toEqual([variable]);
  });

  it('accepts plain http to this very machine outside production, and keeps it over the lab', () => {
    for (const host of ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000']) {
      expect(loadConfig({ AZURE_AUTHORITY_HOST: `${host}/` }).signIn.authorityHost).toBe(host);
    }
  });

  it.each<[string, string, (good: Record<string, string>) => Record<string, string>]>([
    ['BASE_URL', 'http', () => ({ BASE_URL: 'http://quarry.example' })],
    ['BASE_URL', 'the default', () => ({ BASE_URL: '' })],
    ['SESSION_KEYS', 'nothing', () => ({ SESSION_KEYS: '' })],
    ['SESSION_KEYS', 'a short key', () => ({ SESSION_KEYS: randomBytes(24).toString('base64') })],
    ['SESSION_KEYS', 'hex of 16 bytes', () => ({ SESSION_KEYS: randomBytes(16).toString('hex') })],
    ['SESSION_KEYS', 'a long word', () => ({ SESSION_KEYS: 'changeme'.repeat(8) })],
    ['SESSION_KEYS', 'a repeated character', () => ({ SESSION_KEYS: 'a'.repeat(64) })],
    ['SESSION_KEYS', 'a weak key behind a strong one', () => ({ SESSION_KEYS: `${aKey()},weak` })],
    ['SESSION_KEYS', 'the client secret', (good) => ({ SESSION_KEYS: `${aKey()},${good['AZURE_CLIENT_SECRET']}` })],
    ['SESSION_KEYS', 'one key twice', (good) => ({ SESSION_KEYS: `${good['SESSION_KEYS']},${good['SESSION_KEYS']}` })],
    ['AUDIT_KEY', 'a weak key', () => ({ AUDIT_KEY: 'weak' })],
    ['AUDIT_KEY', 'one of SESSION_KEYS', (good) => ({ AUDIT_KEY: good['SESSION_KEYS']! })],
    ['AUDIT_KEY', 'nothing beside a shared database', () => ({ DATABASE_URL: 'postgres://quarry@db/quarry' })],
    ['AZURE_CLIENT_SECRET', 'a placeholder', () => ({ AZURE_CLIENT_SECRET: 'your-client-secret-goes-here-please' })],
    ['AZURE_CLIENT_SECRET', 'a short one', () => ({ AZURE_CLIENT_SECRET: 'hunter2' })],
    ['AZURE_CLIENT_ID', 'no client at all', () => ({ AZURE_CLIENT_ID: '', AZURE_CLIENT_SECRET: '' })],
    ['AZURE_AUTHORITY_HOST', 'http on loopback', () => ({ AZURE_AUTHORITY_HOST: 'http://localhost:4000' })],
    ['MDE_URL', 'http on loopback', () => ({ MDE_URL: 'http://localhost:4000/mde' })],
  ])('refuses in production a %s that is %s', (variable, _what, change) => {
    const good = installed();
    expect(problemsOf({ ...good, ...change(good) })).toContain(variable);
  });

  it('starts the lab in production only when asked to', () => {
    const { AZURE_CLIENT_ID: _id, AZURE_CLIENT_SECRET: _secret, ...rest } = installed();
    expect(loadConfig({ ...rest, LAB: 'on' }).lab).not.toBeNull();
    expect(problemsOf(rest)).toContain('AZURE_CLIENT_ID');
  });

  it('names each variable with its default in .env.example', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    const expected = Object.entries(variables.shape).map(([name, type]) => {
      const fallback = type.safeParse(undefined);
      return [name, fallback.success && fallback.data !== undefined ? String(fallback.data) : ''];
    });
    expect(named).toEqual(expected);
  });

  it('explains every variable', () => {
    for (const type of Object.values(variables.shape)) expect(type.description?.length).toBeGreaterThan(5);
  });
});
