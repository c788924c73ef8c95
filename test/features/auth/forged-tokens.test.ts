import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { CompactSign, exportJWK, SignJWT } from 'jose';
import { arrive } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp } from '../../support/a-signing-in-app';
import { aKey, anIdentityProvider, contosoPerson as person, type IdentityProvider } from '../../support/an-identity-provider';

/** Every ID token here is wrong in exactly one way; none may make a session (OpenID Connect Core 3.1.3.7, RFC 8725). */
type Claims = Record<string, unknown>;
type Key = ReturnType<typeof aKey>;
interface Forgery {
  readonly claims?: (claims: Claims) => Claims;
  readonly sign?: (claims: Claims, key: Key) => Promise<string> | string;
}

const otherTenant = '99999999-bbbb-4bbb-8bbb-999999999999';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const now = (): number => Math.floor(Date.now() / 1000);
const without = (name: string) => (claims: Claims) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
const but = (changes: Claims) => (claims: Claims) => ({ ...claims, ...changes });
const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (header: Record<string, unknown>) => (claims: Claims, key: Key) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header }).sign(key.privateKey);
const stranger = aKey('stranger');
const hmacWithPublicKey = (format: 'spki' | 'pkcs1') => (claims: Claims, key: Key) => {
  const input = `${segment({ alg: 'HS256', kid: key.kid })}.${segment(claims)}`;
  const secret = key.publicKey.export({ type: format, format: 'pem' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

const forgeries: Record<string, Forgery> = {
  'alg none, no signature': { sign: (claims, key) => `${segment({ alg: 'none', kid: key.kid })}.${segment(claims)}.` },
  'alg NONE in capitals': { sign: (claims, key) => `${segment({ alg: 'NONE', kid: key.kid })}.${segment(claims)}.` },
  'alg none with a signature of ours': {
    sign: async (claims, key) =>
      `${segment({ alg: 'none', kid: key.kid })}.${segment(claims)}.${(await signed({})(claims, key)).split('.')[2]}`,
  },
  'HS256 with the public key as its secret': { sign: hmacWithPublicKey('spki') },
  'HS256 with the other form of the public key': { sign: hmacWithPublicKey('pkcs1') },
  'PS256 by the right key': {
    sign: (claims, key) => new SignJWT(claims).setProtectedHeader({ alg: 'PS256', kid: key.kid }).sign(key.privateKey),
  },
  'RS384 by the right key': {
    sign: (claims, key) => new SignJWT(claims).setProtectedHeader({ alg: 'RS384', kid: key.kid }).sign(key.privateKey),
  },
  'ES256 by a key of its own': {
    sign: (claims, key) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: key.kid })
        .sign(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  },
  'another key under the published name': { sign: (claims, key) => signed({ kid: key.kid })(claims, stranger) },
  'a kid that nobody published': { sign: signed({ kid: 'nobody' }) },
  'no kid': { sign: signed({ kid: undefined }) },
  'a kid that is no text': {
    sign: (claims, key) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'RS256', kid: 7 as unknown as string })
        .sign(key.privateKey),
  },
  'its own key in the header (jwk)': {
    sign: async (claims) => signed({ kid: 'mine', jwk: await exportJWK(stranger.publicKey) })(claims, stranger),
  },
  'its own key set in the header (jku)': {
    sign: (claims, key) => signed({ kid: key.kid, jku: 'http://localhost:1/keys' })(claims, stranger),
  },
  'a critical extension nobody knows': {
    sign: async (claims, key) => {
      const [, payload, signature] = (await signed({})(claims, key)).split('.');
      return `${segment({ alg: 'RS256', kid: key.kid, crit: ['b64'], b64: false })}.${payload}.${signature}`;
    },
  },
  'an access token in the place of an ID token (typ at+jwt)': { sign: signed({ typ: 'at+jwt' }) },
  'a logout token (typ logout+jwt)': { sign: signed({ typ: 'logout+jwt' }) },
  'a signature cut short': { sign: async (claims, key) => (await signed({})(claims, key)).slice(0, -10) },
  'a signature with one bit turned': {
    sign: async (claims, key) => {
      const token = await signed({})(claims, key);
      const [header, payload, signature = ''] = token.split('.');
      const bytes = Buffer.from(signature, 'base64url');
      bytes[9] = (bytes[9] ?? 0) ^ 1;
      return `${header}.${payload}.${bytes.toString('base64url')}`;
    },
  },
  'claims changed after signing': {
    sign: async (claims, key) => {
      const [header, , signature] = (await signed({})(claims, key)).split('.');
      return `${header}.${segment({ ...claims, oid: randomUUID() })}.${signature}`;
    },
  },
  'no signature part': { sign: async (claims, key) => (await signed({})(claims, key)).split('.').slice(0, 2).join('.') },
  'five parts, as an encrypted token': { sign: async (claims, key) => `${await signed({})(claims, key)}.a.b` },
  'claims that are a list': {
    sign: (claims, key) =>
      new CompactSign(Buffer.from(JSON.stringify([claims]))).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(key.privateKey),
  },
  'claims that are no JSON': {
    sign: (_claims, key) => new CompactSign(Buffer.from('hello')).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(key.privateKey),
  },
  'the issuer of another tenant': { claims: (claims) => but({ iss: String(claims['iss']).replace(person.tid, otherTenant) })(claims) },
  'a tenant that its issuer does not name': { claims: but({ tid: otherTenant }) },
  'an issuer elsewhere': { claims: but({ iss: `https://login.evil.example/${person.tid}/v2.0` }) },
  'an issuer with a slash more': { claims: (claims) => but({ iss: `${String(claims['iss'])}/` })(claims) },
  'an issuer in capitals': { claims: (claims) => but({ iss: String(claims['iss']).toUpperCase() })(claims) },
  'an issuer of v1': { claims: but({ iss: `https://sts.windows.net/${person.tid}/` }) },
  'the issuer template itself': { claims: (claims) => but({ iss: String(claims['iss']).replace(person.tid, '{tenantid}') })(claims) },
  'no issuer': { claims: without('iss') },
  'another audience': { claims: but({ aud: randomUUID() }) },
  'the audience of an API': { claims: but({ aud: 'https://graph.microsoft.com' }) },
  'a list of audiences with ours in it': { claims: (claims) => but({ aud: [claims['aud'], 'another'] })(claims) },
  'no audience': { claims: without('aud') },
  'another authorized party': { claims: but({ azp: randomUUID() }) },
  'expired for five minutes': { claims: but({ exp: now() - 300 }) },
  'expired in 1970': { claims: but({ exp: 1 }) },
  'an expiry that is text': { claims: but({ exp: String(now() + 3600) }) },
  'no expiry': { claims: without('exp') },
  'not valid before five minutes from now': { claims: but({ nbf: now() + 300 }) },
  'issued five minutes from now': { claims: but({ iat: now() + 300 }) },
  'no time of issue': { claims: without('iat') },
  'another nonce': { claims: but({ nonce: 'another' }) },
  'an empty nonce': { claims: but({ nonce: '' }) },
  'no nonce': { claims: without('nonce') },
  'a nonce that is a list': { claims: (claims) => but({ nonce: [claims['nonce']] })(claims) },
  'version 1.0': { claims: but({ ver: '1.0' }) },
  'no tenant': { claims: without('tid') },
  'a tenant that is no GUID': {
    claims: (claims) => ({ ...claims, tid: 'contoso', iss: String(claims['iss']).replace(person.tid, 'contoso') }),
  },
  'a tenant with a path in it': {
    claims: (claims) => ({ ...claims, tid: `${person.tid}/../x`, iss: String(claims['iss']).replace(person.tid, `${person.tid}/../x`) }),
  },
  'no object id': { claims: without('oid') },
  'an object id that is a number': { claims: but({ oid: 7 }) },
  'no subject': { claims: without('sub') },
  'an empty subject': { claims: but({ sub: '' }) },
};

