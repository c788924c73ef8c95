import { connect, encodeCommand, note, setRegistry, touchFile, visit } from '../events';
import { developerHosts } from '../hosts.data';
import { logonFields } from '../machine';
import type { Device } from '../devices';
import { minute, second, type Ticks } from '../window';
import { launch, type Activity, type Desk } from './desk';

const repositories = ['billing', 'portal', 'warehouse', 'mobile-api', 'design-system', 'ingest'];

export const develop: Activity = (desk, at) => {
  const { random } = desk;
  const code = desk.app('code', at);
  const repository = `C:\\src\\${random.pick(repositories)}`;
  const shell = launch(desk, random.chance(0.5) ? 'cmd' : 'powershell', {
    at,
    parent: code,
    command: random.chance(0.5)
      ? 'C:\\Windows\\System32\\cmd.exe /d /s /c "npm run test"'
      : '"powershell.exe" -noexit -command ". \\"shellIntegration.ps1\\""',
  });
  const commands = [
    ['git', `git.exe -C ${repository} fetch --prune origin`],
    ['git', `git.exe -C ${repository} status -z -uall`],
    ['node', `"C:\\Program Files\\nodejs\\node.exe" ${repository}\\node_modules\\jest\\bin\\jest.js --runInBand`],
    ['node', '"C:\\Program Files\\nodejs\\node.exe" "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js" ci'],
    ['python', `"C:\\Program Files\\Python313\\python.exe" ${repository}\\tools\\migrate.py --check`],
  ] as const;
  for (let index = 0; index < random.int(1, 3); index += 1) {
    const [key, command] = random.pick(commands);
    const when = at + (index * 40 + 3) * second;
    const process = launch(desk, key, { at: when, parent: shell, command });
    visit(desk.act(process, when + second), random.pick(developerHosts));
    if (key !== 'node') continue;
    touchFile(desk.act(process, when + 4 * second), desk.world.files.add(`${repository}\\node_modules\\.cache\\${random.hex(12)}.json`), {
      ActionType: 'FileCreated',
    });
  }
};

const adminCommands = [
  ['ipconfig', 'ipconfig /all'],
  ['net', 'net use Z: \\\\FS01\\tools'],
  ['whoami', 'whoami /groups'],
  ['systeminfo', 'systeminfo'],
  ['tasklist', 'tasklist /svc'],
  ['schtasks', 'schtasks /query /fo LIST'],
  ['sc', 'sc query wuauserv'],
  ['reg', 'reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" /v ReleaseId'],
] as const;

export const administer: Activity = (desk, at) => {
  const { random } = desk;
  const shell = launch(desk, 'powershell', {
    at,
    parent: desk.boot.explorer ?? desk.boot.services,
    command: `"${desk.program('powershell').path}"`,
  });
  for (const cmdlet of random.pick([
    ['Get-ADUser', 'Set-ADUser'],
    ['Get-Service', 'Restart-Service'],
    ['Get-EventLog', 'Export-Csv'],
    ['Invoke-Command', 'Get-HotFix'],
  ])) {
    note(desk.act(shell, at + 20 * second), 'PowerShellCommand', { Command: cmdlet });
  }
  const [key, command] = random.pick(adminCommands);
  launch(desk, key, { at: at + minute, parent: shell, command });
  if (random.chance(0.3))
    launch(desk, 'powershell', {
      at: at + 2 * minute,
      parent: shell,
      command: `powershell.exe -NoProfile -EncodedCommand ${encodeCommand('Get-ADComputer -Filter * -Properties LastLogonDate | Export-Csv C:\\Reports\\computers.csv')}`,
    });
};

/** A remote desktop session from this desk to a server, seen on both. */
export const connectToServer =
  (target: Device): Activity =>
  (desk: Desk, at: Ticks) => {
    const client = launch(desk, 'mstsc', {
      at,
      parent: desk.boot.explorer ?? desk.boot.services,
      command: `"C:\\Windows\\system32\\mstsc.exe" /v:${target.name}`,
    });
    connect(desk.act(client, at + second), { ip: target.ip, port: 3389, url: target.name });
    const server = desk.world.journal(target);
    server.emit(
      'DeviceLogonEvents',
      { at: at + 3 * second },
      {
        ...logonFields(desk.account, {
          type: 'RemoteInteractive',
          logon: 0x300000 + desk.random.int(1, 0xfffff),
          admin: true,
          protocol: 'Negotiate',
        }),
        RemoteDeviceName: desk.device.short,
        RemoteIP: desk.device.ip,
        RemoteIPType: 'Private',
      },
    );
  };

export const runAccounts: Activity = (desk, at) => {
  const excel = desk.app('excel', at);
  setRegistry(desk.act(excel, at), {
    key: `HKEY_CURRENT_USER\\${desk.account.sid}\\Software\\Microsoft\\Office\\16.0\\Excel\\Security\\Trusted Documents\\TrustRecords`,
    name: `%USERPROFILE%/Documents/ledger_${desk.random.int(1, 40)}.xlsm`,
    type: 'Binary',
    data: '',
  });
  visit(desk.act(excel, at + 3 * second), { name: 'api.rates.example', prefix: '104.21.33' });
};
