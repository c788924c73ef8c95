import { connect, loadImages, note, setRegistry, touchFile } from '../events';
import { logonFields } from '../machine';
import type { Device, ServerRole } from '../devices';
import { minute, second } from '../window';
import { launch, type Activity, type Desk } from './desk';

const clients = (desk: Desk): readonly Device[] => desk.world.devices('workstation');

/** A person's device opens a share or a service: a network logon and a connection that comes in. */
export const serveClient =
  (port: number): Activity =>
  (desk, at) => {
    const client = desk.random.pick(clients(desk));
    const owner = client.owner ?? desk.account;
    const by = port === 1433 ? desk.app('sqlservr', at, `"${desk.program('sqlservr').path}" -sMSSQLSERVER`) : desk.boot.system;
    connect(desk.act(by, at), {
      ip: client.ip,
      port: desk.random.int(49_200, 65_000),
      localPort: port,
      action: 'InboundConnectionAccepted',
    });
    if (desk.random.chance(0.6)) {
      desk.journal.emit(
        'DeviceLogonEvents',
        { at: at + 4_000_000 },
        {
          ...logonFields(owner, { type: 'Network', logon: 0x400000 + desk.random.int(1, 0xffffff) }),
          RemoteDeviceName: client.short,
          RemoteIP: client.ip,
          RemoteIPType: 'Private',
        },
      );
    }
    if (port === 445 && desk.random.chance(0.5)) {
      const file = desk.world.files.add(
        `D:\\Shares\\${desk.random.pick(['projects', 'sales', 'hr', 'public'])}\\${desk.random.hex(6)}.docx`,
      );
      touchFile(desk.act(desk.boot.system, at + second), file, {
        ActionType: desk.random.chance(0.7) ? 'FileModified' : 'FileCreated',
        RequestProtocol: 'SMB',
        RequestSourceIP: client.ip,
        RequestSourcePort: desk.random.int(49_200, 65_000),
        RequestAccountName: owner.name,
        RequestAccountDomain: owner.domain,
        RequestAccountSid: owner.sid,
        ShareName: 'D$',
      });
    }
  };

export const serveWeb: Activity = (desk, at) => {
  const worker = desk.app(
    'w3wp',
    at,
    `c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "Intranet" -v "v4.0" -l "webengine4.dll" -a \\\\.\\pipe\\iisipm${desk.random.guid()} -h "C:\\inetpub\\temp\\apppools\\Intranet\\Intranet.config"`,
  );
  connect(desk.act(worker, at), {
    ip: desk.random.chance(0.5) ? desk.random.pick(clients(desk)).ip : `203.0.114.${desk.random.int(2, 250)}`,
    port: desk.random.int(49_200, 65_000),
    localPort: 443,
    action: 'InboundConnectionAccepted',
  });
  if (desk.random.chance(0.2))
    touchFile(
      desk.act(worker, at + second),
      desk.world.files.add(`C:\\inetpub\\temp\\IIS Temporary Compressed Files\\Intranet\\$^_gzip_${desk.random.hex(8)}.js`),
      { ActionType: 'FileCreated' },
    );
  if (desk.random.chance(0.1))
    launch(desk, 'csc', {
      at: at + 2 * second,
      parent: worker,
      command: `"${desk.program('csc').path}" /t:library /utf8output @"C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\${desk.random.hex(8)}\\${desk.random.hex(8)}.cmdline"`,
    });
};

export const runJob: Activity = (desk, at) => {
  const script = desk.random.pick(['rotate-logs', 'sync-users', 'check-certs', 'export-orders']);
  const shell = launch(desk, 'powershell', {
    at,
    parent: desk.boot.host('Schedule'),
    system: true,
    command: `powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\${script}.ps1`,
  });
  note(desk.act(shell, at + second), 'PowerShellCommand', {
    Command: desk.random.pick(['Get-ChildItem', 'Import-Csv', 'Get-ChildItem', 'Compress-Archive']),
  });
  touchFile(desk.act(shell, at + 3 * second), desk.world.files.add(`C:\\Scripts\\logs\\${script}-${desk.random.hex(6)}.log`), {
    ActionType: 'FileCreated',
  });
};

export const backUp: Activity = (desk, at) => {
  const agent = desk.app('backup', at, `"${desk.program('backup').path}" --service`);
  const target = desk.random.pick(desk.world.devices('server'));
  connect(desk.act(agent, at), { ip: target.ip, port: 445 });
  touchFile(
    desk.act(agent, at + minute),
    desk.world.files.add(`E:\\Backups\\${target.short}\\${desk.random.hex(10)}.vbk`, { size: 2_000_000_000 }),
    { ActionType: 'FileCreated' },
  );
};

export const answerDirectory: Activity = (desk, at) => {
  const client = desk.random.pick(clients(desk));
  const owner = client.owner ?? desk.account;
  const port = desk.random.weighted([
    [5, 88],
    [3, 389],
    [2, 445],
    [1, 636],
  ]);
  connect(desk.act(desk.boot.lsass, at), {
    ip: client.ip,
    port: desk.random.int(49_200, 65_000),
    localPort: port,
    action: 'InboundConnectionAccepted',
  });
  if (!desk.random.chance(0.55)) return;
  const failed = desk.random.chance(0.03);
  desk.journal.emit(
    'DeviceLogonEvents',
    { at: at + 3_000_000, by: failed ? desk.boot.lsass : undefined },
    {
      ...logonFields(owner, { type: 'Network', logon: 0x500000 + desk.random.int(1, 0xffffff) }),
      ...(failed && { ActionType: 'LogonFailed', FailureReason: 'InvalidUserNameOrPassword' }),
      RemoteDeviceName: client.short,
      RemoteIP: client.ip,
      RemoteIPType: 'Private',
    },
  );
};

export const answerNames: Activity = (desk, at) => {
  const server = desk.app('dns', at, 'C:\\Windows\\system32\\dns.exe');
  connect(desk.act(server, at), {
    ip: desk.random.pick(clients(desk)).ip,
    port: desk.random.int(49_200, 65_000),
    localPort: 53,
    action: 'InboundConnectionAccepted',
    protocol: 'Udp',
  });
};

export const replicate: Activity = (desk, at) => {
  const other = desk.world.devices('dc').find((each) => each !== desk.device);
  const service = desk.app('dfsrs', at, 'C:\\Windows\\system32\\DFSRs.exe');
  if (other) connect(desk.act(service, at), { ip: other.ip, port: 5722 });
  loadImages(desk.act(desk.boot.lsass, at + second), [desk.program('samlib')]);
  setRegistry(desk.act(desk.boot.lsass, at + 2 * second), {
    key: 'HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\NTDS\\Parameters',
    name: 'Last Backup',
    data: String(desk.random.int(1, 99_999)),
    type: 'Dword',
  });
};

export const portOf: Readonly<Record<ServerRole, number>> = { file: 445, web: 443, sql: 1433, app: 8443, backup: 445 };
