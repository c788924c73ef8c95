import { createHash } from 'node:crypto';
import type { Account as LabAccount } from '../../directory/accounts.data';
import type { Tenant } from '../../directory/tenants.data';
import { blueprints, departments, givenNames, surnames, type Blueprint, type Role, type Site } from './organization.data';
import type { Random } from './random';

/** An account as events name it; `a` is its row in the accounts table. */
export interface Account {
  readonly a: number;
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly upn: string;
  readonly objectId: string;
}

export interface Person extends Account {
  readonly display: string;
  readonly given: string;
  readonly surname: string;
  readonly role: Role;
  readonly department: string;
  readonly title: string;
  readonly site: Site;
  /** False for an account that is disabled: nobody works with it. */
  readonly active: boolean;
  /** Local hours of work. */
  readonly from: number;
  readonly to: number;
}

export type DeviceKind = 'workstation' | 'server' | 'dc' | 'mac' | 'linux';
export type ServerRole = 'file' | 'web' | 'sql' | 'app' | 'backup';

export interface Device {
  readonly d: number;
  readonly id: string;
  /** Lower-case full name, and the short name in capitals. */
  readonly name: string;
  readonly short: string;
  readonly kind: DeviceKind;
  readonly role?: ServerRole;
  readonly site: Site;
  readonly ip: string;
  readonly mac: string;
  readonly owner?: Person;
}

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

interface Draft {
  readonly tenant: Tenant;
  readonly blueprint: Blueprint;
  readonly random: Random;
  readonly domainSid: string;
  readonly accounts: Account[];
}

const add = <T extends Account>(draft: Draft, account: Omit<T, 'a'>): T => {
  const made = { ...account, a: draft.accounts.length + 1 } as T;
  draft.accounts.push(made);
  return made;
};

const builtIn = (draft: Draft, name: string, sid: string): Account =>
  add(draft, { name, domain: name === 'root' ? '' : 'nt authority', sid, upn: '', objectId: '' });

const domainAccount = (draft: Draft, name: string, objectId = ''): Account =>
  add(draft, {
    name,
    domain: draft.blueprint.netbios.toLowerCase(),
    sid: `${draft.domainSid}-${1100 + draft.accounts.length}`,
    upn: name.endsWith('$') ? '' : `${name}@${draft.tenant.domain}`,
    objectId,
  });

const person = (
  draft: Draft,
  facts: { given: string; surname: string; sam: string; objectId: string; active: boolean; job: (typeof departments)[number][1] },
): Person => {
  const { random, blueprint } = draft;
  const from = random.pick([7, 8, 8, 9, 9, 10]);
  return add<Person>(draft, {
    name: facts.sam,
    domain: blueprint.netbios.toLowerCase(),
    sid: `${draft.domainSid}-${1100 + draft.accounts.length}`,
    upn: `${facts.sam}@${draft.tenant.domain}`,
    objectId: facts.objectId,
    display: `${facts.given} ${facts.surname}`,
    given: facts.given,
    surname: facts.surname,
    active: facts.active,
    role: facts.job.role,
    department: facts.job.name,
    title: random.pick(facts.job.titles),
    site: random.weighted(blueprint.sites.map((site, index) => [blueprint.sites.length - index, site] as const)),
    from,
    to: from + 9,
  });
};

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
const itJob = { name: 'IT', role: 'it', titles: ['Systems Administrator', 'Service Desk Analyst', 'Security Analyst'] } as const;

const staff = (draft: Draft, count: number, labAccounts: readonly LabAccount[]): Person[] => {
  const { random } = draft;
  const known = labAccounts.map((account) => {
    const [given = '', surname = ''] = account.name.split(' ');
    const [sam = ''] = account.username.split('@');
    const job = sam === 'analyst' || sam === 'admin' ? itJob : random.weighted(departments);
    return person(draft, { given, surname, sam, objectId: account.objectId, active: account.obstacle !== 'disabled', job });
  });
  const taken = new Set(known.map(({ name }) => name));
  const hired = Array.from({ length: count }, (_, index) => {
    const [given, surname] = [random.pick(givenNames), random.pick(surnames)];
    const base = `${plain(given)}.${plain(surname)}`;
    const sam = taken.has(base) ? `${base}${index}` : base;
    taken.add(sam);
    const job = index % 16 === 3 ? itJob : random.weighted(departments);
    return person(draft, { given, surname, sam, objectId: random.guid(), active: true, job });
  });
  return [...known, ...hired];
};

const device = (
  draft: Draft,
  d: number,
  facts: Pick<Device, 'kind' | 'short' | 'site'> & { role?: ServerRole; owner?: Person },
): Device => {
  const { random, blueprint } = draft;
  const name = `${facts.short.toLowerCase()}.${blueprint.internalDomain}`;
  const subnet = (facts.owner ? 10 : 1) + Math.floor(d / 250);
  return {
    ...facts,
    d,
    name,
    id: createHash('sha1').update(name).digest('hex'),
    ip: `${facts.site.network}.${subnet}.${(d % 250) + 4}`,
    mac: `00-15-5D-${random
      .hex(6)
      .toUpperCase()
      .replace(/(..)(..)(..)/, '$1-$2-$3')}`,
  };
};

const serverRoles: readonly ServerRole[] = ['file', 'web', 'sql', 'app', 'backup'];
const shortRole: Readonly<Record<ServerRole, string>> = { file: 'FS', web: 'WEB', sql: 'SQL', app: 'APP', backup: 'BKP' };

const inventory = (draft: Draft, count: number, people: readonly Person[]): Device[] => {
  const { blueprint, random } = draft;
  const main = blueprint.sites[0] as Site;
  const servers = Math.max(5, Math.round(count * 0.18));
  const list: Device[] = [];
  const put = (facts: Parameters<typeof device>[2]): number => list.push(device(draft, list.length + 1, facts));
  blueprint.sites.slice(0, 2).forEach((site) => put({ kind: 'dc', short: `${site.code}-DC01`, site }));
  for (let index = 0; index < servers; index += 1) {
    const role = serverRoles[index % serverRoles.length] as ServerRole;
    put({
      kind: 'server',
      role,
      short: `${main.code}-${shortRole[role]}${String(Math.floor(index / serverRoles.length) + 1).padStart(2, '0')}`,
      site: main,
    });
  }
  const linux = Math.max(1, Math.round((count * blueprint.linux) / 100));
  for (let index = 0; index < linux; index += 1)
    put({ kind: 'linux', short: `${main.code}-LNX${String(index + 1).padStart(2, '0')}`, site: main });
  for (const [index, owner] of people.entries()) {
    const mac = index > 6 && random.chance(blueprint.mac / 100);
    const number = String(index + 1).padStart(4, '0');
    put({ kind: mac ? 'mac' : 'workstation', short: `${owner.site.code}-${mac ? 'MAC' : 'WS'}${number}`, site: owner.site, owner });
  }
  return list;
};

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
  const devices = inventory(
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
