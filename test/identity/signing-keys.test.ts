import type { Provider } from '../../src/identity/discovery';
import type { IdentityHttp } from '../../src/identity/http-client';
import { transient } from '../../src/identity/identity-error';
import { createSigningKeys } from '../../src/identity/signing-keys';

const provider: Provider = {
  issuer: 'https://idp.example',
  authorizationEndpoint: 'https://idp.example/a',
  tokenEndpoint: 'https://idp.example/t',
  jwksUri: 'https://idp.example/keys',
  endSessionEndpoint: undefined,
  origins: new Set(['https://idp.example']),
};
const key = (kid: string, more: object = {}) => ({ kty: 'RSA', kid, n: 'x', e: 'AQAB', ...more });

const publishing = (published: { keys: unknown }) => {
  const state = { published, away: false, calls: 0, now: 1_000_000 };
  const http: IdentityHttp = {
    exchange: async () => {
      state.calls += 1;
      await Promise.resolve();
      if (state.away) throw transient('identity-unreachable');
      return { status: 200, headers: {}, body: { ...state.published } };
    },
    close: () => Promise.resolve(),
  };
  return { state, keys: createSigningKeys({ http, clock: () => state.now }) };
};

describe('signing keys', () => {
  it('are read once, however many ask at once', async () => {
    const { state, keys } = publishing({ keys: [key('a')] });
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.find(provider, 'a')));
    expect(found.every((one) => one?.kid === 'a')).toBe(true);
    expect(state.calls).toBe(1);
  });

  it('that are new are found at once when a token names them', async () => {
    const { state, keys } = publishing({ keys: [key('a')] });
    await keys.find(provider, 'a');
    state.published = { keys: [key('a'), key('b')] };
    expect((await keys.find(provider, 'b'))?.kid).toBe('b');
    expect(state.calls).toBe(2);
  });

  it('with made-up names cause one call a minute at most', async () => {
    const { state, keys } = publishing({ keys: [key('a')] });
    await keys.find(provider, 'a');
    for (let n = 0; n < 1_000; n += 1) expect(await keys.find(provider, `made-up-${n}`)).toBeUndefined();
    expect(state.calls).toBe(2);
    state.now += 60_001;
    await keys.find(provider, 'made-up');
    expect(state.calls).toBe(3);
  });

  it('that were good stay so while the service is away, for as long as it takes', async () => {
    const { state, keys } = publishing({ keys: [key('a')] });
    await keys.find(provider, 'a');
    state.away = true;
    state.now += 48 * 60 * 60 * 1000;
    expect((await keys.find(provider, 'a'))?.kid).toBe('a');
  });

  it('that are withdrawn no longer count after a day', async () => {
    const { state, keys } = publishing({ keys: [key('a'), key('b')] });
    await keys.find(provider, 'a');
    state.published = { keys: [key('b')] };
    state.now += 24 * 60 * 60 * 1000 + 1;
    expect(await keys.find(provider, 'a')).toBeUndefined();
  });

  it('for anything but RS256 signatures do not count', async () => {
    const { keys } = publishing({
      keys: [
        key('enc', { use: 'enc' }),
        key('ps', { alg: 'PS256' }),
        { ...key('ec'), kty: 'EC' },
        { kty: 'oct', kid: 'oct', k: 'AA' },
        null,
        'x',
        { kty: 'RSA' },
      ],
    });
    for (const kid of ['enc', 'ps', 'ec', 'oct']) expect(await keys.find(provider, kid)).toBeUndefined();
  });

  it.each([[{ keys: 'none' }], [{ keys: null }], [{ keys: {} }]])(
    'that cannot be read (%j) are the service’s trouble',
    async (published) => {
      const { keys } = publishing(published);
      await expect(keys.find(provider, 'a')).rejects.toMatchObject({ failure: 'transient', code: 'keys-unreadable' });
    },
  );
});
