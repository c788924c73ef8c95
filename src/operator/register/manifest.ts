import { appRoles } from './app-roles.data';
import type { RegisterSettings } from './settings';
import type { ResolvedPermission } from './wanted-permissions';

/** By this tag an app registration is known as one of ours. */
export const ourTag = 'quarry';

/** What the app registration should be, in Graph's names. */
export const manifestOf = (settings: RegisterSettings, permissions: readonly ResolvedPermission[]) => ({
  displayName: settings.name,
  signInAudience: settings.audience,
  tags: [ourTag],
  web: {
    redirectUris: settings.redirectUris,
    logoutUrl: settings.logoutUrl,
    implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
  },
  isFallbackPublicClient: false,
  requiredResourceAccess: [...new Set(permissions.map(({ resourceAppId }) => resourceAppId))].map((resourceAppId) => ({
    resourceAppId,
    resourceAccess: permissions.filter((one) => one.resourceAppId === resourceAppId).map(({ id, type }) => ({ id, type })),
  })),
  appRoles,
  optionalClaims: { idToken: ['login_hint', 'sid', 'acct'].map((name) => ({ name, essential: false })) },
  groupMembershipClaims: 'DirectoryRole',
});

export type Manifest = ReturnType<typeof manifestOf>;
