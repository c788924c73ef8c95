import { connect, touchFile, visit, type Act } from '../events';
import { developerHosts, unixHosts, webHosts } from '../hosts.data';
import type { Journal, ProcessRef } from '../journal';
import type { Device } from '../devices';
import type { Random } from '../random';
import { day, hour, second, type Ticks } from '../window';
import type { World } from '../world';

interface Shell {
  readonly world: World;
  readonly journal: Journal;
  readonly random: Random;
  readonly root: ProcessRef;
  readonly act: (by: ProcessRef, at: Ticks) => Act;
}

const start = (shell: Shell, key: string, facts: { at: Ticks; command: string; parent?: ProcessRef; person?: boolean }): ProcessRef => {
  const owner = shell.journal.device.owner;
  return shell.journal.start({
    file: shell.world.files.program(key),
    at: facts.at,
    command: facts.command,
    parent: facts.parent ?? shell.root,
    ...(facts.person && owner ? { account: owner, integrity: 'Medium' as const } : {}),
  });
};

const useMac = (shell: Shell, at: Ticks): void => {
  const { random } = shell;
  const browser = start(shell, random.pick(['safari', 'macchrome', 'slack']), { at, command: '/Applications', person: true });
  for (let page = 0; page < random.int(1, 3); page += 1) visit(shell.act(browser, at + page * 9 * second), random.pick(webHosts));
  if (!random.chance(0.3)) return;
  const terminal = start(shell, 'zsh', { at: at + 30 * second, command: '-zsh', person: true });
  const curl = start(shell, 'curl', {
    at: at + 40 * second,
    parent: terminal,
    command: `curl -fsSL https://${random.pick(developerHosts).name}/install.sh`,
  });
  visit(shell.act(curl, at + 41 * second), random.pick(developerHosts));
  touchFile(
    shell.act(terminal, at + 60 * second),
    shell.world.files.add(`/Users/${shell.journal.device.owner?.name ?? 'admin'}/Downloads/${random.hex(6)}.dmg`),
    { ActionType: 'FileCreated' },
  );
};

const keepMac = (shell: Shell, at: Ticks): void => {
  const service = start(shell, shell.random.pick(['softwareupdated', 'wdavdaemon']), {
    at,
    command: shell.random.pick(['softwareupdated', 'wdavdaemon edr']),
  });
  visit(shell.act(service, at + second), shell.random.pick(unixHosts));
};

const keepLinux = (shell: Shell, at: Ticks): void => {
  const { random } = shell;
  const [key, command] = random.pick([
    ['cron', '/usr/sbin/CRON -f'],
    ['apt', 'apt-get -qq update'],
    ['logrotate', '/usr/sbin/logrotate /etc/logrotate.conf'],
    ['python3', 'python3 /opt/ingest/worker.py --once'],
    ['tar', 'tar -czf /var/backups/etc.tar.gz /etc'],
  ] as const);
  const process = start(shell, key, { at, command });
  visit(shell.act(process, at + second), random.pick(unixHosts));
  touchFile(shell.act(process, at + 2 * second), shell.world.files.add(`/var/tmp/${random.hex(8)}`), { ActionType: 'FileCreated' });
};

const visitLinux = (shell: Shell, at: Ticks): void => {
  const { random, world, journal } = shell;
  const admin = random.pick(world.organization.people.filter(({ role }) => role === 'it' || role === 'developer'));
  const from = world.home(admin);
  const sshd = start(shell, 'sshd', { at, command: `sshd: ${admin.name} [priv]` });
  connect(shell.act(sshd, at), {
    ip: from?.ip ?? '10.0.0.1',
    port: random.int(49_200, 65_000),
    localPort: 22,
    action: 'InboundConnectionAccepted',
  });
  journal.emit(
    'DeviceLogonEvents',
    { at: at + second, by: sshd },
    {
      ActionType: 'LogonSuccess',
      LogonType: 'Network',
      AccountName: admin.name,
      AccountDomain: journal.device.short.toLowerCase(),
      Protocol: 'ssh',
      IsLocalAdmin: false,
      RemoteIP: from?.ip,
      RemoteIPType: 'Private',
    },
  );
  const bash = journal.start({ file: world.files.program('bash'), at: at + 2 * second, parent: sshd, account: admin, command: '-bash' });
  start(shell, 'curl', { at: at + 20 * second, parent: bash, command: 'curl -s localhost:8080/healthz' });
};

/** A month of a Mac or a Linux server, about `budget` events of it. */
export const liveUnix = (world: World, device: Device, budget: number): void => {
  const journal = world.journal(device);
  const random = world.random.branch(`unix/${device.name}`);
  const mac = device.kind === 'mac';
  const root = journal.start({
    file: world.files.program(mac ? 'launchd' : 'systemd'),
    at: -3 * day,
    account: world.organization.root,
    integrity: 'System',
    pid: 1,
    command: mac ? '/sbin/launchd' : '/usr/lib/systemd/systemd --system',
    recorded: false,
  });
  const shell: Shell = { world, journal, random, root, act: (by, at) => ({ journal, by, at, random }) };
  while (journal.size < budget) {
    const at = Math.floor(random.next() * world.window.days * 24) * hour + Math.floor(random.next() * hour);
    if (mac) (random.chance(0.7) ? useMac : keepMac)(shell, at);
    else (random.chance(0.8) ? keepLinux : visitLinux)(shell, at);
  }
};
