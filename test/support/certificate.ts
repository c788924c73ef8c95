import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from './a-folder';
import { selfSignedCertificate } from '../../src/lab/identity/certificate';

export interface TestCertificate {
  readonly privateKey: KeyObject;
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** A certificate made for one test. */
export const aCertificate = (commonName = 'a test'): TestCertificate => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({ commonName, publicKey, privateKey, now: new Date() });
  const certificatePem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  return { privateKey, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificatePem };
};

/** The same, and its certificate in a file as the configuration wants it; call it outside of tests. */
export const aCertificateFile = (): TestCertificate & { readonly certificatePath: string } => {
  const certificate = aCertificate();
  const certificatePath = join(aFolder(), 'certificate.pem');
  writeFileSync(certificatePath, certificate.certificatePem);
  return { ...certificate, certificatePath };
};
