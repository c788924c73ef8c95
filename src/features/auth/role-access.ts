import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import { roleNeeded, type Role } from '../../http/roles';
import type { TokenRequest } from './access-tokens';
import type { RoleKeeper } from './role-keeper';

/** A token of that organization: with a fresh one comes what it says of the person's roles. */
export type RoleAcquire = (request: Pick<TokenRequest, 'user' | 'tenantId' | 'forceRefresh'>) => Promise<unknown>;

export interface RoleAccessOptions {
  readonly keeper: Pick<RoleKeeper, 'knownIn' | 'nowAtHome'>;
  readonly acquire: RoleAcquire;
  readonly reportFailure: (event: string, error: unknown) => void;
  readonly clock: () => number;
}

interface Named {
  readonly tenantId: TenantId;
  readonly name: string;
}

/** The identity service is not asked the same again before this has passed. */
const restMs = 5 * 60_000;

/** Refusals that say nothing of a role. */
const withoutConsent: ReadonlySet<string> = new Set(['reconnect-needed', 'consent-missing']);

interface Rests {
  readonly resting: (key: string) => boolean;
  readonly rest: (key: string) => void;
}

/** Asks the person's own organization anew; nobody waits for it, and one session asks once. */
const createReread = ({ acquire, reportFailure }: Pick<RoleAccessOptions, 'acquire' | 'reportFailure'>, { resting, rest }: Rests) => {
  const ask = async (user: SignedInUser): Promise<void> => {
    try {
      await acquire({ user, tenantId: user.tenantId, forceRefresh: true });
    } catch (error) {
      if (!(error instanceof AppError)) reportFailure('roles-not-read', error);
    }
  };
  return (user: SignedInUser): void => {
    if (resting(user.sessionId)) return;
    rest(user.sessionId);
    void ask(user);
  };
};

/** What people may do in which organization, asked of its own identity service where nothing is known yet. */
export const createRoleAccess = ({ keeper, acquire, reportFailure, clock }: RoleAccessOptions) => {
  const rests = new Map<string, number>();
  const rest = (key: string): void => {
    if (rests.size > 10_000) rests.clear();
    rests.set(key, clock() + restMs);
  };

  const rolesIn = async (user: SignedInUser, tenantId: TenantId): Promise<readonly Role[]> => {
    const known = await keeper.knownIn(user, tenantId);
    if (known) return known;
    await acquire({ user, tenantId, forceRefresh: true });
    return (await keeper.knownIn(user, tenantId)) ?? [];
  };

  /** Where the organization cannot be asked now (its consent is gone, its service is away), what was kept may still be read. */
  const mayRead = async (user: SignedInUser, tenantId: TenantId): Promise<boolean> => {
    const key = `${user.sessionId} ${tenantId}`;
    const known = await keeper.knownIn(user, tenantId);
    if (known || (rests.get(key) ?? 0) > clock()) return known?.includes('viewer') ?? true;
    try {
      return (await rolesIn(user, tenantId)).includes('viewer');
    } catch (error) {
      if (error instanceof AppError && error.kind === 'forbidden' && !withoutConsent.has(error.code)) return false;
      rest(key);
      return true;
    }
  };

  return Object.freeze({
    /** Rejects with the AppErrors of `AccessTokens.acquire` where the organization has to be asked and does not answer. */
    rolesIn,
    /** Rejects with AppError `forbidden` / `role-needed` unless the person has the role in each of these organizations. */
    assertRole: async (user: SignedInUser, role: Role, tenants: readonly Named[]): Promise<void> => {
      for (const { tenantId, name } of tenants) if (!(await rolesIn(user, tenantId)).includes(role)) throw roleNeeded(role, name);
    },
    /** Before each call of a run: a role that was taken away while it works ends it there. A session that has ended is told elsewhere. */
    assertStillHunter: async (user: SignedInUser, tenantId: TenantId): Promise<void> => {
      const atHome = tenantId === user.tenantId;
      const roles = await (atHome ? keeper.nowAtHome(user) : rolesIn(user, tenantId));
      if (roles && !roles.includes('hunter')) throw roleNeeded('hunter', atHome ? user.tenantName : 'that organization');
    },
    /** The same for reading what was kept of other organizations. */
    assertMayRead: async (user: SignedInUser, tenants: readonly Named[]): Promise<void> => {
      for (const { tenantId, name } of tenants) if (!(await mayRead(user, tenantId))) throw roleNeeded('viewer', name);
    },
    /** Those of `tenants` that the person is not known to lack the role in. */
    notDenied: async <T extends { readonly tenantId: TenantId }>(
      user: SignedInUser,
      role: Role,
      tenants: readonly T[],
    ): Promise<readonly T[]> => {
      const known = await Promise.all(tenants.map(({ tenantId }) => keeper.knownIn(user, tenantId)));
      return tenants.filter((_tenant, index) => known[index]?.includes(role) ?? true);
    },
    reread: createReread({ acquire, reportFailure }, { resting: (key) => (rests.get(key) ?? 0) > clock(), rest }),
  });
};

export type RoleAccess = ReturnType<typeof createRoleAccess>;
