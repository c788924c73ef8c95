import type { Drills } from '../drills';
import type { AppRoles } from '../directory/app-roles';
import type { Licences } from '../directory/licences';
import type { Grants } from '../directory/grants';
import type { Registrations } from '../directory/registrations';
import type { AuthorizationCodes } from './authorization-code';
import type { ClientAuthentication } from './client-authentication';
import type { DeviceCodes } from './device-codes';
import type { RefreshTokens } from './refresh-token';
import type { Seal } from './seal';
import type { SigningKeys } from './signing-keys';
import type { SignInSessions } from './sign-in-session';
import type { TokenMaker } from './tokens';

/** What the identity service's routes are built from. */
export interface IdentityDeps {
  readonly registrations: Registrations;
  readonly grants: Grants;
  readonly licences: Licences;
  readonly roles: AppRoles;
  readonly keys: SigningKeys;
  readonly sessions: SignInSessions;
  readonly codes: AuthorizationCodes;
  readonly devices: DeviceCodes;
  readonly refreshTokens: RefreshTokens;
  readonly clients: ClientAuthentication;
  readonly tokens: TokenMaker;
  /** Seals the state that a page's form carries. */
  readonly flowSeal: Seal;
  readonly drills: Drills;
  /** The lab's own address, without a slash at its end. */
  readonly base: () => string;
  readonly now: () => Date;
}
