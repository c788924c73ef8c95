import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import { arrive } from '../../support/a-sign-in';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson as person, type IdentityProvider } from '../../support/an-identity-provider';
import { aBrowser } from '../../support/lab-browser';

const customer = '55555555-dddd-4ddd-8ddd-555555555555' as TenantId;
const clientId = randomUUID();

let provider: IdentityProvider;
let app: SigningInApp;
let clock = Date.now;

const start = (options: { folder?: string } = {}): Promise<SigningInApp> =>
  aSigningInApp({
    ...options,
    clock: () => clock(),
    identity: () => ({ authorityHost: provider.url, clientId, clientSecret: 'one of the tests' }),
    features: () => [Router().get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))],
  });

const signedIn = async (who = person, at = app): Promise<SignedInUser> => {
  const browser = aBrowser();
  await arrive(at, provider, { person: who, browser });
  const user = JSON.parse((await browser.visit(`${at.baseUrl}/who`)).text) as SignedInUser;
  provider.calls.length = 0;
  return user;
};

const acquire = (user: SignedInUser, more: Partial<Parameters<SigningInApp['signIn']['accessTokens']['acquire']>[0]> = {}, at = app) =>
  at.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', ...more });

const refuse = (body: Record<string, unknown>, status = 400) => {
  provider.bend.answer = (_call, res) => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
};

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await start();
});

beforeEach(() => {
  provider.bend.answer = undefined;
  provider.bend.token = (body) => body;
  provider.bend.claims = (claims) => claims;
  provider.bend.down = false;
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

describe('access tokens', () => {
  it('come from the session’s cache while they last, without a call', async () => {
    const user = await signedIn();
    const [first, second] = [await acquire(user), await acquire(user)];
    expect(second).toEqual(first);
    expect(first.token).toMatch(new RegExp(`^at-${person.tid}-`));
    expect(provider.calls).toEqual([]);
  });

  it('are renewed at the tenant’s own authority, for one resource, and the rotated refresh token is kept', async () => {
    const user = await signedIn();
    await acquire(user, { resource: 'mde' });
    await acquire(user, { resource: 'xdr' });
    expect(provider.calls.map(({ path, form }) => [path, form.get('scope')])).toEqual([
      [`/${person.tid}/t/token`, 'https://api.securitycenter.microsoft.com/AdvancedQuery.Read openid profile offline_access'],
      [`/${person.tid}/t/token`, 'https://api.security.microsoft.com/AdvancedHunting.Read openid profile offline_access'],
    ]);
    expect(provider.calls[1]?.form.get('refresh_token')).not.toBe(provider.calls[0]?.form.get('refresh_token'));
  });

  it('are renewed once, however many ask at once', async () => {
    provider.bend.token = (body) => ({ ...body, expires_in: 60 });
    const user = await signedIn();
    provider.bend.token = (body) => body;
    const given = await Promise.all(Array.from({ length: 50 }, () => acquire(user)));
    expect(new Set(given.map(({ token }) => token)).size).toBe(1);
    expect(provider.calls).toHaveLength(1);
  });

  it('are renewed once by two instances on one database', async () => {
    const second = await start({ folder: app.folder });
    provider.bend.token = (body) => ({ ...body, expires_in: 60 });
    const user = await signedIn();
    provider.bend.token = (body) => body;
    const given = await Promise.all(Array.from({ length: 20 }, (_, n) => acquire(user, {}, n % 2 ? app : second)));
    expect(new Set(given.map(({ token }) => token)).size).toBe(1);
    expect(provider.calls).toHaveLength(1);
    await second.close();
  });

  it('outlive a restart in mid-session', async () => {
    const user = await signedIn();
    const before = await acquire(user);
    const restarted = await start({ folder: app.folder });
    expect(await acquire(user, {}, restarted)).toEqual(before);
    expect((await acquire(user, { forceRefresh: true }, restarted)).token).not.toBe(before.token);
    await restarted.close();
  });

  it('that are good are given though the identity service is away, also after a restart', async () => {
    const user = await signedIn();
    const before = await acquire(user);
    provider.bend.down = true;
    const restarted = await start({ folder: app.folder });
    expect(await acquire(user, {}, restarted)).toEqual(before);
    await restarted.close();
  });

  it('are fetched anew after a 401, once for all who met it', async () => {
    const user = await signedIn();
    const before = await acquire(user);
    const given = await Promise.all(Array.from({ length: 10 }, () => acquire(user, { forceRefresh: true })));
    expect(new Set(given.map(({ token }) => token)).size).toBe(1);
    expect(given[0]?.token).not.toBe(before.token);
    expect(provider.calls).toHaveLength(1);
  });

  it('answer a claims challenge with one call that carries the claims', async () => {
    const user = await signedIn();
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
    await Promise.all([acquire(user, { claims }), acquire(user, { claims })]);
    expect(provider.calls).toHaveLength(1);
    expect(JSON.parse(provider.calls[0]?.form.get('claims') ?? '')).toMatchObject({
      access_token: { nbf: { essential: true, value: '1700000000' }, xms_cc: { values: ['cp1'] } },
    });
    await acquire(user);
    expect(provider.calls).toHaveLength(1);
  });

  it('hand the claims to the browser when a challenge needs the person', async () => {
    const user = await signedIn();
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["a"]}}}';
    refuse({
      error: 'interaction_required',
      suberror: 'basic_action',
      error_codes: [50076],
      error_description: 'AADSTS50076: <b>x</b>',
      claims,
    });
    const failure = acquire(user, { claims: '{"access_token":{}}' });
    await expect(failure).rejects.toMatchObject({ kind: 'unauthenticated', code: 'sign-in-again', detail: { claims } });
    const href = await failure.catch((error: { action: { href: string } }) => error.action.href);
    const visit = await aBrowser().visit(`${app.baseUrl}${href}`);
    expect(JSON.parse(new URL(visit.location ?? '').searchParams.get('claims') ?? '')).toMatchObject({
      access_token: { capolids: { essential: true } },
    });
  });

  it('that the service wants renewed in advance keep nobody waiting', async () => {
    provider.bend.token = (body) => ({ ...body, refresh_in: 1 });
    const user = await signedIn();
    let release = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      provider.bend.answer = () => {
        resolve();
        return new Promise((answer) => (release = () => answer(false)));
      };
    });
    clock = () => Date.now() + 60_000;
    const given = await acquire(user);
    clock = Date.now;
    expect(given.token).toMatch(/^at-/);
    await asked;
    release();
    expect(provider.calls).toHaveLength(1);
  });

  it('are remembered though a provider sends no ID token with a renewal', async () => {
    const user = await signedIn();
    provider.bend.token = ({ id_token: _idToken, ...body }) => body;
    const first = await acquire(user, { forceRefresh: true });
    expect(await acquire(user)).toEqual(first);
    await acquire(user, { forceRefresh: true });
    expect(provider.calls[1]?.form.get('refresh_token')).not.toBe(provider.calls[0]?.form.get('refresh_token'));
  });
});

