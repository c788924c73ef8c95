import { accounts, type Account } from './accounts.data';
import { tenants, type Tenant } from './tenants.data';

/** A person as one tenant knows them: a member at home, a guest elsewhere with another object id. */
export interface Principal {
  readonly account: Account;
  readonly tenant: Tenant;
  readonly objectId: string;
  readonly guest: boolean;
}

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** A tenant by its id or its domain. */
export const findTenant = (idOrDomain: string): Tenant | undefined =>
  tenants.find((tenant) => same(tenant.id, idOrDomain) || same(tenant.domain, idOrDomain));

export const findAccount = (username: string): Account | undefined => accounts.find((account) => same(account.username, username));

export const homeTenant = (account: Account): Tenant => {
  const tenant = tenants.find(({ key }) => key === account.home);
  if (!tenant) throw new Error(`The account ${account.username} names no tenant.`);
  return tenant;
};

/** The person in that tenant (their home when none is named), or undefined for a stranger there. */
export const principalIn = (account: Account, tenant: Tenant = homeTenant(account)): Principal | undefined => {
  if (tenant.key === account.home) return { account, tenant, objectId: account.objectId, guest: false };
  const invitation = account.guestOf.find((guest) => guest.tenant === tenant.key);
  return invitation && { account, tenant, objectId: invitation.objectId, guest: true };
};
