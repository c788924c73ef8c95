import { defaultClientId, readSettings } from '../../src/lab/settings';

test('without an environment the lab has its defaults, and secrets made for this run', () => {
  const [one, other] = [readSettings({}), readSettings({})];
  expect(one).toMatchObject({
    port: 3001,
    clientId: defaultClientId,
    clientSecretMade: true,
    frontChannelLogoutUri: 'http://localhost:3000/auth/frontchannel-logout',
  });
  expect(one.clientSecret).not.toBe(other.clientSecret);
  expect(one.seed).not.toBe(other.seed);
  expect(one.telemetry).toMatchObject({ shift: true, events: 200_000 });
});

test('empty variables count as unset', () => {
  expect(readSettings({ LAB_PORT: '', LAB_DATA: '', LAB_CLIENT_SECRET: '', LAB_CLIENT_CERTIFICATE_PATH: '' })).toMatchObject({
    port: 3001,
    clientCertificates: [],
  });
});

test('every problem is reported at once', () => {
  expect(() => readSettings({ LAB_PORT: '99999', LAB_CLIENT_ID: 'x', LAB_SEED: 'short', LAB_SHIFT: 'maybe' })).toThrow(
    /LAB_PORT[\s\S]*LAB_CLIENT_ID[\s\S]*LAB_SEED[\s\S]*LAB_SHIFT/,
  );
});

test('redirect URIs are a list, and the front channel follows the first', () => {
  const settings = readSettings({ LAB_REDIRECT_URIS: 'https://quarry.example/cb , https://quarry.example/' });
  expect(settings.redirectUris).toEqual(['https://quarry.example/cb', 'https://quarry.example/']);
  expect(settings.frontChannelLogoutUri).toBe('https://quarry.example/auth/frontchannel-logout');
});
