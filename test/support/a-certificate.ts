import { generateKeyPairSync } from 'node:crypto';
import { selfSignedCertificate, toPem } from '../../src/x509/self-signed';

/** A self-signed certificate that ends in so many days (or ended, below zero) and its private key, as an operator keeps them in one PEM file. */
export const aCertificate = (days = 365) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({
    commonName: 'Quarry',
    publicKey,
    privateKey,
    from: new Date(Date.now() - 400 * 86_400_000),
    days: 400 + days,
  });
  return {
    der,
    publicKey,
    certificate: toPem('CERTIFICATE', der),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    oldStyleKey: String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
  };
};
