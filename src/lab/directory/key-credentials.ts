import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import type { Application, KeyCredential } from './application';

type KeptKey = Application['keyCredentials'][number];

/** Why a list of certificates is not accepted; `code` as Graph names it. */
export class KeyRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const parse = (key: string): X509Certificate => {
  try {
    return new X509Certificate(Buffer.from(key, 'base64'));
  } catch {
    throw new KeyRefused('KeyCredentialsInvalidKey', 'The value of the key is not a valid certificate.');
  }
};

const accept = (credential: KeyCredential): KeptKey => {
  if (!credential.key)
    throw new KeyRefused('KeyCredentialsMissingKey', 'Each key credential needs its key; a list replaces the one before.');
  const certificate = parse(credential.key);
  const validTo = Date.parse(certificate.validTo);
  const endDateTime = credential.endDateTime ?? new Date(validTo).toISOString();
  if (Date.parse(endDateTime) > validTo) {
    throw new KeyRefused('KeyCredentialsInvalidEndDate', 'Key credential end date is invalid: the certificate ends earlier.');
  }
  return {
    keyId: credential.keyId ?? randomUUID(),
    type: credential.type,
    usage: credential.usage,
    key: certificate.raw.toString('base64'),
    displayName: credential.displayName ?? certificate.subject,
    customKeyIdentifier: createHash('sha1').update(certificate.raw).digest('hex').toUpperCase(),
    startDateTime: credential.startDateTime ?? new Date(certificate.validFrom).toISOString(),
    endDateTime,
  };
};

/** The certificates of an application after a list was written: it replaces what was there, and every entry must carry its certificate. */
export const acceptKeys = (written: readonly KeyCredential[], before: readonly KeptKey[]): KeptKey[] =>
  written.map((credential) => {
    const known = before.find(({ keyId, key }) => keyId === credential.keyId && key === credential.key);
    return known ?? accept(credential);
  });
