import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registration } from '../directory/registration';
import type { Registrations } from '../directory/registrations';
import { createAssertionProof } from './client-assertion';
import { StsError } from './sts-error';

export interface ClientProof {
  readonly clientId: string;
  readonly method: 'secret' | 'certificate' | 'none';
  readonly registration: Registration;
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
export const createClientAuthentication = (registrations: Registrations, now: () => Date) => {
  const byAssertion = createAssertionProof(now);

  const proveSecret = ({ clientId, secrets }: Registration, secret: string): void => {
    const known = secrets.find((registered) => timingSafeEqual(digest(secret), Buffer.from(registered.digest, 'base64url')));
    if (!known) throw new StsError(7000215, [clientId]);
    if (known.until !== undefined && known.until <= now().getTime()) throw new StsError(7000222, [clientId]);
  };

  /** Whom the request says it comes from, by body or header, and only once. */
  const registrationOf = (claim: ClientClaim, header: ReturnType<typeof basic>): Registration => {
    const clientId = claim.clientId ?? header?.id;
    if (clientId === undefined) throw new StsError(900144, ['client_id']);
    const registration = registrations.find(clientId);
    if (!registration) throw new StsError(700016, [clientId, 'the directory']);
    if (header && (claim.secret !== undefined || header.id !== clientId)) throw new StsError(9002313);
    return registration;
  };

  /** A public client must prove itself by nothing; any other must, by one thing. */
  const methodOf = async (registration: Registration, claim: ClientClaim, endpoints: readonly string[]): Promise<ClientProof['method']> => {
    const { publicClient, clientId } = registration;
    if (publicClient && (claim.secret !== undefined || claim.assertion !== undefined)) throw new StsError(700025, [clientId]);
    if (publicClient) return 'none';
    if (claim.assertion === undefined) {
      if (claim.secret === undefined) throw new StsError(7000218);
      proveSecret(registration, claim.secret);
      return 'secret';
    }
    if (claim.assertionType !== bearerAssertion) throw new StsError(90023, ['client_assertion_type', claim.assertionType ?? '']);
    await byAssertion(claim.assertion, { registration, endpoints });
    return 'certificate';
  };

  /** `endpoints`: the addresses that an assertion may name as its audience. Throws 900144, 700016, 700025, 7000218, 7000215, 7000222, 50027, 50013 or 700027. */
  const prove = async (claim: ClientClaim, endpoints: readonly string[]): Promise<ClientProof> => {
    const header = basic(claim.authorization);
    const registration = registrationOf(claim, header);
    const method = await methodOf(registration, { ...claim, secret: claim.secret ?? header?.secret }, endpoints);
    return { clientId: registration.clientId, method, registration };
  };
  return Object.freeze({ prove });
};

export type ClientAuthentication = ReturnType<typeof createClientAuthentication>;
