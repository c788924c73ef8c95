import { accounts as labAccounts } from '../../directory/accounts.data';
import type { Tenant } from '../../directory/tenants.data';
import { assessDevices } from './assessment';
import { signInApps } from './cloud/apps-at-work';
import { liveOnline } from './cloud/life';
import { live } from './device-life';
import { discoverStrangers } from './discovery';
import { takeInventory } from './inventory';
import { createMachine, type Machine } from './machine';
import type { Device } from './devices';
import type { Sink } from './sink';
import type { AnswerKey } from './stories/answer-key';
import { tell } from './stories/tell';
import type { Window } from './window';
import { createWorld } from './world';

export interface SimulationOptions {
  readonly tenant: Tenant;
  readonly seed: string;
  /** About how many events; what the stories and the yearly inventory add is part of it where there is room. */
  readonly events: number;
  readonly window: Window;
  readonly sink: Sink;
}

/** How much of everything happens on devices, and how many events a person's device makes in a month. */
const deviceShare = 0.84;
const eventsPerPerson = 3300;

const weightOf = (device: Device): number => {
  const weights = { workstation: 1, server: 1.5, dc: 2.2, mac: 0.5, linux: 0.6 };
  return weights[device.kind];
};

const isServer = ({ kind }: Device): boolean => kind === 'server' || kind === 'dc';

/**
 * Writes one tenant's month into the sink, as raw rows that `compose` widens; returns the answer keys of the stories hidden in it.
 * The same seed, size and window give the same rows.
 */
export const simulate = (options: SimulationOptions): readonly AnswerKey[] => {
  const { tenant, window, sink, seed, events } = options;
  const people = Math.min(5000, Math.max(12, Math.round(events / eventsPerPerson)));
  const world = createWorld({ tenant, window, people, seed, sink, labAccounts: labAccounts.filter(({ home }) => home === tenant.key) });
  const machines = new Map<Device, Machine>();
  const machine = (device: Device): Machine => {
    const known = machines.get(device) ?? createMachine(world, device);
    machines.set(device, known);
    return known;
  };
  takeInventory(world);
  discoverStrangers(world);
  assessDevices(world);
  const keys = tell(world, machine);
  const { devices } = world.organization;
  const total = devices.reduce((sum, device) => sum + weightOf(device), 0);
  // Servers come last, because what people do is recorded there as well; a finished device is written and forgotten.
  const order = [...devices].sort((left, right) => Number(isServer(left)) - Number(isServer(right)));
  for (const device of order) {
    const windows = device.kind !== 'mac' && device.kind !== 'linux';
    live(world, { device, machine: windows ? machine(device) : undefined, budget: (events * deviceShare * weightOf(device)) / total });
    world.journal(device).flush();
    world.forget(device);
    machines.delete(device);
  }
  liveOnline(world, events * (1 - deviceShare));
  signInApps(world, events * (1 - deviceShare));
  return keys;
};
