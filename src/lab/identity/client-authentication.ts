import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registration } from '../directory/registration';
import { createAssertionProof } from './client-assertion';
import { StsError } from './sts-error';

export interface ClientProof {
  readonly clientId: string;
  readonly method: 'secret' | 'certificate';
}

/** What a token request says of its client. */
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

/** Proves that a token request comes from the registered app: by its secret (in the body or by Basic) or by an assertion of its certificate. */
export const createClientAuthentication = (registration: Registration, now: () => Date) => {
  const byAssertion = createAssertionProof(registration, now);

  const proveSecret = (secret: string | undefined): void => {
    if (secret === undefined) throw new StsError(7000218);
    if (!timingSafeEqual(digest(secret), digest(registration.secret))) throw new StsError(7000215, [registration.clientId]);
  };

  /** Whom the request says it comes from, by body or header, and only once. */
  const nameOf = (claim: ClientClaim, header: ReturnType<typeof basic>): void => {
    const clientId = claim.clientId ?? header?.id;
    if (clientId === undefined) throw new StsError(900144, ['client_id']);
    if (clientId.toLowerCase() !== registration.clientId) throw new StsError(700016, [clientId, 'the directory']);
    if (header && (claim.secret !== undefined || header.id !== clientId)) throw new StsError(9002313);
  };

  /** `endpoints`: the addresses that an assertion may name as its audience. Throws 900144, 700016, 7000218, 7000215, 50027, 50013 or 700027. */
  const prove = async (claim: ClientClaim, endpoints: readonly string[]): Promise<ClientProof> => {
    const header = basic(claim.authorization);
    nameOf(claim, header);
    if (claim.assertion === undefined) {
      proveSecret(claim.secret ?? header?.secret);
      return { clientId: registration.clientId, method: 'secret' };
    }
    if (claim.assertionType !== bearerAssertion) throw new StsError(90023, ['client_assertion_type', claim.assertionType ?? '']);
    await byAssertion(claim.assertion, endpoints);
    return { clientId: registration.clientId, method: 'certificate' };
  };
  return Object.freeze({ prove });
};

export type ClientAuthentication = ReturnType<typeof createClientAuthentication>;
