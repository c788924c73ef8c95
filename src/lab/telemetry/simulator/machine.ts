import type { Integrity, Journal, ProcessRef } from './journal';
import type { Account } from './accounts';
import type { Device } from './devices';
import type { Person } from './staff';
import type { World } from './world';
import { day, hour, minute, second, type Ticks } from './window';

/** The processes of one start of Windows that others descend from. */
export interface Boot {
  readonly at: Ticks;
  readonly system: ProcessRef;
  readonly services: ProcessRef;
  readonly lsass: ProcessRef;
  readonly winlogon: ProcessRef;
  readonly msmpeng: ProcessRef;
  readonly mssense: ProcessRef;
  /** Service hosts by the service that runs in them. */
  readonly host: (service: keyof typeof hostGroups) => ProcessRef;
  /** The desktop of the person who works here; servers have none. */
  readonly explorer: ProcessRef | undefined;
  readonly logon: number;
}

export interface Machine {
  readonly device: Device;
  readonly journal: Journal;
  /** What was running at a moment. */
  boot(at: Ticks): Boot;
  /** Local times in which the owner works, one a working day. */
  readonly shifts: readonly { readonly from: Ticks; readonly to: Ticks }[];
}

const hostGroups = {
  Schedule: 'netsvcs -p -s Schedule',
  DcomLaunch: 'DcomLaunch -p',
  Dnscache: 'NetworkService -p -s Dnscache',
  EventLog: 'LocalServiceNetworkRestricted -p -s EventLog',
  wuauserv: 'netsvcs -p -s wuauserv',
  Winmgmt: 'netsvcs -p -s Winmgmt',
  TermService: 'NetworkService -s TermService',
  WinRM: 'NetworkService -p -s WinRM',
  BITS: 'netsvcs -p -s BITS',
  LanmanServer: 'netsvcs -p -s LanmanServer',
} as const;

const hostAccount = (world: World, group: string): Account => {
  const { system, networkService, localService } = world.organization;
  if (group.startsWith('NetworkService')) return networkService;
  return group.startsWith('LocalService') ? localService : system;
};

interface BootRequest {
  readonly world: World;
  readonly journal: Journal;
  readonly at: Ticks;
  readonly owner: Person | undefined;
}

const startDesktop = (
  request: BootRequest & { readonly winlogon: ProcessRef; readonly lsass: ProcessRef; readonly logon: number },
): ProcessRef | undefined => {
  const { world, journal, owner, winlogon, logon } = request;
  if (!owner) return undefined;
  const at = request.at + 45 * second;
  journal.emit('DeviceLogonEvents', { at, by: winlogon }, logonFields(owner, { type: 'Interactive', logon, admin: owner.role === 'it' }));
  const session = { account: owner, session: 1, logon, integrity: 'Medium' as Integrity };
  const userinit = journal.start({
    ...session,
    file: world.files.program('userinit'),
    command: 'C:\\Windows\\system32\\userinit.exe',
    parent: winlogon,
    at: at + second,
  });
  return journal.start({
    ...session,
    file: world.files.program('explorer'),
    command: 'C:\\Windows\\Explorer.EXE',
    parent: userinit,
    at: at + 2 * second,
  });
};

type Run = (key: string, facts: { parent?: ProcessRef; after: number; command: string; account?: Account }) => ProcessRef;

const startServices = (world: World, run: Run, services: ProcessRef): Map<string, ProcessRef> => {
  const hosts = new Map<string, ProcessRef>();
  Object.entries(hostGroups).forEach(([service, group], index) => {
    const command = `C:\\Windows\\system32\\svchost.exe -k ${group}`;
    hosts.set(service, run('svchost', { parent: services, after: 5 + index, command, account: hostAccount(world, group) }));
  });
  run('spoolsv', { parent: services, after: 19, command: 'C:\\Windows\\System32\\spoolsv.exe' });
  run('searchindexer', { parent: services, after: 21, command: 'C:\\Windows\\system32\\SearchIndexer.exe /Embedding' });
  return hosts;
};