describe('a provider that never granted offline_access', () => {
  it('is asked once more, for the API’s scope alone', async () => {
    const user = await signedIn();
    provider.bend.answer = ({ form }, res) => {
      if (!form.get('scope')?.includes('offline_access')) return false;
      res.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_scope"}');
      return true;
    };
    expect((await acquire(user, { forceRefresh: true })).token).toMatch(/^at-/);
    expect(provider.calls.map(({ form }) => form.get('scope'))).toEqual([
      'https://graph.microsoft.com/ThreatHunting.Read.All openid profile offline_access',
      'https://graph.microsoft.com/ThreatHunting.Read.All',
    ]);
  });

  it('is not asked for ever', async () => {
    const user = await signedIn();
    refuse({ error: 'invalid_scope' });
    await expect(acquire(user, { forceRefresh: true })).rejects.toMatchObject({ kind: 'unavailable', code: 'oauth-invalid-scope' });
    expect(provider.calls).toHaveLength(2);
  });
});

describe('a guest', () => {
  const guest = { ...person, oid: randomUUID(), preferred_username: 'guest@contoso.example' };

  it('gets the customer tenant’s token from its own authority, and keeps both apart', async () => {
    provider.invite(guest, customer, randomUUID());
    const user = await signedIn(guest);
    const elsewhere = await acquire(user, { tenantId: customer });
    expect(elsewhere.token).toMatch(new RegExp(`^at-${customer}-`));
    expect(provider.calls.map(({ path }) => path)).toEqual([`/${customer}/t/token`]);
    expect((await acquire(user)).token).toMatch(new RegExp(`^at-${person.tid}-`));
    expect(await acquire(user, { tenantId: customer })).toEqual(elsewhere);
    expect(provider.calls).toHaveLength(1);
    expect((await acquire(user, { forceRefresh: true })).token).toMatch(new RegExp(`^at-${person.tid}-`));
    expect((await acquire(user, { tenantId: customer, forceRefresh: true })).token).toMatch(new RegExp(`^at-${customer}-`));
    expect(provider.calls.map(({ path }) => path).slice(1)).toEqual([`/${person.tid}/t/token`, `/${customer}/t/token`]);
  });

  it('never gets one tenant’s token for another, in any order of asking', async () => {
    provider.invite(guest, customer, randomUUID());
    const user = await signedIn(guest);
    const tenants = Array.from({ length: 40 }, (_, n) => ((n * 7) % 3 === 0 ? customer : user.tenantId));
    const given = await Promise.all(tenants.map((tenantId, n) => acquire(user, { tenantId, forceRefresh: n % 5 === 0 })));
    given.forEach(({ token }, n) => expect(token).toMatch(new RegExp(`^at-${tenants[n]}-`)));
  });

  it('who is unknown there is told so, and stays signed in at home', async () => {
    const user = await signedIn(guest);
    refuse({ error: 'invalid_grant', error_codes: [50020], error_description: 'AADSTS50020: no such user' });
    await expect(acquire(user, { tenantId: customer, forceRefresh: true })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'entra-50020',
    });
    provider.bend.answer = undefined;
    expect((await acquire(user)).token).toMatch(/^at-/);
  });
});

