import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { hashOf } from '../files';
import { touchFile } from '../events';
import { minute, second } from '../window';
import type { Story } from './stage';

const preparations = [
  ['vssadmin', 'vssadmin.exe delete shadows /all /quiet'],
  ['wbadmin', 'wbadmin.exe delete catalog -quiet'],
  ['bcdedit', 'bcdedit.exe /set {default} recoveryenabled No'],
  ['bcdedit', 'bcdedit.exe /set {default} bootstatuspolicy ignoreallfailures'],
  ['wevtutil', 'wevtutil.exe cl Security'],
  ['taskkill', 'taskkill.exe /f /im sqlservr.exe'],
] as const;

/** Ransomware on a file server: recovery is taken away first, then files change their names in great number. */
export const ransomware: Story = (stage) => {
  const { world, random, time } = stage;
  const server = stage.server('file');
  const at = stage.when(2, 3, server.device);
  const boot = server.boot(at);
  const path = 'C:\\ProgramData\\svc\\winupd.exe';
  const file = world.files.add(path, { content: 'locker program', size: 684_032, threat: 'Ransom:Win64/Sample' });
  touchFile(server.act(boot.system, at - minute), file, { ActionType: 'FileCreated', RequestProtocol: 'SMB', ShareName: 'C$' });
  const locker = server.journal.start({
    file,
    at,
    parent: boot.services,
    command: `"${path}" --path D:\\Shares`,
    account: world.organization.system,
    integrity: 'System',
  });
  const shell = server.run('cmd', { at: at + 5 * second, parent: locker, command: 'cmd.exe /c C:\\ProgramData\\svc\\prep.bat' });
  preparations.forEach(([key, command], index) => server.run(key, { at: at + (8 + index * 3) * second, parent: shell, command }));
  const count = random.int(150, 190);
  const first = at + 2 * minute;
  let last = first;
  for (let index = 0; index < count; index += 1) {
    last = first + index * 2 * second;
    const name = `D:\\Shares\\${['projects', 'sales', 'hr'][index % 3]}\\document_${String(index).padStart(4, '0')}.xlsx`;
    touchFile(server.act(locker, last), world.files.add(`${name}.lockd`), {
      ActionType: 'FileRenamed',
      PreviousFolderPath: name,
      PreviousFileName: name.slice(name.lastIndexOf('\\') + 1),
    });
  }
  for (const share of ['projects', 'sales', 'hr'])
    touchFile(
      server.act(locker, last + second),
      world.files.add(`D:\\Shares\\${share}\\HOW_TO_RECOVER.txt`, { content: 'ransom note', size: 1204 }),
      { ActionType: 'FileCreated' },
    );
  raise(world, {
    ...alarms.ransomware,
    at: last + minute,
    evidence: [{ device: server.device }, { device: server.device, process: locker }, { device: server.device, file }],
  });
  return {
    story: `On ${server.device.short}, winupd.exe removed shadow copies and backups and renamed ${count} files within minutes.`,
    answers: {
      'ransomware-renames': [[server.device.name, 'winupd.exe', hashOf(file, 'sha256'), 'lockd', count, time(first), time(last)]],
      'ransomware-recovery': preparations.slice(0, 5).map(([, command]) => [server.device.name, command]),
    },
  };
};
