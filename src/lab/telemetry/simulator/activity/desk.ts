import { loadImages, type Act } from '../events';
import type { FileRef } from '../files';
import type { Journal, ProcessRef } from '../journal';
import type { Boot, Machine } from '../machine';
import type { Account } from '../accounts';
import type { Random } from '../random';
import { second, type Ticks } from '../window';
import type { World } from '../world';

/** One stretch of work on one Windows device: a person's day, or a server's. */
export interface Desk {
  readonly world: World;
  readonly machine: Machine;
  readonly journal: Journal;
  readonly random: Random;
  readonly boot: Boot;
  /** Who works: the owner, or the account a server works under. */
  readonly account: Account;
  readonly device: Machine['device'];
  /** A program that stays open through the stretch; started at its first use. */
  app(key: string, at: Ticks, command?: string): ProcessRef;
  program(key: string): FileRef;
  /** The subject of events that `by` causes at `at`. */
  act(by: ProcessRef, at: Ticks): Act;
}

/** One thing that happens, a few events long. */
export type Activity = (desk: Desk, at: Ticks) => void;

const images: Readonly<Record<string, readonly string[]>> = {
  outlook: ['mso', 'crypt32', 'wininet'],
  winword: ['mso', 'wininet'],
  excel: ['mso', 'vbe7'],
  powershell: ['automation', 'clr', 'amsi'],
  chrome: ['crypt32', 'winhttp'],
  msedge: ['crypt32', 'winhttp'],
  teams: ['winhttp'],
  wscript: ['amsi'],
  rundll32: ['kernel32'],
  wmiprvse: ['wbemcomn'],
};

/** Starts a catalogue program on a desk and loads the libraries that it is known by. */
export const launch = (
  desk: Desk,
  key: string,
  facts: { at: Ticks; parent: ProcessRef; command?: string; account?: Account; system?: boolean },
): ProcessRef => {
  const file = desk.program(key);
  const process = desk.journal.start({
    file,
    at: facts.at,
    parent: facts.parent,
    command: facts.command ?? `"${file.path}"`,
    ...(facts.account && { account: facts.account }),
    ...(facts.system && { integrity: 'System' as const, account: desk.world.organization.system, session: 0, logon: 999 }),
  });
  const libraries = images[key];
  if (libraries)
    loadImages(
      desk.act(process, facts.at),
      libraries.map((name) => desk.program(name)),
    );
  return process;
};

/** Programs that services.exe starts, for the system or for the account that the machine works under. */
const asService: Readonly<Record<string, 'system' | 'account'>> = {
  intune: 'system',
  dns: 'system',
  dfsrs: 'system',
  w3wp: 'account',
  sqlservr: 'account',
  backup: 'account',
};

export const createDesk = (world: World, machine: Machine, facts: { at: Ticks; account: Account; random: Random }): Desk => {
  const boot = machine.boot(facts.at);
  const apps = new Map<string, ProcessRef>();
  const desk: Desk = {
    world,
    machine,
    boot,
    journal: machine.journal,
    random: facts.random,
    account: facts.account,
    device: machine.device,
    program: (key) => world.files.program(key, facts.account.name),
    act: (by, at) => ({ journal: machine.journal, by, at, random: facts.random }),
    app: (key, at, command) => {
      const open = apps.get(key);
      if (open && open.at <= at) return open;
      const runsAs = asService[key];
      const started = launch(desk, key, {
        at: at - 2 * second,
        parent: runsAs ? boot.services : (boot.explorer ?? boot.services),
        ...(runsAs === 'system' && { system: true }),
        ...(runsAs === 'account' && { account: facts.account }),
        ...(command !== undefined && { command }),
      });
      apps.set(key, started);
      return started;
    },
  };
  return desk;
};
