import { domainToASCII } from 'node:url';
import { AppError } from '../../errors';
import type { SignedInUser, TenantId } from '../../http/current-user';
import { isAuthorityTenant } from '../../identity/authority';
import type { Resource } from '../../identity/resources.data';
import { noteRefusal } from './note-refusal';
import type { RecordConsent } from './ports';
import { createDisconnectedCheck } from './disconnect/connecting-again';
import type { DisconnectionStore } from './disconnect/disconnection-store';
import type { ConnectedTenant, Person, TenantStore } from './store';

export interface TenantServiceOptions {
  readonly store: TenantStore;
  /** Organizations that were disconnected here: a consent that still stands upstream does not connect them again by itself. */
  readonly disconnections?: Pick<DisconnectionStore, 'find' | 'lift'>;
  /** The tenants that this installation serves; null: every tenant whose administrator consented. */
  readonly allowed: readonly string[] | null;
  /** The API that hunting asks; a sign-in brings a token of it. */
  readonly resource?: Resource;
  readonly record?: RecordConsent;
  readonly clock?: () => number;
}

/** What a validated sign-in tells about its tenant. */
export interface Arrival {
  readonly tenantId: TenantId;
  readonly objectId: string;
  readonly username: string;
  readonly guest: boolean;
  readonly consented: boolean;
  readonly connecting: boolean;
  /** The token says that the person administers the organization. */
  readonly administrator?: boolean;
  /** What the answer of hunting's token, which came along, names as granted. */
  readonly grantedScopes?: readonly string[];
}

/** Success is written down at most this often a person and tenant: it is a health display, not a counter. */
const successEveryMs = 60_000;

/**
 * A directory's own people carry one of its domains; a guest's name tells of another directory. Letters of other scripts are
 * written as the domain's ASCII form, so that no name looks like another's; what is no domain names nothing.
 */
const nameOf = ({ tenantId, username, guest }: Arrival): string => {
  const domain = domainToASCII(username.split('@')[1] ?? '').toLowerCase();
  return !guest && isAuthorityTenant(domain) && domain.includes('.') ? domain : tenantId;
};

const notServed = (): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'tenant-not-served',
    publicMessage: 'Your organization is not among those that this Quarry serves. Ask whoever runs it to add your organization.',
    action: { label: 'To the start page', href: '/' },
  });

const consentOnItsWay = (): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'consent-on-its-way',
    publicMessage: 'The consent has not arrived everywhere yet; that can take a minute or two. Then open this page again and go on.',
    action: { label: 'Back to connecting', href: '/connect' },
  });

const createSuccessNotes = (store: TenantStore, clock: () => number) => {
  const noted = new Map<string, number>();
  return async (tenantId: TenantId, person: Person): Promise<void> => {
    const key = `${person.tenantId} ${person.objectId} ${tenantId}`;
    const now = clock();
    if (now - (noted.get(key) ?? 0) < successEveryMs) return;
    if (noted.size > 10_000) noted.clear();
    noted.set(key, now);
    await store.recordSuccess(tenantId, { tenantId: person.tenantId, objectId: person.objectId });
  };
};

/** Connected organizations: who is let in, who may see what, and how each of them is doing. */
export const createTenantService = ({
  store,
  disconnections,
  allowed,
  resource = 'graph',
  record = () => undefined,
  clock = Date.now,
}: TenantServiceOptions) => {
  const noteGrants = async ({ tenantId, grantedScopes }: Arrival): Promise<void> => {
    if (grantedScopes) await store.consents.seen(tenantId, resource, grantedScopes);
  };

  const connect = async ({ tenantId, objectId, name, first, connecting }: Arrival & { name: string; first: boolean }): Promise<void> => {
    if (first) record({ action: 'tenant-connected', tenantId, objectId });
    if (connecting) record({ action: 'consent-given', tenantId, objectId });
    await store.connect({ tenantId, name, by: objectId });
    await store.recordSuccess(tenantId, { tenantId, objectId });
  };

  const staysDisconnected = createDisconnectedCheck(disconnections);

  const assertServed = (tenantId: TenantId): void => {
    if (allowed && !allowed.includes(tenantId)) throw notServed();
  };

  return Object.freeze({
    serves: (tenantId: TenantId): boolean => allowed === null || allowed.includes(tenantId),

    /**
     * A tenant is connected by a validated ID token of its own, once its consent is proven: by a token that carries what
     * hunting needs. Rejects with AppError `forbidden` / `tenant-not-served` for one that is not on a given list.
     */
    admit: async (arrival: Arrival): Promise<{ readonly name: string }> => {
      assertServed(arrival.tenantId);
      const known = await store.find(arrival.tenantId);
      const name = known?.name ?? nameOf(arrival);
      if (arrival.connecting && !arrival.consented) throw consentOnItsWay();
      if (!known && (await staysDisconnected(arrival))) return { name };
      if (known || arrival.consented) await noteGrants(arrival);
      if (arrival.consented) await connect({ ...arrival, name, first: !known });
      return { name };
    },

    /** Those the person may choose: their own organization first (connected or not), then the others where they have acted. */
    listFor: async (user: SignedInUser): Promise<readonly { readonly tenantId: TenantId; readonly name: string }[]> => {
      const connected = (await store.listFor(user)).filter(({ tenantId }) => allowed === null || allowed.includes(tenantId));
      if (connected.some(({ tenantId }) => tenantId === user.tenantId)) return connected;
      return [{ tenantId: user.tenantId, name: user.tenantName }, ...connected];
    },

    health: (user: SignedInUser): Promise<readonly ConnectedTenant[]> => store.listFor(user),

    succeeded: createSuccessNotes(store, clock),
    /** The consent for hunting is gone: with it goes what was seen of the rest, until it is seen again. */
    failed: async (tenantId: TenantId, code: string, correlationId?: string): Promise<void> => {
      await store.recordFailure(tenantId, code, correlationId);
      await store.consents.withdrawn(tenantId, { code, correlationId });
    },
    granted: store.consents.seen,
    refused: noteRefusal(store.consents),
  });
};

export type TenantService = ReturnType<typeof createTenantService>;
