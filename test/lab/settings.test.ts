import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { defaultClientId, readSettings } from '../../src/lab/settings';
import { aCertificateFile } from '../support/a-certificate-file';

const certificate = aCertificateFile();

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

test('a certificate is read from a file that may hold its key, too, and missed in plain words', () => {
  const both = `${certificate.key}${certificate.certificate}`;
  writeFileSync(certificate.path, both);
  const [read = ''] = readSettings({ LAB_CLIENT_CERTIFICATE_PATH: certificate.path }).clientCertificates;
  expect(new X509Certificate(read).raw).toEqual(certificate.der);
  expect(read).not.toContain('PRIVATE');
  writeFileSync(certificate.path, certificate.key);
  for (const path of [certificate.path, '/nowhere/certificate.pem']) {
    expect(() => readSettings({ LAB_CLIENT_CERTIFICATE_PATH: path })).toThrow(
      /no readable PEM certificate at[\s\S]*LAB_CLIENT_CERTIFICATE_PATH/,
    );
  }
});
