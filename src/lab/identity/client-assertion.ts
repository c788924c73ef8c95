import { createHash, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { RegisteredCertificate, Registration } from '../directory/registration';
import { StsError } from './sts-error';

const thumbprints = ({ pem, until }: RegisteredCertificate) => {
  const certificate = new X509Certificate(pem);
  const print = (algorithm: string): string => createHash(algorithm).update(certificate.raw).digest('base64url');
  return { key: certificate.publicKey, until, sha1: print('sha1'), sha256: print('sha256') };
};

const readHeader = (assertion: string): Readonly<Record<string, unknown>> => {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    throw new StsError(50027);
  }
};

/** Assertions that were seen already; each is good for one call. */
const createReplayGuard = (now: () => Date) => {
  const used = new Map<string, number>();
  return (jti: unknown, exp: number): void => {
    const seconds = now().getTime() / 1000;
    for (const [known, until] of used) if (until < seconds - 300) used.delete(known);
    if (typeof jti !== 'string' || jti === '') throw new StsError(50013, ['the assertion has no jti']);
    if (used.has(jti)) throw new StsError(50013, ['the assertion was used before']);
    used.set(jti, exp);
  };
};

/** Whose assertion it should be, and the addresses that it may name as its audience. */
export interface AssertionContext {
  readonly registration: Registration;
  readonly endpoints: readonly string[];
}

/** Checks a certificate's assertion (RFC 7523; PS256, or RS256 as older clients sign): its key, audience, issuer, subject, time and single use. */
export const createAssertionProof = (now: () => Date) => {
  const guard = createReplayGuard(now);
  return async (assertion: string, { registration, endpoints }: AssertionContext): Promise<void> => {
    const header = readHeader(assertion);
    const known = registration.certificates.map(thumbprints);
    const certificate = known.find(({ sha1, sha256 }) => header['x5t#S256'] === sha256 || header['x5t'] === sha1);
    if (!certificate) throw new StsError(700027, ['The key was not found.']);
    if (certificate.until !== undefined && certificate.until <= now().getTime()) throw new StsError(700027, ['The key has expired.']);
    const expected = {
      algorithms: ['PS256', 'RS256'],
      audience: [...endpoints],
      issuer: registration.clientId,
      subject: registration.clientId,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: 300,
      currentDate: now(),
    };
    const verified = await jwtVerify(assertion, certificate.key, expected).catch((error: Error) => {
      throw new StsError(700027, [error.message]);
    });
    guard(verified.payload.jti, verified.payload.exp ?? 0);
  };
};
