import { randomBytes } from 'node:crypto';
import type { AppRoles } from '../directory/app-roles';
import type { Grants } from '../directory/grants';
import type { Licences } from '../directory/licences';
import type { Registrations } from '../directory/registrations';
import type { Revocations } from '../directory/revocations';
import type { Drills } from '../drills';
import { createAuthorizationCodes } from './authorization-code';
import { createClientAuthentication } from './client-authentication';
import { createDeviceCodes } from './device-codes';
import type { IdentityDeps } from './identity-deps';
import { createRefreshTokens } from './refresh-token';
import { createSeal, type Seal } from './seal';
import type { SigningKeys } from './signing-keys';
import { createSignInSessions } from './sign-in-session';
import { createTokenMaker } from './tokens';

export interface IdentityOptions {
  readonly registrations: Registrations;
  readonly grants: Grants;
  readonly licences: Licences;
  readonly roles: AppRoles;
  readonly keys: SigningKeys;
  readonly drills: Drills;
  readonly revocations: Revocations;
  /** What outlives a restart (sign-ins, refresh tokens) is sealed with keys derived from it. */
  readonly seed: string;
  /** Seconds that a console waits between two questions. */
  readonly deviceInterval: number;
  readonly base: () => string;
  readonly now: () => Date;
}

/** Builds the parts of the identity service. What must not outlive this run is sealed with a key of this run: a redeemed code stays redeemed. */
export const createIdentity = ({ seed, revocations, deviceInterval, ...shared }: IdentityOptions): IdentityDeps => {
  const { registrations, keys, roles, base, now } = shared;
  const ephemeral = randomBytes(32).toString('base64url');
  const lasting = (purpose: string): Seal => createSeal({ secret: seed, purpose, now });
  const passing = (purpose: string): Seal => createSeal({ secret: ephemeral, purpose, now });
  return {
    ...shared,
    sessions: createSignInSessions(lasting('sign-in')),
    refreshTokens: createRefreshTokens(lasting('refresh-token'), revocations),
    codes: createAuthorizationCodes(passing('code'), now),
    devices: createDeviceCodes(now, deviceInterval),
    flowSeal: passing('flow'),
    clients: createClientAuthentication(registrations, now),
    tokens: createTokenMaker({ keys, roles, base, now }),
  };
};
