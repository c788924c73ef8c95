import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { aCertificate } from '../support/a-certificate';

test('a certificate is readable, belongs to its key and lasts as long as it was told', () => {
  const { certificate, publicKey } = aCertificate(90);
  const parsed = new X509Certificate(certificate);
  expect(parsed.verify(publicKey)).toBe(true);
  expect(parsed.subject).toBe('CN=Quarry');
  expect(parsed.ca).toBe(false);
  const days = (Date.parse(parsed.validTo) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

const openssl = spawnSync('openssl', ['version']).status === 0;

(openssl ? test : test.skip)('OpenSSL finds nothing to object to', () => {
  const { certificate } = aCertificate();
  const { status, stdout } = spawnSync('openssl', ['x509', '-noout', '-text'], { input: certificate });
  expect(status).toBe(0);
  expect(String(stdout)).toMatch(/Version: 3[\s\S]*CA:FALSE[\s\S]*Digital Signature/);
});
