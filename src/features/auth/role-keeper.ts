import type { SignedInUser, TenantId } from '../../http/current-user';
import { rolesOf, type Role, type RoleFacts, type Unassigned } from '../../http/roles';
import type { IdTokenIdentity } from '../../identity/id-token';
import type { RecordEvent } from './ports';
import { roleFactsOf } from './role-claims';
import type { RoleStore } from './role-store';

export interface RoleKeeperOptions {
  readonly store: RoleStore;
  readonly record: RecordEvent;
  readonly unassigned: Unassigned;
}

type Person = Pick<SignedInUser, 'sessionId' | 'tenantId' | 'objectId'>;

const wordsOf = ({ assigned, directoryAdministrator }: RoleFacts): string =>
  [...assigned, ...(directoryAdministrator ? ['directory-administrator'] : [])].join('+') || 'none';

/** Keeps what validated ID tokens say of people's roles: at sign-in, at every renewal, and wherever a person reaches. */
export const createRoleKeeper = ({ store, record, unassigned }: RoleKeeperOptions) =>
  Object.freeze({
    /** A sign-in told; what it says of the person goes into the new session. */
    arrived: async (identity: IdTokenIdentity): Promise<RoleFacts> => {
      const facts = roleFactsOf(identity);
      if (facts.assigned.length > 0) await store.noteAssigning(identity.tenantId as TenantId);
      return facts;
    },

    /** A renewal, or a sign-in elsewhere, told: it holds with the next request. */
    learned: async (person: Person, identity: IdTokenIdentity): Promise<void> => {
      const facts = roleFactsOf(identity);
      const tenantId = identity.tenantId as TenantId;
      if (facts.assigned.length > 0) await store.noteAssigning(tenantId);
      const before = await store.replace({ id: person.sessionId, tenantId: person.tenantId }, tenantId, facts);
      if (before === undefined || wordsOf(before) === wordsOf(facts)) return;
      record({ action: 'roles-changed', tenantId, objectId: person.objectId, code: `${wordsOf(before)} to ${wordsOf(facts)}` });
    },

    /** What the person may do at home now, whatever it was when they came; undefined once their session has ended. */
    nowAtHome: async ({ sessionId }: Pick<Person, 'sessionId'>): Promise<readonly Role[] | undefined> => {
      const known = await store.own(sessionId);
      return known && rolesOf(known.facts, known.tenant, unassigned);
    },

    /** What the person may do in that organization; undefined where its identity service was not asked in this session yet. */
    knownIn: async (user: SignedInUser, tenantId: TenantId): Promise<readonly Role[] | undefined> => {
      if (tenantId === user.tenantId) return user.roles;
      const known = await store.elsewhere(user.sessionId, tenantId);
      return known && rolesOf(known.facts, known.tenant, unassigned);
    },
  });

export type RoleKeeper = ReturnType<typeof createRoleKeeper>;
