import { createDesk, type Activity, type Desk } from './activity/desk';
import { keepReporting, listCertificates } from './activity/heartbeat';
import { browse, chat, exportPayments, mistype, readMail, signInAgain, writeDocument } from './activity/office';
import { answerDirectory, answerNames, backUp, portOf, replicate, runJob, serveClient, serveWeb } from './activity/server';
import { administer, connectToServer, develop, runAccounts } from './activity/specialist';
import {
  brokerWork,
  index,
  installUpdate,
  managementScript,
  reportToCloud,
  scanFiles,
  scheduledTask,
  updatePrograms,
  useDrive,
  writeServiceState,
} from './activity/system';
import { auditRule, blockInbound, inspectProcess, registerUpdater, usePipe, warnOfPage } from './activity/sensor';
import { liveUnix } from './activity/unix';
import type { Machine } from './machine';
import type { Device } from './devices';
import type { Person } from './staff';
import { day, type Ticks } from './window';
import type { World } from './world';

type Mix = readonly (readonly [weight: number, activity: Activity])[];

const background: Mix = [
  [6, scheduledTask],
  [3, updatePrograms],
  [8, scanFiles],
  [9, reportToCloud],
  [6, brokerWork],
  [4, index],
  [9, writeServiceState],
  [1.2, managementScript],
  [0.5, installUpdate],
  [3, inspectProcess],
  [2.5, usePipe],
  [0.8, blockInbound],
  [0.3, registerUpdater],
];

const desktop: Mix = [
  [14, readMail],
  [9, writeDocument],
  [18, browse],
  [12, chat],
  [5, signInAgain],
  [0.6, mistype],
  [0.15, useDrive],
  [0.25, warnOfPage],
  [0.2, auditRule],
];

const extra: Readonly<Record<Person['role'], Mix>> = {
  office: [],
  sales: [[6, browse]],
  executive: [[8, readMail]],
  finance: [
    [8, runAccounts],
    [3, exportPayments],
  ],
  developer: [[22, develop]],
  it: [[10, administer]],
};

const serverMix = (device: Device): Mix => {
  if (device.kind === 'dc')
    return [
      [30, answerDirectory],
      [14, answerNames],
      [3, replicate],
      [1, runJob],
    ];
  const role = device.role ?? 'app';
  const work: Mix = role === 'web' ? [[22, serveWeb]] : [[22, serveClient(portOf[role])]];
  return [...work, [2, runJob], ...(role === 'backup' ? ([[10, backUp]] as const) : [])];
};

/** How many events an activity made so far, so that budgets are met. */
interface Pace {
  events: number;
  activities: number;
}

/** Fills a stretch of time with about `events` events of a mix, in time order. */
const fill = (desk: Desk, pace: Pace, stretch: { from: Ticks; to: Ticks; events: number; mix: Mix }): void => {
  const { random, journal } = desk;
  const wanted = (stretch.events * pace.activities) / pace.events;
  const count = Math.floor(wanted) + (random.chance(wanted % 1) ? 1 : 0);
  const times = Array.from({ length: count }, () => stretch.from + Math.floor(random.next() * (stretch.to - stretch.from)))
    .filter((at) => at < desk.world.window.until)
    .sort((left, right) => left - right);
  const before = journal.size;
  for (const at of times) random.weighted(stretch.mix)(desk, at);
  pace.events += journal.size - before;
  pace.activities += times.length;
};

const liveWorkstation = (world: World, machine: Machine, budget: number): void => {
  const owner = machine.device.owner;
  if (!owner) return;
  const shifts = machine.shifts.filter(({ from }) => from >= 0 && from < world.window.until);
  const servers = world.devices('server');
  const mix: Mix = [
    ...desktop,
    ...background,
    ...extra[owner.role],
    ...(owner.role === 'it' && servers.length > 0
      ? ([[2, (desk, at) => connectToServer(desk.random.pick(servers))(desk, at)]] as Mix)
      : []),
  ];
  const pace: Pace = { events: 25, activities: 10 };
  for (const shift of shifts) {
    const random = world.random.branch(`day/${machine.device.name}/${Math.floor(shift.from / day)}`);
    fill(createDesk(world, machine, { at: shift.from, account: owner, random }), pace, {
      ...shift,
      events: (budget * 0.88) / Math.max(1, shifts.length),
      mix,
    });
  }
  const quietPace: Pace = { events: 18, activities: 10 };
  for (let night = 0; night < world.window.days; night += 1) {
    const random = world.random.branch(`night/${machine.device.name}/${night}`);
    fill(createDesk(world, machine, { at: night * day, account: world.organization.system, random }), quietPace, {
      from: night * day,
      to: (night + 1) * day,
      events: (budget * 0.12) / world.window.days,
      mix: background,
    });
  }
};

const liveServer = (world: World, machine: Machine, budget: number): void => {
  const mix = [...serverMix(machine.device), ...background.map(([weight, activity]) => [weight / 4, activity] as const)];
  const account =
    world.organization.services.find(({ name }) => name === (machine.device.role === 'sql' ? 'svc-sql' : 'svc-web')) ??
    world.organization.system;
  const pace: Pace = { events: 16, activities: 10 };
  for (let date = 0; date < world.window.days; date += 1) {
    const random = world.random.branch(`server/${machine.device.name}/${date}`);
    const quiet = [0, 6].includes(world.window.weekday(date * day + day / 2, machine.device.site.utcOffset)) ? 0.5 : 1.2;
    fill(createDesk(world, machine, { at: date * day, account, random }), pace, {
      from: date * day,
      to: (date + 1) * day,
      events: (budget * quiet) / world.window.days,
      mix,
    });
  }
};

/** A month of one device, about `budget` events in all, and what it reported of itself. Its journal is not yet flushed. */
export const live = (
  world: World,
  facts: { readonly device: Device; readonly machine: Machine | undefined; readonly budget: number },
): void => {
  const { device, machine, budget } = facts;
  keepReporting(world, device, budget);
  if (!machine) {
    liveUnix(world, device, budget);
    return;
  }
  listCertificates(world, device);
  const rest = Math.max(0, budget - machine.journal.size);
  if (device.kind === 'workstation') liveWorkstation(world, machine, rest);
  else liveServer(world, machine, rest);
};
