import { createHash, createPrivateKey, randomUUID, X509Certificate, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { IdentityError } from './identity-error';

/** How Quarry proves itself at the token endpoint: a secret, or a certificate with its private key (one PEM text). */
export type ClientCredential = { readonly secret: string } | { readonly certificatePem: string };

/** What MSAL is given: it sends either as it is. */
export type MsalCredential = { readonly clientSecret: string } | { readonly clientAssertion: () => Promise<string> };

const lifetimeSeconds = 300;

const blockOf = (pem: string, label: string): string | undefined =>
  new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`).exec(pem)?.[0];

interface Certificate {
  readonly key: KeyObject;
  /** base64url SHA-256 of the DER form, the header `x5t#S256`. */
  readonly thumbprint: string;
}

const unusable = (code: string, cause?: unknown): IdentityError => new IdentityError({ failure: 'configuration', code, cause });

/** Reads a PEM text with a certificate and its RSA key. Throws IdentityError `configuration` that names what is missing. */
export const readCertificate = (pem: string): Certificate => {
  const [certificate, key] = [blockOf(pem, 'CERTIFICATE'), blockOf(pem, '(?:RSA )?PRIVATE KEY')];
  if (!certificate) throw unusable('certificate-missing');
  if (!key) throw unusable('certificate-key-missing');
  let parsed: X509Certificate, privateKey: KeyObject;
  try {
    [parsed, privateKey] = [new X509Certificate(certificate), createPrivateKey(key)];
  } catch (cause) {
    throw unusable('certificate-unreadable', cause);
  }
  if (!parsed.checkPrivateKey(privateKey)) throw unusable('certificate-key-of-another');
  return { key: privateKey, thumbprint: createHash('sha256').update(parsed.raw).digest('base64url') };
};

/** When the certificate of a PEM text ends, in milliseconds; null where that cannot be read. */
export const certificateEnd = (pem: string): number | null => {
  try {
    const end = Date.parse(new X509Certificate(blockOf(pem, 'CERTIFICATE') ?? '').validTo);
    return Number.isNaN(end) ? null : end;
  } catch {
    return null;
  }
};

/** A client assertion as Entra asks for it: PS256, `x5t#S256`, five minutes, for this very token endpoint. */
const sign = ({ key, thumbprint }: Certificate, clientId: string, audience: string): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setAudience(audience)
    .setIssuer(clientId)
    .setSubject(clientId)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key);
};

/** `tokenEndpoint` is the real one: the audience of an assertion, whatever address MSAL believes in. */
export const createMsalCredential = (credential: ClientCredential, clientId: string): ((tokenEndpoint: string) => MsalCredential) => {
  if ('secret' in credential) return () => ({ clientSecret: credential.secret });
  const certificate = readCertificate(credential.certificatePem);
  return (tokenEndpoint) => ({ clientAssertion: () => sign(certificate, clientId, tokenEndpoint) });
};
