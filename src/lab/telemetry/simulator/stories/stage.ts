import { loadImages, type Act } from '../events';
import type { Integrity, Journal, ProcessRef, Remote } from '../journal';
import type { Boot, Machine } from '../machine';
import type { Account } from '../accounts';
import type { Device, ServerRole } from '../devices';
import type { Person } from '../staff';
import type { Random } from '../random';
import { hour, type Ticks } from '../window';
import type { World } from '../world';
import type { AnswerValue } from './answer-key';
import type { questions } from './questions.data';

/** A Windows device as a story plays on it. */
export interface Actor {
  readonly device: Device;
  readonly journal: Journal;
  readonly boot: (at: Ticks) => Boot;
  /** Starts a program of the catalogue, with the libraries named. */
  run(key: string, facts: RunFacts): ProcessRef;
  act(by: ProcessRef, at: Ticks): Act;
}

export interface RunFacts {
  readonly at: Ticks;
  readonly parent: ProcessRef;
  readonly command: string;
  readonly account?: Account;
  readonly integrity?: Integrity;
  readonly remote?: Remote;
  readonly images?: readonly string[];
}

/** What a story is told with. */
export interface Stage {
  readonly world: World;
  readonly random: Random;
  actor(device: Device): Actor;
  /** A person of a role with a Windows device, another one at each call where there are several. */
  victim(role: Person['role']): { readonly person: Person; readonly actor: Actor };
  server(role: ServerRole): Actor;
  controller(): Actor;
  /** A working day about `daysAgo` ago at a local hour of the site of a device. */
  when(daysAgo: number, localHour: number, device: Device): Ticks;
  /** A moment as the answers carry it. */
  time(at: Ticks): string;
  /** Whether it has happened yet. */
  happened(at: Ticks): boolean;
}

/** What a story leaves: itself in words, and the answers to the questions about it. */
export interface Told {
  readonly story: string;
  readonly answers: Partial<Readonly<Record<keyof typeof questions, readonly (readonly AnswerValue[])[]>>>;
}

export type Story = (stage: Stage) => Told;

const createActor = (world: World, machine: Machine, random: Random): Actor => ({
  device: machine.device,
  journal: machine.journal,
  boot: machine.boot,
  act: (by, at) => ({ journal: machine.journal, by, at, random }),
  run: (key, { images = [], ...facts }) => {
    const process = machine.journal.start({ ...facts, file: world.files.program(key, (facts.account ?? facts.parent.account).name) });
    loadImages(
      { journal: machine.journal, by: process, at: facts.at, random },
      images.map((name) => world.files.program(name)),
    );
    return process;
  },
});

export const createStage = (world: World, machine: (device: Device) => Machine, story: string): Stage => {
  const random = world.random.branch(`story/${story}`);
  const { devices } = world.organization;
  const taken = new Set<Device>();
  const actor = (device: Device): Actor => createActor(world, machine(device), random);
  const first = (list: readonly Device[]): Device => {
    const device = list[0];
    if (!device) throw new Error(`The story "${story}" needs a device that ${world.tenant.name} does not have.`);
    return device;
  };
  return {
    world,
    random,
    actor,
    victim: (role) => {
      const windows = devices.filter((device) => device.kind === 'workstation' && !taken.has(device));
      // Accounts of the lab's own people stay out of trouble: whoever signs in would meet themselves as a victim.
      const strangers = windows.filter(({ owner }) => owner?.name.includes('.'));
      const fitting = strangers.filter(({ owner }) => owner?.role === role);
      const device = random.pick(fitting.length > 0 ? fitting : strangers);
      taken.add(device);
      return { person: device.owner as Person, actor: actor(device) };
    },
    server: (role) => actor(first(world.devices('server', role))),
    controller: () => actor(first(world.devices('dc'))),
    when: (daysAgo, localHour, device) => world.workday(daysAgo, localHour, device.site.utcOffset) + Math.floor(random.next() * 0.4 * hour),
    time: world.window.iso,
    happened: (at) => at >= 0 && at <= world.window.until,
  };
};

/** Rows in the order of `sort by` on the given columns, ascending; texts by code point, as Kusto sorts them. */
export const sortedRows = (rows: readonly (readonly AnswerValue[])[], ...columns: readonly number[]): readonly (readonly AnswerValue[])[] =>
  [...rows].sort((left, right) => {
    for (const column of columns) {
      const [a, b] = [left[column] as string | number, right[column] as string | number];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  });
