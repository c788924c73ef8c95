import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { domainLogon } from '../cloud/directory';
import { connect, noteAbout, touchFile } from '../events';
import type { ProcessRef } from '../journal';
import { logonFields } from '../machine';
import type { Person } from '../staff';
import { minute, second, type Ticks } from '../window';
import { sortedRows, type Actor, type Stage, type Story } from './stage';

interface Hop {
  readonly stage: Stage;
  readonly from: Actor;
  readonly to: Actor;
  readonly account: Person;
  readonly shell: ProcessRef;
  readonly at: Ticks;
}

/** The logon that every hop leaves on the device it reaches. */
const arrive = ({ stage, from, to, account, at }: Hop): number => {
  const logon = 0x900000 + stage.random.int(1, 0xffff);
  to.journal.emit(
    'DeviceLogonEvents',
    { at },
    {
      ...logonFields(account, { type: 'Network', logon, admin: true, protocol: 'NTLM' }),
      RemoteDeviceName: from.device.short,
      RemoteIP: from.device.ip,
      RemoteIPType: 'Private',
    },
  );
  domainLogon(stage.world, stage.random, {
    at: at + second,
    account,
    from: from.device,
    to: stage.controller().device,
    protocol: 'Ntlm',
    target: to.device.name,
  });
  return logon;
};

const byService = (hop: Hop): ProcessRef => {
  const { stage, from, to, account, at } = hop;
  const client = from.run('psexec', {
    at: at - 2 * second,
    parent: hop.shell,
    command: `PsExec64.exe \\\\${to.device.short} -accepteula -s cmd /c "whoami & hostname & net user"`,
  });
  connect(from.act(client, at), { ip: to.device.ip, port: 445 });
  arrive(hop);
  const boot = to.boot(at);
  const file = stage.world.files.program('psexesvc');
  touchFile(to.act(boot.system, at + second), file, {
    ActionType: 'FileCreated',
    RequestProtocol: 'SMB',
    RequestSourceIP: from.device.ip,
    RequestAccountName: account.name,
    RequestAccountDomain: account.domain,
    RequestAccountSid: account.sid,
    ShareName: 'ADMIN$',
  });
  noteAbout(to.act(boot.services, at + 2 * second), {
    action: 'ServiceInstalled',
    file,
    more: { ServiceName: 'PSEXESVC', ServiceAccount: 'LocalSystem', ServiceStartType: 3, ServiceType: 16 },
  });
  const service = to.run('psexesvc', {
    at: at + 3 * second,
    parent: boot.services,
    command: 'C:\\Windows\\PSEXESVC.exe',
    account: stage.world.organization.system,
    integrity: 'System',
  });
  return to.run('cmd', { at: at + 4 * second, parent: service, command: 'cmd /c "whoami & hostname & net user"' });
};

const byWmi = (hop: Hop): ProcessRef => {
  const { from, to, account, at } = hop;
  const client = from.run('wmic', {
    at: at - 2 * second,
    parent: hop.shell,
    command: `wmic /node:"${to.device.short}" process call create "cmd.exe /c reg save HKLM\\SAM C:\\Windows\\Temp\\s.hiv"`,
  });
  connect(from.act(client, at), { ip: to.device.ip, port: 135 });
  arrive(hop);
  const boot = to.boot(at);
  const provider = to.run('wmiprvse', {
    at: at + second,
    parent: boot.host('DcomLaunch'),
    command: 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    images: ['wbemcomn'],
  });
  const shell = to.run('cmd', {
    at: at + 2 * second,
    parent: provider,
    command: 'cmd.exe /c reg save HKLM\\SAM C:\\Windows\\Temp\\s.hiv',
    account,
    integrity: 'High',
    remote: { device: from.device.short, ip: from.device.ip },
  });
  to.run('reg', { at: at + 3 * second, parent: shell, command: 'reg save HKLM\\SAM C:\\Windows\\Temp\\s.hiv' });
  return shell;
};

/** An administrator's stolen account moves from one workstation to the servers, by PsExec and by WMI. */
export const lateral: Story = (stage) => {
  const { world } = stage;
  const { person, actor } = stage.victim('it');
  const at = stage.when(6, person.from + 5, actor.device);
  const boot = actor.boot(at);
  const shell = actor.run('cmd', {
    at,
    parent: boot.explorer ?? boot.services,
    command: '"C:\\Windows\\system32\\cmd.exe"',
    integrity: 'High',
  });
  const hop = (to: Actor, minutes: number): Hop => ({ stage, from: actor, to, account: person, shell, at: at + minutes * minute });
  const services = [stage.server('file'), stage.server('sql'), stage.server('app')];
  const children = services.map((to, index) => byService(hop(to, 3 + index * 4)));
  const wmi = [stage.server('web'), stage.server('backup')];
  wmi.forEach((to, index) => byWmi(hop(to, 20 + index * 6)));
  raise(world, {
    ...alarms.lateral,
    at: at + 40 * minute,
    evidence: [
      { device: actor.device },
      ...services.map((to, index) => ({ device: to.device, process: children[index] as ProcessRef })),
      { account: person },
    ],
  });
  return {
    story: `From ${actor.device.short}, ${person.display}'s account ran commands on three servers by PsExec and on two by WMI.`,
    answers: {
      'lateral-psexec': sortedRows(
        services.map((to) => [to.device.name, 'cmd /c "whoami & hostname & net user"', actor.device.ip, person.name]),
        0,
      ),
      'lateral-wmi': sortedRows(
        wmi.map((to) => [to.device.name, person.name, actor.device.short, actor.device.ip]),
        0,
      ),
    },
  };
};
