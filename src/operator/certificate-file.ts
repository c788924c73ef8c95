import { generateKeyPair, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { readCertificate } from '../identity/client-credential';
import { selfSignedCertificate, toPem } from '../x509/self-signed';
import { readIfThere } from './files';

/** A certificate with its private key in one PEM file. */
export interface HeldCertificate {
  readonly path: string;
  /** The certificate alone, DER in base64, as Graph takes it. */
  readonly key: string;
  readonly validTo: Date;
}

/** What the file holds; undefined when it is absent, or is no certificate with its own key. */
export const heldCertificate = (path: string): HeldCertificate | undefined => {
  const pem = readIfThere(path);
  if (pem === undefined) return undefined;
  try {
    readCertificate(pem);
    const certificate = new X509Certificate(pem);
    return { path, key: certificate.raw.toString('base64'), validTo: new Date(certificate.validTo) };
  } catch {
    return undefined;
  }
};

/** A new key and its certificate, as the text of one file. */
export const newCertificate = async (commonName: string, from: Date, days: number): Promise<string> => {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({ commonName: [...commonName].slice(0, 64).join(''), publicKey, privateKey, from, days });
  return `${toPem('CERTIFICATE', der)}${String(privateKey.export({ type: 'pkcs8', format: 'pem' }))}`;
};

/** A certificate as a directory tells it, comparable with `HeldCertificate.key`; undefined for what is none. */
export const registeredKey = (key: unknown): string | undefined => {
  try {
    return typeof key === 'string' ? new X509Certificate(Buffer.from(key, 'base64')).raw.toString('base64') : undefined;
  } catch {
    return undefined;
  }
};
