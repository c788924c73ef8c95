import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { readCertificate, type ClientCredential } from '../../../identity/client-credential';
import { IdentityError } from '../../../identity/identity-error';
import type { Config } from '../../../config';
import { named, type Finding } from '../finding';

const check = named('certificate');
const expiry = named('credential-expiry');

export interface CredentialInHand {
  /** undefined when there is none that can be used. */
  readonly credential: ClientCredential | undefined;
  readonly findings: readonly Finding[];
}

const dayMs = 86_400_000;
const renewal = 'npm run register -- --renew';
const warnDays = 30;

const endOf = (what: string, until: number, now: number): Finding => {
  const date = new Date(until).toISOString().slice(0, 10);
  if (until <= now) return expiry.fail(`${what} has expired on ${date}`, renewal);
  const days = Math.floor((until - now) / dayMs);
  return days < warnDays ? expiry.warn(`${what} expires in ${days} days, on ${date}`, renewal) : expiry.ok(`${what} is good until ${date}`);
};

const lifeOf = (pem: string, now: number): Finding => {
  const certificate = new X509Certificate(pem);
  if (Date.parse(certificate.validFrom) > now + 300_000)
    return check.fail('the certificate is not valid yet', 'Check the clock of this machine.');
  return endOf('the certificate', Date.parse(certificate.validTo), now);
};

const words: Readonly<Record<string, string>> = {
  'certificate-missing': 'holds no certificate',
  'certificate-key-missing': 'holds no private key',
  'certificate-unreadable': 'cannot be read as PEM',
  'certificate-key-of-another': 'holds a private key that is not the certificate’s',
};

/** A secret does not tell its end; the configuration may. */
const secretFindings = (until: number | null, now: number): Finding[] => {
  if (until === null)
    return [expiry.skipped('the secret does not tell when it ends', 'Set AZURE_CLIENT_SECRET_EXPIRES, or let npm run register do it.')];
  return [endOf('the secret', until, now)];
};

/** The credential that the configuration names, and how long it lasts. */
export const readCredential = ({ signIn }: Config, now: number): CredentialInHand => {
  const { clientSecret, clientSecretExpires, certificatePath } = signIn;
  if (clientSecret !== null) return { credential: { secret: clientSecret }, findings: secretFindings(clientSecretExpires, now) };
  if (certificatePath === null) return { credential: undefined, findings: [] };
  try {
    const certificatePem = readFileSync(certificatePath, 'utf8');
    readCertificate(certificatePem);
    return { credential: { certificatePem }, findings: [lifeOf(certificatePem, now)] };
  } catch (error) {
    const why =
      error instanceof IdentityError ? (words[error.code] ?? error.code) : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    const remedy = 'AZURE_CLIENT_CERTIFICATE_PATH names one PEM file with the certificate and its private key: npm run register makes it.';
    return { credential: undefined, findings: [check.fail(`${certificatePath} ${why}`, remedy)] };
  }
};
