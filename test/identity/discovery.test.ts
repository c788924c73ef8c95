import { isAcceptableEndpoint, isAuthorityTenant, readAuthority } from '../../src/identity/authority';
import { createDiscovery } from '../../src/identity/discovery';
import type { HttpRequest, IdentityHttp } from '../../src/identity/http-client';
import { transient } from '../../src/identity/identity-error';
import { fc } from '../support/properties';

const tenant = '11111111-aaaa-4aaa-8aaa-111111111111';
const local = readAuthority('http://localhost:3001');
const day = 24 * 60 * 60 * 1000;

const document = (changes: Record<string, unknown> = {}) => ({
  issuer: 'http://localhost:3001/{tenantid}/v2.0',
  authorization_endpoint: 'http://localhost:3001/organizations/oauth2/v2.0/authorize',
  token_endpoint: 'http://localhost:3001/organizations/oauth2/v2.0/token',
  jwks_uri: 'http://localhost:3001/organizations/discovery/v2.0/keys',
  end_session_endpoint: 'http://localhost:3001/organizations/oauth2/v2.0/logout',
  ...changes,
});

/** A service that answers every call with what the test says now. */
const answering = (answer: () => Record<string, unknown> | Error) => {
  const calls: HttpRequest[] = [];
  const http: IdentityHttp = {
    exchange: async (call) => {
      calls.push(call);
      await Promise.resolve();
      const body = answer();
      if (body instanceof Error) throw body;
      return { status: 200, headers: {}, body };
    },
    close: () => Promise.resolve(),
  };
  return { http, calls };
};

describe('the authority', () => {
  it('may be plain http on this machine alone', () => {
    expect(readAuthority('https://login.microsoftonline.com')).toMatchObject({ local: false, issuerHost: 'login.microsoftonline.com' });
    expect(readAuthority('https://login.example').issuerHost).toBeUndefined();
    for (const host of ['http://localhost:3001', 'http://127.0.0.1:3001', 'http://[::1]:3001', 'http://idp.localhost'])
      expect(readAuthority(host).local).toBe(true);
    for (const host of [
      'http://login.microsoftonline.com',
      'http://10.0.0.1',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
      'ftp://localhost',
    ]) {
      expect(() => readAuthority(host)).toThrow(expect.objectContaining({ code: 'authority-not-https' }));
    }
  });

  it('names organizations, tenant ids and domains, and nothing that changes the path', () => {
    for (const name of ['organizations', tenant, 'contoso.example', 'contoso.onmicrosoft.com']) expect(isAuthorityTenant(name)).toBe(true);
    for (const name of [
      'common',
      'consumers',
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a b.c',
      'a?b.c',
      'a#b.c',
      '.example',
      'a..b',
      '%2e%2e',
      tenant.toUpperCase(),
    ]) {
      expect(isAuthorityTenant(name)).toBe(false);
    }
    fc.assert(
      fc.property(fc.string(), (name) => {
        if (!isAuthorityTenant(name)) return;
        expect(new URL(`https://host.example/${name}/x`).pathname).toBe(`/${name}/x`);
      }),
    );
  });

  it('takes endpoints by https, or on this machine when it is there itself', () => {
    expect(isAcceptableEndpoint('https://anywhere.example/token', local)).toBe(true);
    expect(isAcceptableEndpoint('http://localhost:9/token', local)).toBe(true);
    for (const endpoint of ['http://evil.example/token', 'file:///etc/passwd', 'javascript:1', '/token', ''])
      expect(isAcceptableEndpoint(endpoint, local)).toBe(false);
    expect(isAcceptableEndpoint('http://localhost:9/token', readAuthority('https://login.example'))).toBe(false);
  });
});

describe('discovery', () => {
  it('asks Microsoft for nothing: its endpoints are known', async () => {
    const { http, calls } = answering(() => new Error('not to be called'));
    const discovery = createDiscovery({ authority: readAuthority('https://login.microsoftonline.com'), http, clock: Date.now });
    expect(await discovery.provider('organizations')).toMatchObject({
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      tokenEndpoint: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
    });
    expect((await discovery.provider(tenant)).issuer).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
    expect((await discovery.provider('contoso.com')).issuer).toBe('https://login.microsoftonline.com/{tenantid}/v2.0');
    expect(calls).toEqual([]);
  });

  it('finds a provider that lives below a path', async () => {
    const { http, calls } = answering(() => document());
    await createDiscovery({ authority: readAuthority('http://localhost:3001/identity/'), http, clock: Date.now }).provider(tenant);
    expect(calls[0]?.url).toBe(`http://localhost:3001/identity/${tenant}/v2.0/.well-known/openid-configuration`);
  });

  it('reads a document once a day and tenant, however many ask at once', async () => {
    let now = 0;
    const { http, calls } = answering(() => document());
    const discovery = createDiscovery({ authority: local, http, clock: () => now });
    await Promise.all(Array.from({ length: 10 }, () => discovery.provider('organizations')));
    await discovery.provider('organizations');
    expect(calls.map(({ url }) => url)).toEqual(['http://localhost:3001/organizations/v2.0/.well-known/openid-configuration']);
    now = day + 1;
    await discovery.provider('organizations');
    expect(calls).toHaveLength(2);
  });

  it('keeps the last good document while the service is away, and tries again', async () => {
    let now = 0;
    let answer: Record<string, unknown> | Error = document();
    const { http, calls } = answering(() => answer);
    const discovery = createDiscovery({ authority: local, http, clock: () => now });
    const first = await discovery.provider('organizations');
    now = day + 1;
    answer = transient('identity-unreachable');
    expect(await discovery.provider('organizations')).toEqual(first);
    answer = document({ token_endpoint: 'http://localhost:3001/new/token' });
    expect((await discovery.provider('organizations')).tokenEndpoint).toBe('http://localhost:3001/new/token');
    expect(calls).toHaveLength(3);
  });

  it('allows the back channel the origins of the document and no others', async () => {
    const { http } = answering(() => document({ jwks_uri: 'https://keys.example/jwks' }));
    const { origins } = await createDiscovery({ authority: local, http, clock: Date.now }).provider('organizations');
    expect([...origins].sort()).toEqual(['http://localhost:3001', 'https://keys.example']);
  });

  it.each(['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'])('refuses a document without a usable %s', async (name) => {
    for (const value of [undefined, 7, '', 'http://evil.example/x', 'javascript:alert(1)']) {
      const { http } = answering(() => document({ [name]: value }));
      await expect(createDiscovery({ authority: local, http, clock: Date.now }).provider('organizations')).rejects.toMatchObject({
        failure: 'transient',
      });
    }
  });

  it('does without a sign-out endpoint', async () => {
    const { http } = answering(() => document({ end_session_endpoint: undefined }));
    expect((await createDiscovery({ authority: local, http, clock: Date.now }).provider(tenant)).endSessionEndpoint).toBeUndefined();
  });
});
