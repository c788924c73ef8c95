import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { Registration } from '../directory/registration';
import { StsError } from './sts-error';

export interface ClientProof {
  readonly clientId: string;
  readonly method: 'secret' | 'certificate';
}

export interface ClientClaim {
  readonly clientId: string | undefined;
  readonly secret: string | undefined;
  readonly assertion: string | undefined;
  readonly assertionType: string | undefined;
  readonly authorization: string | undefined;
}

const bearerAssertion = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** RFC 6749 2.3.1: both halves of a Basic header are form-encoded before they are joined. */
const basic = (authorization: string | undefined): { id: string; secret: string } | undefined => {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  try {
    const decode = (text: string): string => decodeURIComponent(text.replace(/\+/g, ' '));
    return { id: decode(id ?? ''), secret: decode(rest.join(':')) };
  } catch {
    throw new StsError(9002313);
  }
};

const thumbprints = (pem: string) => {
  const certificate = new X509Certificate(pem);
  const print = (algorithm: string): string => createHash(algorithm).update(certificate.raw).digest('base64url');
  return { key: certificate.publicKey, sha1: print('sha1'), sha256: print('sha256') };
};

/** Proves that a token request comes from the registered app: by its secret (in the body or by Basic) or by an assertion of its certificate. */
export const createClientAuthentication = (registration: Registration, deps: { readonly base: () => string; readonly now: () => Date }) => {
  const certificates = registration.certificates.map(thumbprints);
  const used = new Map<string, number>();

  const remember = (jti: unknown, exp: number): void => {
    const seconds = deps.now().getTime() / 1000;
    for (const [known, until] of used) if (until < seconds) used.delete(known);
    if (typeof jti !== 'string' || jti === '') throw new StsError(50013, ['the assertion has no jti']);
    if (used.has(jti)) throw new StsError(50013, ['the assertion was used before']);
    used.set(jti, exp);
  };

  const byAssertion = async (assertion: string, endpoints: readonly string[]): Promise<ClientProof> => {
    let header: ReturnType<typeof decodeProtectedHeader> & { 'x5t#S256'?: unknown };
    try {
      header = decodeProtectedHeader(assertion);
    } catch {
      throw new StsError(50027);
    }
    const certificate = certificates.find(({ sha1, sha256 }) => header['x5t#S256'] === sha256 || header.x5t === sha1);
    if (!certificate) throw new StsError(700027, ['The key was not found.']);
    try {
      const { payload } = await jwtVerify(assertion, certificate.key, {
        algorithms: ['PS256', 'RS256'],
        audience: [...endpoints],
        issuer: registration.clientId,
        subject: registration.clientId,
        requiredClaims: ['exp', 'jti'],
        clockTolerance: 300,
        currentDate: deps.now(),
      });
      remember(payload.jti, payload.exp ?? 0);
    } catch (error) {
      if (error instanceof StsError) throw error;
      throw new StsError(700027, [(error as Error).message]);
    }
    return { clientId: registration.clientId, method: 'certificate' };
  };

  const bySecret = (secret: string): ClientProof => {
    if (!timingSafeEqual(digest(secret), digest(registration.secret))) throw new StsError(7000215, [registration.clientId]);
    return { clientId: registration.clientId, method: 'secret' };
  };

  return Object.freeze({
    /** `endpoints`: the addresses that an assertion may name as its audience. Throws 900144, 700016, 7000218, 7000215, 50027, 50013 or 700027. */
    prove: async (claim: ClientClaim, endpoints: readonly string[]): Promise<ClientProof> => {
      const header = basic(claim.authorization);
      const clientId = claim.clientId ?? header?.id;
      if (clientId === undefined) throw new StsError(900144, ['client_id']);
      if (clientId.toLowerCase() !== registration.clientId) throw new StsError(700016, [clientId, 'the directory']);
      if (header && claim.secret !== undefined) throw new StsError(9002313);
      const secret = claim.secret ?? header?.secret;
      if (claim.assertion !== undefined && claim.assertionType === bearerAssertion) return byAssertion(claim.assertion, endpoints);
      if (secret === undefined) throw new StsError(7000218);
      return bySecret(secret);
    },
  });
};

export type ClientAuthentication = ReturnType<typeof createClientAuthentication>;
