import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { noteAbout, touchFile } from '../events';
import type { Person } from '../staff';
import { minute, second, type Ticks } from '../window';
import { sortedRows, type Actor, type Stage, type Story } from './stage';
import type { ProcessRef } from '../journal';

/** A process opens the memory of lsass and writes it to a file. */
const dump = (stage: Stage, actor: Actor, { by, path }: { readonly by: ProcessRef; readonly path: string }): void => {
  const lsass = actor.boot(by.at).lsass;
  noteAbout(actor.act(by, by.at + second), { action: 'OpenProcessApiCall', target: lsass, more: { DesiredAccess: 2097151 } });
  touchFile(actor.act(by, by.at + 4 * second), stage.world.files.add(path, { size: 58_720_256 }), { ActionType: 'FileCreated' });
};

/** Through a remote session, with what Windows brings. */
const dumpRemotely = ({ person, from, server, at }: { person: Person; from: Actor; server: Actor; at: Ticks }): ProcessRef => {
  const remote = server.boot(at);
  const host = server.run('powershell', {
    at,
    parent: remote.host('WinRM'),
    command: 'powershell.exe -Version 5.1 -s -NoLogo -NoProfile',
    account: person,
    integrity: 'High',
    remote: { device: from.device.short, ip: from.device.ip },
  });
  const command = `"C:\\Windows\\System32\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll MiniDump ${remote.lsass.pid} C:\\ProgramData\\m.bin full`;
  return server.run('rundll32', { at: at + 12 * second, parent: host, command, images: ['comsvcs', 'dbgcore'] });
};

/** Credentials taken out of the memory of lsass, once with a tool that belongs on a disk and once with what Windows brings. */
export const lsass: Story = (stage) => {
  const { world } = stage;
  const { person, actor } = stage.victim('it');
  const server = stage.server('app');
  const at = stage.when(7, person.from + 1, actor.device);
  const boot = actor.boot(at);
  const shell = actor.run('cmd', {
    at,
    parent: boot.explorer ?? boot.services,
    command: '"C:\\Windows\\system32\\cmd.exe"',
    integrity: 'High',
  });
  const tool = actor.run('procdump', {
    at: at + 20 * second,
    parent: shell,
    command: 'procdump64.exe -accepteula -ma lsass.exe C:\\Windows\\Temp\\l.dmp',
    images: ['dbghelp', 'dbgcore'],
  });
  dump(stage, actor, { by: tool, path: 'C:\\Windows\\Temp\\l.dmp' });

  const later = at + 35 * minute;
  const rundll = dumpRemotely({ person, from: actor, server, at: later });
  dump(stage, server, { by: rundll, path: 'C:\\ProgramData\\m.bin' });

  raise(world, {
    ...alarms.lsass,
    at: later + 3 * minute,
    evidence: [
      { device: actor.device },
      { device: server.device },
      { device: actor.device, process: tool },
      { device: server.device, process: rundll },
      { account: person },
    ],
  });
  return {
    story: `${person.display}'s account dumped lsass on ${actor.device.short} with ProcDump, and on ${server.device.short} with comsvcs.dll through a remote session.`,
    answers: {
      'lsass-dump': sortedRows(
        [
          [actor.device.name, person.name, 'procdump64.exe', 'C:\\Windows\\Temp\\l.dmp'],
          [server.device.name, person.name, 'rundll32.exe', 'C:\\ProgramData\\m.bin'],
        ],
        0,
      ),
    },
  };
};