describe('an installation for certain tenants', () => {
  it('asks for no token of any other', async () => {
    const closed = await aSigningInApp({
      allowedTenants: [person.tid],
      identity: () => ({ authorityHost: provider.url, clientId, clientSecret: 'one of the tests' }),
      features: () => [Router().get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))],
    });
    const user = await signedIn(person, closed);
    await expect(acquire(user, { tenantId: customer }, closed)).rejects.toMatchObject({ kind: 'forbidden', code: 'tenant-not-served' });
    expect(provider.calls).toEqual([]);
    expect((await acquire(user, {}, closed)).token).toMatch(/^at-/);
    await closed.close();
  });
});

describe('a token of somebody else', () => {
  it.each([
    ['another tenant', { tid: customer }],
    ['another person', { oid: randomUUID() }],
  ])('of %s ends the session and is not handed out', async (_name, foreign) => {
    const user = await signedIn();
    provider.bend.claims = (claims) => {
      const changed: Record<string, unknown> = { ...claims, ...foreign };
      return { ...changed, iss: `${provider.url}/${String(changed['tid'])}/v2.0` };
    };
    await expect(acquire(user, { forceRefresh: true })).rejects.toMatchObject({ kind: 'unauthenticated', code: 'sign-in-again' });
    provider.bend.claims = (claims) => claims;
    await expect(acquire(user)).rejects.toMatchObject({ kind: 'unauthenticated', code: 'sign-in-again' });
    expect(app.events).toContainEqual(expect.objectContaining({ action: 'session-ended', objectId: person.oid }));
  });
});

describe('signing out', () => {
  it('is final against a renewal in flight: its token is dropped and nothing comes back', async () => {
    const user = await signedIn();
    let release = (): void => undefined;
    provider.bend.answer = () => new Promise((resolve) => (release = () => resolve(false)));
    const slow = acquire(user, { forceRefresh: true });
    while (provider.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await app.stores.sessions.endByHandle(user.sessionId);
    release();
    await expect(slow).rejects.toMatchObject({ kind: 'unauthenticated', code: 'sign-in-again' });
    expect(await app.stores.tokens.read(user)).toBeUndefined();
  });
});

describe('a renewal that fails', () => {
  const cases: [string, Record<string, unknown>, number, Record<string, unknown>][] = [
    ['invalid_grant without a suberror', { error: 'invalid_grant' }, 400, { kind: 'unauthenticated', code: 'sign-in-again' }],
    [
      'invalid_grant, bad_token',
      { error: 'invalid_grant', suberror: 'bad_token', error_codes: [50173] },
      400,
      { kind: 'unauthenticated', code: 'sign-in-again' },
    ],
    ['interaction_required', { error: 'interaction_required' }, 400, { kind: 'unauthenticated', code: 'sign-in-again' }],
    [
      'consent_required',
      { error: 'invalid_grant', suberror: 'consent_required', error_codes: [65001] },
      400,
      { kind: 'forbidden', code: 'reconnect-needed' },
    ],
    [
      'blocked by policy',
      { error: 'invalid_grant', suberror: 'message_only', error_codes: [53003] },
      400,
      { kind: 'forbidden', code: 'entra-53003' },
    ],
    [
      'a device that does not comply',
      { error: 'interaction_required', suberror: 'additional_action', error_codes: [53000] },
      400,
      { kind: 'forbidden' },
    ],
    ['a wrong client secret', { error: 'invalid_client', error_codes: [7000215] }, 401, { kind: 'unavailable', code: 'entra-7000215' }],
    ['temporarily_unavailable', { error: 'temporarily_unavailable' }, 400, { kind: 'upstream' }],
    ['429', { error: 'whatever' }, 429, { kind: 'upstream', code: 'identity-status-429' }],
    ['503', { error: 'server_error' }, 503, { kind: 'upstream', code: 'identity-status-503' }],
    ['an error nobody knows', { error: 'brand_new' }, 400, { kind: 'upstream' }],
  ];

  it.each(cases)('%s', async (_name, body, status, expected) => {
    const user = await signedIn();
    refuse({ correlation_id: 'c0ffee00-1111-4222-8333-444444444444', error_description: '<script>secret words</script>', ...body }, status);
    const failure = acquire(user, { forceRefresh: true });
    await expect(failure).rejects.toMatchObject(expected);
    const error = await failure.catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain('secret words');
  });

  it.each(['transient', 'unreachable'])('keeps the session while the service is %s', async (how) => {
    const user = await signedIn();
    if (how === 'unreachable') provider.bend.down = true;
    else refuse({ error: 'server_error' }, 500);
    await expect(acquire(user, { forceRefresh: true })).rejects.toMatchObject({ kind: 'upstream' });
    provider.bend.down = false;
    provider.bend.answer = undefined;
    expect((await acquire(user, { forceRefresh: true })).token).toMatch(/^at-/);
  });
});
