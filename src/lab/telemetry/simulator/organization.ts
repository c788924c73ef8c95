import type { Account as LabAccount } from '../../directory/accounts.data';
import type { Tenant } from '../../directory/tenants.data';
import { builtIn, domainAccount, type Account, type Draft } from './accounts';
import { devicesOf, type Device } from './devices';
import { blueprints, type Blueprint } from './organization.data';
import type { Random } from './random';
import { staff, type Person } from './staff';

export interface Organization {
  readonly tenant: Tenant;
  readonly blueprint: Blueprint;
  readonly domainSid: string;
  readonly people: readonly Person[];
  readonly services: readonly Account[];
  readonly machineAccounts: ReadonlyMap<Device, Account>;
  readonly devices: readonly Device[];
  readonly system: Account;
  readonly localService: Account;
  readonly networkService: Account;
  readonly root: Account;
  readonly accounts: readonly Account[];
}

/**
 * The people, accounts and devices of one tenant. The lab's own accounts work there with their real object ids.
 * @param size how many people are hired beside them; servers follow from it.
 */
export const createOrganization = (
  tenant: Tenant,
  size: { readonly people: number; readonly labAccounts: readonly LabAccount[] },
  random: Random,
): Organization => {
  const word = (): number => random.int(100_000_000, 3_999_999_999);
  const draft: Draft = {
    tenant,
    blueprint: blueprints[tenant.key],
    random,
    domainSid: `S-1-5-21-${word()}-${word()}-${word()}`,
    accounts: [],
  };
  const system = builtIn(draft, 'system', 'S-1-5-18');
  const localService = builtIn(draft, 'local service', 'S-1-5-19');
  const networkService = builtIn(draft, 'network service', 'S-1-5-20');
  const root = builtIn(draft, 'root', '');
  const services = ['svc-sql', 'svc-backup', 'svc-web', 'svc-scan', 'svc-deploy'].map((name) => domainAccount(draft, name, random.guid()));
  const people = staff(draft, size.people, size.labAccounts);
  const devices = devicesOf(
    draft,
    size.people,
    people.filter(({ active }) => active),
  );
  const machineAccounts = new Map(devices.map((each) => [each, domainAccount(draft, `${each.short.toLowerCase()}$`)]));
  return {
    tenant,
    blueprint: draft.blueprint,
    domainSid: draft.domainSid,
    people,
    services,
    machineAccounts,
    devices,
    system,
    localService,
    networkService,
    root,
    accounts: draft.accounts,
  };
};
