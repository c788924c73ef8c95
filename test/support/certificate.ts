import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from '../../src/lab/identity/certificate';

export interface TestCertificate {
  readonly privateKey: KeyObject;
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** The certificate in a file of its own, as the configuration wants it. */
  readonly certificatePath: string;
}

/** A certificate made for one test. */
export const aCertificate = (commonName = 'a test'): TestCertificate => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({ commonName, publicKey, privateKey, now: new Date() });
  const certificatePem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  const certificatePath = join(mkdtempSync(join(tmpdir(), 'quarry-certificate-')), 'certificate.pem');
  writeFileSync(certificatePath, certificatePem);
  return { privateKey, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificatePem, certificatePath };
};
