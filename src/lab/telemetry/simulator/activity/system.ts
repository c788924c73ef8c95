import { encodeCommand, loadImages, note, setRegistry, touchFile, visit } from '../events';
import { defenderHosts, systemHosts, updateHosts } from '../hosts.data';
import { minute, second } from '../window';
import { launch, type Activity } from './desk';

export const scheduledTask: Activity = (desk, at) => {
  const task = desk.random.pick([
    'NetworkStateChangeTask',
    'Maintenance Configurator',
    'USO_UxBroker',
    'SR',
    'SmartScreenSpecific',
    'Consolidator',
  ]);
  const by = desk.boot.host('Schedule');
  const process = launch(desk, desk.random.pick(['taskhostw', 'taskhostw', 'usoclient', 'dllhost']), {
    at,
    parent: by,
    system: true,
    command: `taskhostw.exe ${task}`,
  });
  loadImages(desk.act(process, at), [desk.program('taskschd')]);
  if (desk.random.chance(0.3)) visit(desk.act(by, at + second), desk.random.pick(systemHosts));
};

export const updatePrograms: Activity = (desk, at) => {
  const { random } = desk;
  const [key, argument] = random.pick([
    ['edgeupdate', '/ua /installsource scheduler'],
    ['googleupdater', '--wake --system'],
    ['onedriveupdater', '/reporting'],
    ['adobearm', '/PRODUCT:Acrobat /MODE:2'],
  ] as const);
  const updater = launch(desk, key, {
    at,
    parent: desk.boot.host('Schedule'),
    system: true,
    command: `"${desk.program(key).path}" ${argument}`,
  });
  visit(desk.act(updater, at + 2 * second), random.pick(updateHosts));
  setRegistry(desk.act(updater, at + 4 * second), {
    key: `HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\${key === 'edgeupdate' ? 'Microsoft\\EdgeUpdate' : 'Google\\Update'}\\ClientState`,
    name: 'LastCheckSuccess',
    data: String(random.int(1e9, 2e9)),
    type: 'Dword',
  });
  if (!random.chance(0.2)) return;
  const file = desk.world.files.add(`C:\\Windows\\SystemTemp\\${key}${random.hex(4)}\\setup_${random.int(100, 999)}.exe`, {
    content: `${key} setup`,
    size: 1_800_000,
  });
  touchFile(desk.act(updater, at + 9 * second), file, {
    ActionType: 'FileCreated',
    FileOriginUrl: `https://${random.pick(updateHosts).name}/release`,
  });
};

export const scanFiles: Activity = (desk, at) => {
  const { random, boot } = desk;
  visit(desk.act(boot.msmpeng, at), random.pick(defenderHosts));
  if (random.chance(0.1))
    note(desk.act(boot.msmpeng, at + second), 'AntivirusScanCompleted', {
      ScanTypeIndex: 'Quick',
      ScanParametersIndex: '1',
      Domain: 'NT AUTHORITY',
    });
  if (random.chance(0.15))
    launch(desk, 'mpcmdrun', {
      at: at + 2 * second,
      parent: boot.host('Schedule'),
      system: true,
      command: `"${desk.program('mpcmdrun').path}" -IdleTask -TaskName WdCacheMaintenance`,
    });
  if (random.chance(0.2))
    setRegistry(desk.act(boot.msmpeng, at + 3 * second), {
      key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Defender\\Signature Updates',
      name: 'AVSignatureVersion',
      data: `1.435.${random.int(1, 700)}.0`,
    });
};

export const reportToCloud: Activity = (desk, at) => {
  visit(desk.act(desk.boot.mssense, at), desk.random.pick(defenderHosts));
  if (desk.random.chance(0.1)) launch(desk, 'sensecncproxy', { at: at + second, parent: desk.boot.mssense, system: true });
};

export const brokerWork: Activity = (desk, at) => {
  const { random, boot } = desk;
  const parent = boot.host('DcomLaunch');
  const key = random.pick(['runtimebroker', 'backgroundtask', 'dllhost', 'wmiprvse']);
  const system = key === 'wmiprvse';
  const command: Readonly<Record<string, string>> = {
    runtimebroker: 'C:\\Windows\\System32\\RuntimeBroker.exe -Embedding',
    backgroundtask: '"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca',
    dllhost: 'C:\\Windows\\system32\\DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
    wmiprvse: 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
  };
  launch(desk, key, { at, parent, ...(system ? { system: true } : { account: desk.account }), command: command[key] ?? key });
};

export const index: Activity = (desk, at) => {
  launch(desk, 'searchprotocol', {
    at,
    parent: desk.boot.services,
    system: true,
    command: `"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe${desk.random.int(1, 99)} Global\\UsGthrCtrlFltPipeMssGthrPipe${desk.random.int(1, 99)} 1 -2147483646`,
  });
};

