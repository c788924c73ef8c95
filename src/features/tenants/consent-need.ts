import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import { findBundle } from '../../identity/consent-scopes';
import { resourceApps, type BundleName, type Permission } from '../../identity/permissions.data';
import type { Resource } from '../../identity/resources.data';
import { connectPath } from './connect/connect-form';
import { permissionKey, type ConsentState, type ConsentStore } from './consent-store';

/** What a feature learns before it acts: go on, or where an administrator extends the consent by exactly this bundle. */
export type ConsentNeed =
  | { readonly needed: false }
  | {
      readonly needed: true;
      readonly why: Exclude<ConsentState, 'granted'> | 'unknown';
      readonly missing: readonly Permission[];
      /** A path of ours; anybody may open it. */
      readonly href: string;
    };

export interface ConsentNeedOptions {
  readonly consents: Pick<ConsentStore, 'of'>;
  /** A token in that tenant, of an API's `.default`: its answer or refusal is noted by whoever gives it. */
  readonly acquire: (request: {
    readonly user: SignedInUser;
    readonly tenantId: TenantId;
    readonly resource: Resource;
    readonly scope: string;
  }) => Promise<unknown>;
  readonly provider: Resource;
  readonly clock?: () => number;
}

/** The identity service dislikes being asked the same in vain. */
const restMs = 60_000;
/** A refusal is believed for so long; an administrator may have agreed since. */
const believedMs = 5 * 60_000;

const worst = ['no-service', 'withdrawn', 'missing', 'unknown'] as const;

/** What is known of organizations' consent, and the way to find out what is not. */
export const createConsentNeed = ({ consents, acquire, provider, clock = Date.now }: ConsentNeedOptions) => {
  const asked = new Map<string, number>();

  const unclear = async (tenantId: TenantId, permissions: readonly Permission[]): Promise<readonly Permission[]> => {
    const seen = new Map((await consents.of(tenantId)).map((one) => [one.permission, one]));
    return permissions.filter((permission) => {
      const known = seen.get(permissionKey(permission));
      return known === undefined || (known.state !== 'granted' && known.seenAt < clock() - believedMs);
    });
  };

  const askOnce = async (user: SignedInUser, tenantId: TenantId, resource: Resource): Promise<void> => {
    const key = `${user.tenantId} ${user.objectId} ${tenantId} ${resource}`;
    if ((asked.get(key) ?? -restMs) > clock() - restMs) return;
    if (asked.size > 10_000) asked.clear();
    asked.set(key, clock());
    try {
      await acquire({ user, tenantId, resource, scope: `${resourceApps[resource].uri}/.default` });
    } catch (error) {
      // A refusal is noted where it is met; a service in trouble leaves unknown what was so.
      if (!(error instanceof AppError)) throw error;
    }
  };

  /** Asks for one token an API, where something of these bundles is not known: no call to a Defender service is made. */
  const look = async (user: SignedInUser, tenantId: TenantId, bundles: readonly BundleName[]): Promise<void> => {
    const permissions = bundles.flatMap((name) => findBundle(provider, name).permissions).filter(({ kind }) => kind === 'delegated');
    const resources = new Set((await unclear(tenantId, permissions)).map(({ resource }) => resource));
    for (const resource of resources) await askOnce(user, tenantId, resource);
  };

  return Object.freeze({
    look,
    needsConsent: async (user: SignedInUser, tenantId: TenantId, bundle: BundleName): Promise<ConsentNeed> => {
      await look(user, tenantId, [bundle]);
      const seen = new Map((await consents.of(tenantId)).map((one) => [one.permission, one.state]));
      const { permissions } = findBundle(provider, bundle);
      const missing = permissions.filter((permission) => seen.get(permissionKey(permission)) !== 'granted');
      if (missing.length === 0) return { needed: false };
      const states = missing.map((permission) => seen.get(permissionKey(permission)) ?? 'unknown');
      const why = worst.find((state) => states.includes(state)) ?? 'unknown';
      return { needed: true, why, missing, href: connectPath({ organization: tenantId, bundles: [bundle] }) };
    },
  });
};

export type ConsentNeeds = ReturnType<typeof createConsentNeed>;
