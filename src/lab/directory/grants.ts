import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Principal } from './directory';
import { resources } from './resources.data';
import { registeredGrants } from './scopes';
import { tenants, type Tenant } from './tenants.data';

const names = z.array(z.string());
const consents = z.object({
  /** What an administrator granted for everybody; an absent tenant has no service principal of the app. */
  tenants: z.record(z.string(), z.object({ delegated: names, application: names })),
  /** What a person granted for themself, by `tenant/object`. */
  people: z.record(z.string(), names),
});
/** The consents of the lab's own app, and by client id those of the others. */
const kept = consents.extend({ version: z.literal(1), apps: z.record(z.string(), consents).default({}) });
type Consents = z.infer<typeof consents>;
type Kept = z.infer<typeof kept>;

/** Every application permission of the registration, as grant names. */
export const applicationGrants = (): string[] =>
  resources.flatMap(({ audience, application }) => application.map(({ value }) => `${audience}/${value}`));

const initial = (): Kept => ({
  version: 1,
  tenants: Object.fromEntries(
    tenants.filter(({ connected }) => connected).map(({ id }) => [id, { delegated: registeredGrants(), application: applicationGrants() }]),
  ),
  people: {},
  apps: {},
});

const read = (file: string): Kept => {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent at first; one that does not parse was not written by us, and consents can be given again.
    return initial();
  }
};

const union = (before: readonly string[] | undefined, more: readonly string[]): string[] => [...new Set([...(before ?? []), ...more])];
const keyOf = (principal: Principal): string => `${principal.tenant.id}/${principal.objectId}`;

/** Who consented to what of one app. */
const createAppGrants = (state: Consents, save: () => void) =>
  Object.freeze({
    /** The delegated grants that hold for this person: their own, and their tenant's unless those do not reach them. */
    of: (principal: Principal): ReadonlySet<string> => {
      const own = state.people[keyOf(principal)] ?? [];
      const shared = principal.account.obstacle === 'unconsented' ? [] : (state.tenants[principal.tenant.id]?.delegated ?? []);
      return new Set([...own, ...shared]);
    },
    /** The delegated grants of the whole tenant. */
    delegated: (tenant: Tenant): ReadonlySet<string> => new Set(state.tenants[tenant.id]?.delegated ?? []),
    application: (tenant: Tenant): ReadonlySet<string> => new Set(state.tenants[tenant.id]?.application ?? []),
    /** Whether the app has a service principal in the tenant: by an administrator's consent, or by its own registration there. */
    connected: (tenant: Tenant): boolean => state.tenants[tenant.id] !== undefined,
    grantPerson: (principal: Principal, granted: readonly string[]): void => {
      state.people[keyOf(principal)] = union(state.people[keyOf(principal)], granted);
      save();
    },
    grantTenant: (tenant: Tenant, granted: { readonly delegated: readonly string[]; readonly application: readonly string[] }): void => {
      const before = state.tenants[tenant.id];
      state.tenants[tenant.id] = {
        delegated: union(before?.delegated, granted.delegated),
        application: union(before?.application, granted.application),
      };
      save();
    },
    /** Removes the app from the tenant: its grants and those of its people. */
    withdraw: (tenant: Tenant): void => {
      delete state.tenants[tenant.id];
      for (const key of Object.keys(state.people)) if (key.startsWith(`${tenant.id}/`)) delete state.people[key];
      save();
    },
  });

export type AppGrants = ReturnType<typeof createAppGrants>;

/**
 * Who consented to what: of the lab's own app, and `for` any other. Kept in one file (nothing in it is secret), so that consents
 * survive a restart; `undefined` keeps them in memory.
 */
export const createGrants = (file: string | undefined, ownClientId: string) => {
  const state = file === undefined ? initial() : read(file);
  const save = (): void => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  const own = createAppGrants(state, save);
  return Object.freeze({
    ...own,
    for: (clientId: string): AppGrants =>
      clientId === ownClientId ? own : createAppGrants((state.apps[clientId] ??= { tenants: {}, people: {} }), save),
    /** Forgets an app that was deleted. */
    forget: (clientId: string): void => {
      delete state.apps[clientId];
      save();
    },
  });
};

export type Grants = ReturnType<typeof createGrants>;