export const writeServiceState: Activity = (desk, at) => {
  const { random, boot } = desk;
  const keys = [
    [
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tasks\\{' + random.guid().toUpperCase() + '}',
      'DynamicInfo',
      '',
      'Binary',
    ],
    ['SYSTEM\\ControlSet001\\Services\\W32Time\\Config', 'LastKnownGoodTime', String(random.int(1e9, 2e9)), 'Qword'],
    ['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Orchestrator', 'LastIndex', String(random.int(1, 90)), 'Dword'],
    [
      'SYSTEM\\ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{' + random.guid() + '}',
      'LeaseObtainedTime',
      String(random.int(1e9, 2e9)),
      'Dword',
    ],
    ['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run', 'OneDrive', '', 'Binary'],
  ] as const;
  const [key, name, data, type] = random.pick(keys);
  setRegistry(desk.act(boot.host('Schedule'), at), { key: `HKEY_LOCAL_MACHINE\\${key}`, name, data, type });
};

const inventoryScript =
  "Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' | Select-Object DeviceID,Size,FreeSpace | ConvertTo-Json -Compress";

/** The device management's own PowerShell: harmless, and encoded as an attacker's would be. */
export const managementScript: Activity = (desk, at) => {
  const { random, boot } = desk;
  const agent = desk.app('intune', at, `"${desk.program('intune').path}"`);
  if (random.chance(0.4)) {
    const shell = launch(desk, 'powershell', {
      at,
      parent: agent,
      system: true,
      command: `"powershell.exe" -NoProfile -NonInteractive -EncodedCommand ${encodeCommand(inventoryScript)}`,
    });
    note(desk.act(shell, at + second), 'PowerShellCommand', { Command: 'Get-CimInstance' });
    return;
  }
  const executor = launch(desk, 'agentexecutor', {
    at,
    parent: agent,
    system: true,
    command: `"${desk.program('agentexecutor').path}" -powershell "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\${random.guid()}.ps1"`,
  });
  const shell = launch(desk, 'powershell', {
    at: at + second,
    parent: executor,
    system: true,
    command:
      '"powershell.exe" -NoProfile -executionPolicy bypass -file "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\compliance.ps1"',
  });
  for (const name of ['Get-ItemProperty', 'Test-Path', 'Write-Output'].slice(0, random.int(1, 3)))
    note(desk.act(shell, at + 2 * second), 'PowerShellCommand', { Command: name });
  setRegistry(desk.act(boot.services, at + minute), {
    key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Policies',
    name: 'Result',
    data: 'Success',
  });
};

export const installUpdate: Activity = (desk, at) => {
  const { random, boot } = desk;
  const installer = launch(desk, 'trustedinstaller', {
    at,
    parent: boot.services,
    system: true,
    command: 'C:\\Windows\\servicing\\TrustedInstaller.exe',
  });
  const worker = launch(desk, 'tiworker', {
    at: at + second,
    parent: boot.host('DcomLaunch'),
    system: true,
    command: `${desk.program('tiworker').path} -Embedding`,
  });
  visit(desk.act(boot.host('wuauserv'), at + 2 * second), random.pick(systemHosts));
  for (let part = 0; part < 3; part += 1) {
    const file = desk.world.files.add(`C:\\Windows\\SoftwareDistribution\\Download\\${random.hex(32)}\\package${part}.cab`);
    touchFile(desk.act(worker, at + (5 + part) * second), file, { ActionType: part === 2 ? 'FileDeleted' : 'FileCreated' });
  }
  setRegistry(desk.act(installer, at + minute), {
    key: `HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.${random.int(4000, 4700)}.1.8`,
    name: 'CurrentState',
    data: '112',
    type: 'Dword',
  });
};

export const useDrive: Activity = (desk, at) => {
  const letter = desk.random.pick(['D', 'E', 'F']);
  note(desk.act(desk.boot.system, at), 'PnpDeviceConnected', {
    ClassName: 'DiskDrive',
    DeviceId: `USBSTOR\\Disk&Ven_SanDisk&Prod_Ultra&Rev_1.00\\${desk.random.hex(20).toUpperCase()}&0`,
    VendorIds: 'USBSTOR\\DiskSanDisk_Ultra',
  });
  note(desk.act(desk.boot.system, at + second), 'UsbDriveMounted', {
    DriveLetter: `${letter}:`,
    BusType: 'Usb',
    ProductName: 'Ultra',
    Manufacturer: 'SanDisk',
    SerialNumber: desk.random.hex(20).toUpperCase(),
    Volume: `\\\\?\\Volume{${desk.random.guid()}}`,
  });
  note(desk.act(desk.boot.system, at + 40 * minute), 'UsbDriveUnmounted', {
    DriveLetter: `${letter}:`,
    BusType: 'Usb',
    ProductName: 'Ultra',
    Manufacturer: 'SanDisk',
  });
};