const bootWindows = (request: BootRequest): Boot => {
  const { world, journal, at } = request;
  const account = world.organization.system;
  const program = world.files.program;
  const run: Run = (key, { after, ...facts }) =>
    journal.start({ account, ...facts, file: program(key), at: at + after * second, integrity: 'System', session: 0 });
  const system = journal.start({ file: program('system'), at, account, integrity: 'System', pid: 4, command: '', recorded: false });
  const smss = run('smss', { parent: system, after: 1, command: '\\SystemRoot\\System32\\smss.exe' });
  const wininit = run('wininit', { parent: smss, after: 2, command: 'wininit.exe' });
  const winlogon = run('winlogon', { parent: smss, after: 3, command: 'winlogon.exe' });
  const services = run('services', { parent: wininit, after: 4, command: 'C:\\Windows\\system32\\services.exe' });
  const lsass = run('lsass', { parent: wininit, after: 4, command: 'C:\\Windows\\system32\\lsass.exe' });
  const hosts = startServices(world, run, services);
  const msmpeng = run('msmpeng', { parent: services, after: 17, command: `"${program('msmpeng').path}"` });
  const mssense = run('mssense', { parent: services, after: 18, command: `"${program('mssense').path}"` });
  const logon = 0x20000 + world.random.branch(`logon/${journal.device.name}/${at}`).int(1, 0xfffff);
  const explorer = startDesktop({ ...request, winlogon, lsass, logon });
  const host = (service: string): ProcessRef => hosts.get(service) ?? services;
  return { at, system, services, lsass, winlogon, msmpeng, mssense, host, explorer, logon };
};

/** Fields of a logon; the rest is added by the caller. */
export const logonFields = (
  account: { readonly name: string; readonly domain: string; readonly sid: string },
  facts: { readonly type: string; readonly logon: number; readonly admin?: boolean; readonly protocol?: string },
) => ({
  ActionType: 'LogonSuccess',
  LogonType: facts.type,
  AccountName: account.name,
  AccountDomain: account.domain,
  AccountSid: account.sid,
  Protocol: facts.protocol ?? (facts.type === 'Interactive' ? 'Negotiate' : 'Kerberos'),
  IsLocalAdmin: facts.admin ?? false,
  LogonId: facts.logon,
});

const shiftsOf = (world: World, device: Device): { from: Ticks; to: Ticks }[] => {
  const owner = device.owner;
  if (!owner) return [];
  const random = world.random.branch(`shifts/${device.name}`);
  const list: { from: Ticks; to: Ticks }[] = [];
  for (let index = -1; index < world.window.days + 1; index += 1) {
    const from = index * day + (owner.from - owner.site.utcOffset) * hour + random.int(0, 50) * minute;
    const weekend = [0, 6].includes(world.window.weekday(from, owner.site.utcOffset));
    if (!random.chance(weekend ? 0.06 : 0.93)) continue;
    list.push({ from, to: from + (owner.to - owner.from) * hour - random.int(0, 60) * minute });
  }
  return list;
};

const bootTimes = (world: World, device: Device, shifts: readonly { readonly from: Ticks }[]): Ticks[] => {
  const random = world.random.branch(`boots/${device.name}`);
  const times = [-random.int(2, 90) * hour];
  if (device.kind !== 'workstation') return [...times, random.int(9, 20) * day + 2 * hour + random.int(0, 7200) * second];
  let next = random.int(1, 8);
  for (const shift of shifts) {
    next -= 1;
    if (next > 0 || shift.from < 0) continue;
    times.push(shift.from - random.int(2, 6) * minute);
    next = random.int(4, 9);
  }
  return times;
};

/** A Windows device with every start of it in the window. */
export const createMachine = (world: World, device: Device): Machine => {
  const journal = world.journal(device);
  const shifts = shiftsOf(world, device);
  const boots = bootTimes(world, device, shifts).map((at) => bootWindows({ world, journal, at, owner: device.owner }));
  return {
    device,
    journal,
    shifts,
    boot: (at) => {
      const found = boots.findLast((boot) => boot.at + 2 * minute < at) ?? boots[0];
      if (!found) throw new Error(`${device.name} was never started.`);
      return found;
    },
  };
};
