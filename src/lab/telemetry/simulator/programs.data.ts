/**
 * Programs of the simulated organizations: what their files are called and say about themselves. `folder` may hold {user}.
 * The same program has the same hashes everywhere.
 */
export interface Program {
  readonly name: string;
  readonly folder: string;
  readonly company: string;
  readonly product: string;
  readonly version: string;
  readonly description: string;
  readonly original: string;
  readonly size: number;
}

type Row = readonly [key: string, name: string, folder: string, description: string, size: number, original?: string];

const vendor = (company: string, product: string, version: string, rows: readonly Row[]): readonly (readonly [string, Program])[] =>
  rows.map(([key, name, folder, description, size, original]) => [
    key,
    { name, folder, company, product, version, description, original: original ?? name, size },
  ]);

const sys = 'C:\\Windows\\System32';
const windows = 'Microsoft® Windows® Operating System';
const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application';
const chrome = 'C:\\Program Files\\Google\\Chrome\\Application';
const defender = 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26080.9-0';
const sense = 'C:\\Program Files\\Windows Defender Advanced Threat Protection';

export const programs: ReadonlyMap<string, Program> = new Map([
  ...vendor('Microsoft Corporation', windows, '10.0.26100.4652', [
    ['system', 'System', '', 'NT Kernel & System', 0, 'ntoskrnl.exe'],
    ['smss', 'smss.exe', sys, 'Windows Session Manager', 168448],
    ['csrss', 'csrss.exe', sys, 'Client Server Runtime Process', 18432],
    ['wininit', 'wininit.exe', sys, 'Windows Start-Up Application', 421888],
    ['winlogon', 'winlogon.exe', sys, 'Windows Logon Application', 917504],
    ['services', 'services.exe', sys, 'Services and Controller app', 757336],
    ['lsass', 'lsass.exe', sys, 'Local Security Authority Process', 83704],
    ['svchost', 'svchost.exe', sys, 'Host Process for Windows Services', 57528],
    ['spoolsv', 'spoolsv.exe', sys, 'Spooler SubSystem App', 905216],
    ['userinit', 'userinit.exe', sys, 'Userinit Logon Application', 57344],
    ['explorer', 'explorer.exe', 'C:\\Windows', 'Windows Explorer', 5581224],
    ['dwm', 'dwm.exe', sys, 'Desktop Window Manager', 102400],
    ['sihost', 'sihost.exe', sys, 'Shell Infrastructure Host', 116224],
    ['taskhostw', 'taskhostw.exe', sys, 'Host Process for Windows Tasks', 115712],
    ['runtimebroker', 'RuntimeBroker.exe', sys, 'Runtime Broker', 107720],
    ['backgroundtask', 'backgroundTaskHost.exe', sys, 'Background Task Host', 29640],
    ['dllhost', 'dllhost.exe', sys, 'COM Surrogate', 21312],
    ['wmiprvse', 'WmiPrvSE.exe', `${sys}\\wbem`, 'WMI Provider Host', 516096],
    ['searchindexer', 'SearchIndexer.exe', sys, 'Microsoft Windows Search Indexer', 1004032],
    ['searchprotocol', 'SearchProtocolHost.exe', sys, 'Microsoft Windows Search Protocol Host', 428032],
    ['conhost', 'conhost.exe', sys, 'Console Window Host', 1048576],
    ['cmd', 'cmd.exe', sys, 'Windows Command Processor', 331776, 'Cmd.Exe'],
    ['powershell', 'powershell.exe', `${sys}\\WindowsPowerShell\\v1.0`, 'Windows PowerShell', 454656, 'PowerShell.EXE'],
    ['rundll32', 'rundll32.exe', sys, 'Windows host process (Rundll32)', 73728, 'RUNDLL32.EXE'],
    ['regsvr32', 'regsvr32.exe', sys, 'Microsoft(C) Register Server', 36864, 'REGSVR32.EXE'],
    ['reg', 'reg.exe', sys, 'Registry Console Tool', 77824],
    ['net', 'net.exe', sys, 'Net Command', 77824],
    ['net1', 'net1.exe', sys, 'Net Command', 196608],
    ['whoami', 'whoami.exe', sys, 'whoami - displays logged on user information', 90112],
    ['ipconfig', 'ipconfig.exe', sys, 'IP Configuration Utility', 49152],
    ['nltest', 'nltest.exe', sys, 'Microsoft® Logon Server Test Utility', 557056, 'nltestrk.exe'],
    ['systeminfo', 'systeminfo.exe', sys, 'Displays system information', 118784, 'sysinfo.exe'],
    ['tasklist', 'tasklist.exe', sys, 'Lists the current running tasks', 118784],
    ['taskkill', 'taskkill.exe', sys, 'Terminates Processes', 114688],
    ['schtasks', 'schtasks.exe', sys, 'Task Scheduler Configuration Tool', 262144],
    ['sc', 'sc.exe', sys, 'Service Control Manager Configuration Tool', 94208],
    ['wmic', 'WMIC.exe', `${sys}\\wbem`, 'WMI Commandline Utility', 577536, 'wmic.exe'],
    ['vssadmin', 'vssadmin.exe', sys, 'Command Line Interface for Microsoft® Volume Shadow Copy Service', 167936],
    ['wbadmin', 'wbadmin.exe', sys, 'Command Line Interface for Microsoft® BLB Backup', 385024],
    ['bcdedit', 'bcdedit.exe', sys, 'Boot Configuration Data Editor', 520192],
    ['wevtutil', 'wevtutil.exe', sys, 'Eventing Command Line Utility', 294912],
    ['certutil', 'certutil.exe', sys, 'CertUtil.exe', 2056192],
    ['bitsadmin', 'bitsadmin.exe', sys, 'BITS administration utility', 221184],
    ['mshta', 'mshta.exe', sys, 'Microsoft (R) HTML Application host', 32768],
    ['wscript', 'wscript.exe', sys, 'Microsoft ® Windows Based Script Host', 208896],
    ['mstsc', 'mstsc.exe', sys, 'Remote Desktop Connection', 1654784],
    ['notepad', 'notepad.exe', sys, 'Notepad', 360448],
    ['procdump', 'procdump64.exe', 'C:\\Tools\\Sysinternals', 'Sysinternals process dump utility', 424856, 'procdump'],
    ['wsmprovhost', 'wsmprovhost.exe', sys, 'Host process for WinRM plug-ins', 73728],
    ['w3wp', 'w3wp.exe', `${sys}\\inetsrv`, 'IIS Worker Process', 57344],
    ['dns', 'dns.exe', sys, 'Domain Name System (DNS) Server', 2301952],
    ['dfsrs', 'dfsrs.exe', sys, 'Distributed File System Replication', 3432448],
    [
      'tiworker',
      'TiWorker.exe',
      'C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.26100.4651_none',
      'Windows Modules Installer Worker',
      270336,
    ],
    ['trustedinstaller', 'TrustedInstaller.exe', 'C:\\Windows\\servicing', 'Windows Modules Installer', 204800],
    ['usoclient', 'UsoClient.exe', sys, 'UsoClient', 118784],
    ['msiexec', 'msiexec.exe', sys, 'Windows® installer', 176128],
    ['ntdll', 'ntdll.dll', sys, 'NT Layer DLL', 2498560],
    ['kernel32', 'kernel32.dll', sys, 'Windows NT BASE API Client DLL', 819200],
    ['amsi', 'amsi.dll', sys, 'Anti-Malware Scan Interface', 118784],
    ['samlib', 'samlib.dll', sys, 'SAM Library DLL', 143360],
    ['vaultcli', 'vaultcli.dll', sys, 'Credential Vault Client Library', 331776],
    ['dbghelp', 'dbghelp.dll', sys, 'Windows Image Helper', 2129920],
    ['dbgcore', 'dbgcore.dll', sys, 'Windows Core Debugging Helpers', 217088],
    ['comsvcs', 'comsvcs.dll', sys, 'COM+ Services', 1978368],
    ['winhttp', 'winhttp.dll', sys, 'Windows HTTP Services', 1114112],
    ['wininet', 'wininet.dll', sys, 'Internet Extensions for Win32', 2891776],
    ['crypt32', 'crypt32.dll', sys, 'Crypto API32', 1548288],
    ['taskschd', 'taskschd.dll', sys, 'Task Scheduler COM API', 831488],
    ['wbemcomn', 'wbemcomn.dll', sys, 'WMI', 479232],
    [
      'automation',
      'System.Management.Automation.ni.dll',
      'C:\\Windows\\assembly\\NativeImages_v4.0.30319_64\\System.Manaa57fc8cc',
      'System.Management.Automation',
      34603008,
      'System.Management.Automation.dll',
    ],
    ['clr', 'clr.dll', 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319', 'Microsoft .NET Runtime Common Language Runtime', 11534336],
    ['csc', 'csc.exe', 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319', 'Visual C# Command Line Compiler', 2776064],
    [
      'vbe7',
      'VBE7.DLL',
      'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX64\\Microsoft Shared\\VBA\\VBA7.1',
      'Visual Basic Design Time Environment',
      3674112,
    ],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft Office', '16.0.18925.20138', [
    ['outlook', 'OUTLOOK.EXE', office, 'Microsoft Outlook', 44515328],
    ['winword', 'WINWORD.EXE', office, 'Microsoft Word', 1622016],
    ['excel', 'EXCEL.EXE', office, 'Microsoft Excel', 64475136],
    ['powerpnt', 'POWERPNT.EXE', office, 'Microsoft PowerPoint', 1859584],
    ['onenote', 'ONENOTE.EXE', office, 'Microsoft OneNote', 2662400],
    [
      'clicktorun',
      'OfficeClickToRun.exe',
      'C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun',
      'Microsoft Office Click-to-Run (SxS)',
      13238272,
    ],
    [
      'mso',
      'mso.dll',
      'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX64\\Microsoft Shared\\OFFICE16',
      'Microsoft Office component',
      23068672,
    ],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft Edge', '139.0.3405.86', [
    ['msedge', 'msedge.exe', edge, 'Microsoft Edge', 4530176],
    ['edgeupdate', 'MicrosoftEdgeUpdate.exe', 'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate', 'Microsoft Edge Update', 205824],
    [
      'webview2',
      'msedgewebview2.exe',
      'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\139.0.3405.86',
      'Microsoft Edge WebView2',
      3876864,
    ],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft OneDrive', '25.139.0720.0002', [
    ['onedrive', 'OneDrive.exe', 'C:\\Program Files\\Microsoft OneDrive', 'Microsoft OneDrive', 4214784],
    ['onedriveupdater', 'OneDriveStandaloneUpdater.exe', 'C:\\Program Files\\Microsoft OneDrive', 'Standalone Updater', 3997696],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft Teams', '25198.1112.3855.2900', [
    [
      'teams',
      'ms-teams.exe',
      'C:\\Program Files\\WindowsApps\\MSTeams_25198.1112.3855.2900_x64__8wekyb3d8bbwe',
      'Microsoft Teams',
      1548288,
    ],
  ]),
  ...vendor('Microsoft Corporation', windows, '4.18.26080.9', [
    ['msmpeng', 'MsMpEng.exe', defender, 'Antimalware Service Executable', 273040],
    ['mpcmdrun', 'MpCmdRun.exe', defender, 'Microsoft Malware Protection Command Line Utility', 1629184],
    ['nissrv', 'NisSrv.exe', defender, 'Microsoft Network Realtime Inspection Service', 3234816],
    ['mssense', 'MsSense.exe', sense, 'Windows Defender Advanced Threat Protection Service Executable', 532480],
    ['senseir', 'SenseIR.exe', sense, 'Windows Defender Advanced Threat Protection Sense IR (Incident Response) module', 1056768],
    ['sensecncproxy', 'SenseCncProxy.exe', sense, 'Windows Defender Advanced Threat Protection Sense CnC Proxy', 843776],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft Intune Management Extension', '1.94.105.0', [
    [
      'intune',
      'Microsoft.Management.Services.IntuneWindowsAgent.exe',
      'C:\\Program Files (x86)\\Microsoft Intune Management Extension',
      'Intune Management Extension',
      198656,
    ],
    ['agentexecutor', 'AgentExecutor.exe', 'C:\\Program Files (x86)\\Microsoft Intune Management Extension', 'AgentExecutor', 102400],
  ]),
  ...vendor('Microsoft Corporation', 'Visual Studio Code', '1.103.1', [
    ['code', 'Code.exe', 'C:\\Users\\{user}\\AppData\\Local\\Programs\\Microsoft VS Code', 'Visual Studio Code', 195821568, 'electron.exe'],
  ]),
  ...vendor('Microsoft Corporation', 'Microsoft SQL Server', '16.0.4195.2', [
    [
      'sqlservr',
      'sqlservr.exe',
      'C:\\Program Files\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQL\\Binn',
      'SQL Server Windows NT - 64 Bit',
      727040,
    ],
    [
      'sqlagent',
      'SQLAGENT.EXE',
      'C:\\Program Files\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQL\\Binn',
      'SQLAGENT - SQL Server Agent',
      755712,
    ],
  ]),
  ...vendor('Google LLC', 'Google Chrome', '139.0.7258.128', [
    ['chrome', 'chrome.exe', chrome, 'Google Chrome', 3078144],
    ['googleupdater', 'updater.exe', 'C:\\Program Files (x86)\\Google\\GoogleUpdater\\141.0.7340.0', 'Google Updater', 5505024],
  ]),
  ...vendor('Adobe', 'Adobe Acrobat', '25.1.20643.0', [
    ['acrobat', 'Acrobat.exe', 'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat', 'Adobe Acrobat', 3145728],
    ['adobearm', 'AdobeARM.exe', 'C:\\Program Files (x86)\\Common Files\\Adobe\\ARM\\1.0', 'Adobe Reader and Acrobat Manager', 1638400],
  ]),
  ...vendor('OpenJS Foundation', 'Node.js', '22.18.0', [
    ['node', 'node.exe', 'C:\\Program Files\\nodejs', 'Node.js JavaScript Runtime', 84934656],
  ]),
  ...vendor('The Git Development Community', 'Git', '2.50.1.windows.1', [
    ['git', 'git.exe', 'C:\\Program Files\\Git\\cmd', 'Git for Windows', 46080],
  ]),
  ...vendor('Python Software Foundation', 'Python', '3.13.6', [['python', 'python.exe', 'C:\\Program Files\\Python313', 'Python', 105472]]),
  ...vendor('Igor Pavlov', '7-Zip', '25.01', [
    ['7z', '7z.exe', 'C:\\Program Files\\7-Zip', '7-Zip Console', 571904],
    ['7zfm', '7zFM.exe', 'C:\\Program Files\\7-Zip', '7-Zip File Manager', 989696],
  ]),
  ...vendor('Sysinternals - www.sysinternals.com', 'Sysinternals PsExec', '2.43', [
    ['psexec', 'PsExec64.exe', 'C:\\Tools\\Sysinternals', 'Execute processes remotely', 833472, 'psexec.c'],
    ['psexesvc', 'PSEXESVC.exe', 'C:\\Windows', 'PsExec Service', 383872, 'psexesvc.exe'],
  ]),
  ...vendor('https://rclone.org', 'Rclone', '1.70.3', [['rclone', 'rclone.exe', 'C:\\ProgramData\\sync', 'Rclone', 68157440]]),
  ...vendor('Trey Research', 'Backup Agent', '12.3.1.1139', [
    ['backup', 'BackupAgent.exe', 'C:\\Program Files\\Backup Agent', 'Backup Agent', 8912896],
  ]),
  ...vendor('', '', '', [
    ['launchd', 'launchd', '/sbin', '', 1048576],
    ['safari', 'Safari', '/Applications/Safari.app/Contents/MacOS', '', 262144],
    ['macchrome', 'Google Chrome', '/Applications/Google Chrome.app/Contents/MacOS', '', 1048576],
    ['zsh', 'zsh', '/bin', '', 1361200],
    ['softwareupdated', 'softwareupdated', '/System/Library/CoreServices/Software Update.app/Contents/Resources', '', 4194304],
    ['wdavdaemon', 'wdavdaemon_enterprise', '/Applications/Microsoft Defender.app/Contents/MacOS', '', 50331648],
    ['slack', 'Slack', '/Applications/Slack.app/Contents/MacOS', '', 1048576],
    ['brew', 'bash', '/bin', '', 1310224],
    ['systemd', 'systemd', '/usr/lib/systemd', '', 100816],
    ['sshd', 'sshd', '/usr/sbin', '', 921288],
    ['bash', 'bash', '/usr/bin', '', 1446024],
    ['cron', 'cron', '/usr/sbin', '', 59536],
    ['curl', 'curl', '/usr/bin', '', 293976],
    ['apt', 'apt-get', '/usr/bin', '', 51544],
    ['nginx', 'nginx', '/usr/sbin', '', 1297648],
    ['python3', 'python3.12', '/usr/bin', '', 8021824],
    ['tar', 'tar', '/usr/bin', '', 434320],
    ['logrotate', 'logrotate', '/usr/sbin', '', 92624],
  ]),
]);
