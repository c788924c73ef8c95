import { generateKeyPairSync } from 'node:crypto';
import { selfSignedCertificate } from '../../src/lab/identity/certificate';

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

/** A self-signed certificate and its private key, as an operator keeps them in one PEM file. */
export const aCertificate = () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({ commonName: 'Quarry', publicKey, privateKey, now: new Date() });
  return {
    der,
    publicKey,
    certificate: pem('CERTIFICATE', der),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    oldStyleKey: String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
  };
};
