import { raise } from '../alerts';
import { noteAbout, touchFile } from '../events';
import { minute, second } from '../window';
import { sortedRows, type Actor, type Stage, type Story } from './stage';
import type { ProcessRef } from '../journal';

/** A process opens the memory of lsass and writes it to a file. */
const dump = (stage: Stage, actor: Actor, by: ProcessRef, path: string): void => {
  const lsass = actor.boot(by.at).lsass;
  noteAbout(actor.act(by, by.at + second), { action: 'OpenProcessApiCall', target: lsass, more: { DesiredAccess: 2097151 } });
  touchFile(actor.act(by, by.at + 4 * second), stage.world.files.add(path, { size: 58_720_256 }), { ActionType: 'FileCreated' });
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
  dump(stage, actor, tool, 'C:\\Windows\\Temp\\l.dmp');

  const later = at + 35 * minute;
  const remote = server.boot(later);
  const host = server.run('powershell', {
    at: later,
    parent: remote.host('WinRM'),
    command: 'powershell.exe -Version 5.1 -s -NoLogo -NoProfile',
    account: person,
    integrity: 'High',
    remote: { device: actor.device.short, ip: actor.device.ip },
  });
  const command = `"C:\\Windows\\System32\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll MiniDump ${remote.lsass.pid} C:\\ProgramData\\m.bin full`;
  const rundll = server.run('rundll32', { at: later + 12 * second, parent: host, command, images: ['comsvcs', 'dbgcore'] });
  dump(stage, server, rundll, 'C:\\ProgramData\\m.bin');

  raise(world, {
    at: later + 3 * minute,
    title: 'Process memory dump of LSASS',
    category: 'CredentialAccess',
    severity: 'High',
    service: 'Microsoft Defender for Endpoint',
    techniques: ['LSASS Memory (T1003.001)'],
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
