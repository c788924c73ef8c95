import type { Hunt } from './hunts.data';

const hour = 36_000_000_000n;
const day = 24n * hour;

const fields = `(CASE WHEN json_valid("AdditionalFields") THEN "AdditionalFields" END)`;

/**
 * Hunts over captured telemetry in the whole hunting schema, each with the best SQL we know for it. Times count back from `now`.
 * AdditionalFields is a text: SQL by hand, too, must look whether it is JSON, because DuckDB fails on the first row where it is not.
 */
export const captureHunts = (now: bigint): readonly Hunt[] => [
  {
    name: 'encoded PowerShell by parent',
    kql: `DeviceProcessEvents | where FileName =~ "powershell.exe" and ProcessCommandLine matches regex @"(?i)-enc[a-z]* " | summarize Runs = count() by DeviceName, AccountName, InitiatingProcessFileName`,
    sql: `SELECT "DeviceName", "AccountName", "InitiatingProcessFileName", count(*) AS "Runs" FROM "DeviceProcessEvents"
      WHERE lower("FileName") = 'powershell.exe' AND regexp_matches("ProcessCommandLine", '(?i)-enc[a-z]* ') GROUP BY 1, 2, 3`,
  },
  {
    name: 'values under a Run key',
    kql: String.raw`DeviceRegistryEvents | where ActionType == "RegistryValueSet" and RegistryKey endswith @"\CurrentVersion\Run" | project Timestamp, DeviceName, RegistryKey, RegistryValueName, RegistryValueData, InitiatingProcessFileName | sort by Timestamp desc`,
    sql: String.raw`SELECT "Timestamp", "DeviceName", "RegistryKey", "RegistryValueName", "RegistryValueData", "InitiatingProcessFileName" FROM "DeviceRegistryEvents"
      WHERE "ActionType" = 'RegistryValueSet' AND ends_with(lower("RegistryKey"), '\currentversion\run') ORDER BY "Timestamp" DESC`,
  },
  {
    name: 'cmdlets out of JSON',
    kql: `DeviceEvents | where ActionType == "PowerShellCommand" | extend Command = tostring(parse_json(AdditionalFields).Command) | where Command startswith "Get-" | summarize Calls = count(), Devices = dcount(DeviceId) by Command`,
    sql: `SELECT json_extract_string(${fields}, '$.Command') AS "Command", count(*) AS "Calls", count(DISTINCT "DeviceId") AS "Devices" FROM "DeviceEvents"
      WHERE "ActionType" = 'PowerShellCommand' AND json_extract_string(${fields}, '$.Command') ILIKE 'Get-%' GROUP BY 1`,
  },
  {
    name: 'who opened lsass',
    kql: `DeviceEvents | where ActionType == "OpenProcessApiCall" and FileName =~ "lsass.exe" | extend Access = tolong(parse_json(AdditionalFields).DesiredAccess) | where Access > 4096 | summarize Handles = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, InitiatingProcessFileName`,
    sql: `SELECT "DeviceName", "InitiatingProcessFileName", count(*) AS "Handles", min("Timestamp") AS "First", max("Timestamp") AS "Last" FROM "DeviceEvents"
      WHERE "ActionType" = 'OpenProcessApiCall' AND lower("FileName") = 'lsass.exe' AND TRY_CAST(json_extract_string(${fields}, '$.DesiredAccess') AS BIGINT) > 4096 GROUP BY 1, 2`,
  },
  {
    name: 'images that few devices load',
    kql: `DeviceImageLoadEvents | where Timestamp > ago(14d) and isnotempty(SHA1) | summarize Devices = dcount(DeviceId), Loads = count(), Last = max(Timestamp) by SHA1, FileName | where Devices <= 40 | sort by Loads desc, SHA1 asc, FileName asc | take 100`,
    sql: `SELECT "SHA1", "FileName", count(DISTINCT "DeviceId") AS "Devices", count(*) AS "Loads", max("Timestamp") AS "Last" FROM "DeviceImageLoadEvents"
      WHERE "Timestamp" > ${now - 14n * day} AND "SHA1" <> '' GROUP BY 1, 2 HAVING count(DISTINCT "DeviceId") <= 40 ORDER BY "Loads" DESC, "SHA1", "FileName" LIMIT 100`,
  },
  {
    name: 'connections by the hour',
    kql: `DeviceNetworkEvents | where ActionType == "ConnectionSuccess" | summarize Connections = count(), Addresses = dcount(RemoteIP) by bin(Timestamp, 1h), InitiatingProcessFileName`,
    sql: `SELECT "Timestamp" - "Timestamp" % ${hour} AS "Timestamp", "InitiatingProcessFileName", count(*) AS "Connections", count(DISTINCT "RemoteIP") AS "Addresses" FROM "DeviceNetworkEvents"
      WHERE "ActionType" = 'ConnectionSuccess' GROUP BY 1, 2`,
  },
  {
    name: 'the last process of each device',
    kql: `DeviceProcessEvents | where Timestamp > ago(30d) | summarize arg_max(Timestamp, *) by DeviceId, FileName | project DeviceName, FileName, Timestamp, ProcessCommandLine, AccountName`,
    sql: `SELECT "DeviceName", "FileName", "Timestamp", "ProcessCommandLine", "AccountName" FROM "DeviceProcessEvents" WHERE "Timestamp" > ${now - 30n * day}
      QUALIFY row_number() OVER (PARTITION BY "DeviceId", "FileName" ORDER BY "Timestamp" DESC) = 1`,
  },
  {
    name: 'processes with their connections',
    kql: `DeviceProcessEvents | where FileName in~ ("powershell.exe", "rundll32.exe", "mshta.exe", "cmd.exe") | project DeviceId, ProcessId, Started = Timestamp, ProcessCommandLine | join kind=inner (DeviceNetworkEvents | where ActionType == "ConnectionSuccess" | project DeviceId, InitiatingProcessId, RemoteIP, Connected = Timestamp) on DeviceId, $left.ProcessId == $right.InitiatingProcessId | where Connected between (Started .. 1h) | summarize Connections = count(), Lines = dcount(ProcessCommandLine) by RemoteIP`,
    sql: `SELECT n."RemoteIP", count(*) AS "Connections", count(DISTINCT p."ProcessCommandLine") AS "Lines" FROM "DeviceProcessEvents" p JOIN "DeviceNetworkEvents" n ON p."DeviceId" = n."DeviceId" AND p."ProcessId" = n."InitiatingProcessId"
      WHERE lower(p."FileName") IN ('powershell.exe', 'rundll32.exe', 'mshta.exe', 'cmd.exe') AND n."ActionType" = 'ConnectionSuccess' AND n."Timestamp" BETWEEN p."Timestamp" AND p."Timestamp" + ${hour} GROUP BY 1`,
  },
  {
    name: 'files written and then loaded',
    kql: `DeviceFileEvents | where ActionType == "FileCreated" and (FileName endswith ".dll" or FileName endswith ".exe") | project DeviceId, FolderPath, Written = Timestamp | join kind=inner (DeviceImageLoadEvents | project DeviceId, FolderPath, Loaded = Timestamp, InitiatingProcessFileName) on DeviceId, FolderPath | where Loaded between (Written .. 10m) | summarize Loads = count() by FolderPath, InitiatingProcessFileName`,
    sql: `SELECT f."FolderPath", i."InitiatingProcessFileName", count(*) AS "Loads" FROM "DeviceFileEvents" f JOIN "DeviceImageLoadEvents" i ON f."DeviceId" = i."DeviceId" AND f."FolderPath" = i."FolderPath"
      WHERE f."ActionType" = 'FileCreated' AND (ends_with(lower(f."FileName"), '.dll') OR ends_with(lower(f."FileName"), '.exe')) AND i."Timestamp" BETWEEN f."Timestamp" AND f."Timestamp" + ${hour / 6n} GROUP BY 1, 2`,
  },
  {
    name: 'discovery commands, whole rows',
    kql: `DeviceProcessEvents | where ProcessCommandLine has_any ("whoami", "nltest", "systeminfo", "ipconfig", "net user", "net group")`,
    sql: String.raw`SELECT * FROM "DeviceProcessEvents" WHERE regexp_matches("ProcessCommandLine", '(?is)(?:^|[^\p{L}\p{N}])(?:whoami|nltest|systeminfo|ipconfig|net user|net group)(?:$|[^\p{L}\p{N}])')`,
  },
  {
    name: 'names that few devices ask for',
    kql: `DeviceEvents | where ActionType == "DnsQueryResponse" | extend Fields = parse_json(AdditionalFields) | extend Name = tostring(Fields.DnsQueryString), Status = toint(Fields.DnsQueryStatus) | where Status == 0 and Name !endswith ".arpa." | summarize Devices = dcount(DeviceId), Questions = count() by Name`,
    sql: `SELECT json_extract_string(${fields}, '$.DnsQueryString') AS "Name", count(DISTINCT "DeviceId") AS "Devices", count(*) AS "Questions" FROM "DeviceEvents"
      WHERE "ActionType" = 'DnsQueryResponse' AND TRY_CAST(json_extract_string(${fields}, '$.DnsQueryStatus') AS BIGINT) = 0 AND NOT ends_with(lower(json_extract_string(${fields}, '$.DnsQueryString')), '.arpa.') GROUP BY 1`,
  },
  {
    name: 'what one device did',
    kql: `union DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceRegistryEvents, DeviceLogonEvents | where DeviceName startswith "workstation5-0007" | summarize Events = count() by bin(Timestamp, 1d), ActionType, InitiatingProcessAccountName`,
    sql: `SELECT "Timestamp" - "Timestamp" % ${day} AS "Timestamp", "ActionType", "InitiatingProcessAccountName", count(*) AS "Events" FROM (${[
      'Process',
      'Network',
      'File',
      'Registry',
      'Logon',
    ]
      .map(
        (kind) =>
          `SELECT "Timestamp", "ActionType", "InitiatingProcessAccountName" FROM "Device${kind}Events" WHERE "DeviceName" ILIKE 'workstation5-0007%'`,
      )
      .join(' UNION ALL ')}) GROUP BY 1, 2, 3`,
  },
];
