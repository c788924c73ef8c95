import type { Account as LabAccount } from '../../directory/accounts.data';
import type { Tenant } from '../../directory/tenants.data';
import { createFiles, type Files } from './files';
import { createJournal, type Journal } from './journal';
import { createOrganization, type Organization } from './organization';
import type { Account } from './accounts';
import type { Device, DeviceKind, ServerRole } from './devices';
import type { Person } from './staff';
import { createRandom, type Random } from './random';
import type { Fields, Sink } from './sink';
import { day, hour, type Ticks, type Window } from './window';

/** Everything that one tenant's simulation works with. */
export interface World {
  readonly tenant: Tenant;
  readonly organization: Organization;
  readonly window: Window;
  readonly random: Random;
  readonly files: Files;
  readonly sink: Sink;
  journal(device: Device): Journal;
  /** Records an event that belongs to no device; one after `until` has not happened. */
  record(table: string, at: Ticks, fields: Fields): void;
  /** The domain's SID of an account and its person, for identity events. */
  personal(account: Account): Person | undefined;
  /** Devices of a kind, in order. */
  devices(kind: DeviceKind, role?: ServerRole): readonly Device[];
  /** The device that a person works on. */
  home(person: Person): Device | undefined;
  /** Lets go of what is kept of a device; nothing more will happen there. */
  forget(device: Device): void;
  /** A working day about `daysAgo` before today, at a local hour of the place, and at least three hours ago: what begins then can end. */
  workday(daysAgo: number, localHour: number, utcOffset: number): Ticks;
}

export interface WorldOptions {
  readonly tenant: Tenant;
  readonly window: Window;
  readonly people: number;
  readonly labAccounts: readonly LabAccount[];
  readonly seed: string;
  readonly sink: Sink;
}

const writeAccounts = (sink: Sink, organization: Organization): void => {
  for (const account of organization.accounts) {
    sink.write('_account', `"a":${account.a}`, {
      AccountName: account.name,
      AccountDomain: account.domain,
      AccountSid: account.sid,
      AccountUpn: account.upn,
      AccountObjectId: account.objectId,
    });
  }
  for (const device of organization.devices) sink.write('_device', `"d":${device.d}`, { DeviceId: device.id, DeviceName: device.name });
};

const workdayOf = (window: Window, daysAgo: number, { localHour, utcOffset }: { localHour: number; utcOffset: number }): Ticks => {
  let index = window.days - 1 - daysAgo;
  const at = (): Ticks => index * day + (localHour - utcOffset) * hour;
  while (at() > window.until - 3 * hour || [0, 6].includes(window.weekday(at(), utcOffset))) index -= 1;
  return at();
};

export const createWorld = (options: WorldOptions): World => {
  const { sink, window, tenant } = options;
  const random = createRandom(`${options.seed}/${tenant.key}`);
  const organization = createOrganization(
    tenant,
    { people: options.people, labAccounts: options.labAccounts },
    random.branch('organization'),
  );
  const journals = new Map<Device, Journal>();
  const people = new Map<number, Person>(organization.people.map((each) => [each.a, each]));
  const homes = new Map(organization.devices.flatMap((device) => (device.owner ? [[device.owner, device] as const] : [])));
  const byKind = new Map<string, readonly Device[]>();
  let processes = 0;
  writeAccounts(sink, organization);
  const nextProcess = (): number => {
    processes += 1;
    return processes;
  };
  return {
    tenant,
    organization,
    window,
    random,
    sink,
    files: createFiles(sink),
    journal: (device) => {
      const known = journals.get(device);
      if (known) return known;
      const made = createJournal(device, { sink, until: window.until, nextProcess });
      journals.set(device, made);
      return made;
    },
    record: (table, at, fields) => {
      if (at >= 0 && at <= window.until) sink.write(table, `"t":${at}`, fields);
    },
    personal: (account) => people.get(account.a),
    devices: (kind, role) => {
      const key = `${kind}/${role ?? ''}`;
      const known =
        byKind.get(key) ?? organization.devices.filter((each) => each.kind === kind && (role === undefined || each.role === role));
      byKind.set(key, known);
      return known;
    },
    home: (person) => homes.get(person),
    forget: (device) => void journals.delete(device),
    workday: (daysAgo, localHour, utcOffset) => workdayOf(window, daysAgo, { localHour, utcOffset }),
  };
};