let provider: IdentityProvider;
let app: SigningInApp;

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await aSigningInApp({
    identity: () => registeredAt(provider.url),
  });
});

afterAll(async () => {
  await app.close();
  await provider.close();
});

const forge = ({ claims, sign }: Forgery): void => {
  provider.bend.claims = claims ?? ((plain) => plain);
  provider.bend.sign = sign;
};

describe('forged ID tokens', () => {
  it('are many', () => expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(40));

  it('an honest one makes a session', async () => {
    forge({});
    const visit = await arrive(app, provider, { person });
    expect([visit.status, visit.location]).toEqual([303, `${app.baseUrl}/`]);
    expect(await app.stores.sessions.count()).toBe(1);
  });

  it.each(Object.entries(forgeries))('%s: no session', async (_name, forgery) => {
    forge(forgery);
    const before = await app.stores.sessions.count();
    const visit = await arrive(app, provider, { person });
    expect(visit.status).toBe(401);
    expect(visit.$('main').text()).toContain('did not pass Quarry’s checks');
    expect(visit.$('main a.button').attr('href')).toBe('/auth/signin');
    expect(await app.stores.sessions.count()).toBe(before);
    expect(visit.headers.getSetCookie().join()).not.toContain('quarry=');
  });

  it('of the tenant of personal accounts make no session either, and say why', async () => {
    forge({ claims: (claims) => ({ ...claims, tid: personal, iss: String(claims['iss']).replace(person.tid, personal) }) });
    const before = await app.stores.sessions.count();
    const visit = await arrive(app, provider, { person });
    expect([visit.status, visit.$('main').text()]).toEqual([403, expect.stringContaining('personal Microsoft account')]);
    expect(await app.stores.sessions.count()).toBe(before);
  });

  it('a key that says it signs for another issuer signs nobody in', async () => {
    forge({});
    const strict = await anIdentityProvider();
    strict.bend.key = (jwk) => ({ ...jwk, issuer: `${strict.url}/${otherTenant}/v2.0` });
    const other = await aSigningInApp({
      identity: () => registeredAt(strict.url),
    });
    expect((await arrive(other, strict, { person })).status).toBe(401);
    expect(await other.stores.sessions.count()).toBe(0);
    await other.close();
    await strict.close();
  });

  it('an installation for one tenant signs in nobody of another', async () => {
    forge({});
    const single = await aSigningInApp({
      tenant: otherTenant,
      identity: () => registeredAt(provider.url),
    });
    expect((await arrive(single, provider, { person })).status).toBe(403);
    expect(await single.stores.sessions.count()).toBe(0);
    expect((await arrive(single, provider, { person: { ...person, tid: otherTenant } })).status).toBe(303);
    await single.close();
  });
});
