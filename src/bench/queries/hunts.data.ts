import { until } from './telemetry.data';

/** A hunting query and the best SQL we know for it over the same store-form tables; both give the same columns. */
export interface Hunt {
  readonly name: string;
  readonly kql: string;
  readonly sql: string;
}

const hour = 36_000_000_000n;
const day = 24n * hour;
const since = (days: bigint): string => String(until - days * day);
const term = (needle: string): string => `(?is)(?:^|[^\\p{L}\\p{N}])${needle}(?:$|[^\\p{L}\\p{N}])`;

const tools = [
  'mimikatz',
  'sekurlsa',
  'procdump',
  'psexec',
  'cobalt',
  'bloodhound',
  'rubeus',
  'lazagne',
  'winpeas',
  'ncat',
  'empire',
  'covenant',
];

export const hunts: readonly Hunt[] = [
  {
    name: 'a rare term in command lines',
    kql: `DeviceProcessEvents | where ProcessCommandLine has "logonpasswords" | project Timestamp, DeviceName, ProcessCommandLine | top 100 by Timestamp`,
    sql: `SELECT "Timestamp", "DeviceName", "ProcessCommandLine" FROM "DeviceProcessEvents"
      WHERE contains(lower("ProcessCommandLine"), 'logonpasswords') AND regexp_matches("ProcessCommandLine", '${term('logonpasswords')}') ORDER BY "Timestamp" DESC LIMIT 100`,
  },
  {
    name: 'encoded PowerShell by device',
    kql: `DeviceProcessEvents | where FileName in~ ("powershell.exe", "pwsh.exe") and ProcessCommandLine contains "-encodedcommand" | summarize Runs = count() by DeviceName | sort by Runs desc, DeviceName asc | take 20`,
    sql: `SELECT "DeviceName", count(*) AS "Runs" FROM "DeviceProcessEvents"
      WHERE lower("FileName") IN ('powershell.exe', 'pwsh.exe') AND contains(lower("ProcessCommandLine"), '-encodedcommand') GROUP BY "DeviceName" ORDER BY "Runs" DESC, "DeviceName" LIMIT 20`,
  },
  {
    name: 'any of twelve tools',
    kql: `DeviceProcessEvents | where ProcessCommandLine has_any (${tools.map((tool) => `"${tool}"`).join(', ')}) | summarize Hits = count() by AccountName`,
    sql: `SELECT "AccountName", count(*) AS "Hits" FROM "DeviceProcessEvents" WHERE regexp_matches("ProcessCommandLine", '${term(`(?:${tools.join('|')})`)}') GROUP BY "AccountName"`,
  },
  {
    name: 'events over time',
    kql: `DeviceNetworkEvents | summarize Events = count() by bin(Timestamp, 1h), ActionType`,
    sql: `SELECT "Timestamp" - "Timestamp" % ${hour} AS "Timestamp", "ActionType", count(*) AS "Events" FROM "DeviceNetworkEvents" GROUP BY 1, 2`,
  },
  {
    name: 'a day of thirty',
    kql: `DeviceNetworkEvents | where Timestamp > ago(1d) and RemotePort == 3389 | summarize Targets = dcount(RemoteIP), First = min(Timestamp) by DeviceName`,
    sql: `SELECT "DeviceName", count(DISTINCT "RemoteIP") AS "Targets", min("Timestamp") AS "First" FROM "DeviceNetworkEvents" WHERE "Timestamp" > ${since(1n)} AND "RemotePort" = 3389 GROUP BY "DeviceName"`,
  },
  {
    name: 'the last logon of each account',
    kql: `DeviceLogonEvents | summarize arg_max(Timestamp, *) by AccountName`,
    sql: `SELECT "AccountName", "Timestamp", * EXCLUDE ("AccountName", "Timestamp") FROM "DeviceLogonEvents" QUALIFY row_number() OVER (PARTITION BY "AccountName" ORDER BY "Timestamp" DESC) = 1`,
  },
  {
    name: 'processes with their connections',
    kql: `DeviceProcessEvents | where FileName == "certutil.exe" | project DeviceId, ProcessId, Started = Timestamp | join kind=inner (DeviceNetworkEvents | where ActionType == "ConnectionSuccess" | project DeviceId, InitiatingProcessId, RemoteUrl, Connected = Timestamp) on DeviceId, $left.ProcessId == $right.InitiatingProcessId | where Connected between (Started .. 1h) | summarize Connections = count() by RemoteUrl | sort by Connections desc, RemoteUrl asc | take 50`,
    sql: `SELECT n."RemoteUrl", count(*) AS "Connections" FROM "DeviceProcessEvents" p JOIN "DeviceNetworkEvents" n ON p."DeviceId" = n."DeviceId" AND p."ProcessId" = n."InitiatingProcessId"
      WHERE p."FileName" = 'certutil.exe' AND n."ActionType" = 'ConnectionSuccess' AND n."Timestamp" BETWEEN p."Timestamp" AND p."Timestamp" + ${hour} GROUP BY n."RemoteUrl" ORDER BY 2 DESC, 1 LIMIT 50`,
  },
  {
    name: 'files first seen this week',
    kql: `DeviceProcessEvents | where Timestamp > ago(7d) | distinct SHA1, FileName | join kind=leftanti (DeviceProcessEvents | where Timestamp <= ago(7d) | distinct SHA1) on SHA1 | summarize Files = dcount(SHA1) by FileName`,
    sql: `SELECT "FileName", count(DISTINCT "SHA1") AS "Files" FROM "DeviceProcessEvents" WHERE "Timestamp" > ${since(7n)}
      AND "SHA1" NOT IN (SELECT "SHA1" FROM "DeviceProcessEvents" WHERE "Timestamp" <= ${since(7n)}) GROUP BY "FileName"`,
  },
  {
    name: 'a value inside JSON',
    kql: `DeviceProcessEvents | where tostring(AdditionalFields.TokenElevation) == "Full" | summarize Elevated = count() by FileName`,
    sql: `SELECT "FileName", count(*) AS "Elevated" FROM "DeviceProcessEvents" WHERE json_extract_string("AdditionalFields", '$.TokenElevation') = 'Full' GROUP BY "FileName"`,
  },
  {
    name: 'accounts and their devices',
    kql: `DeviceLogonEvents | where ActionType == "LogonFailed" | summarize Devices = dcount(DeviceId), Failures = count(), Types = make_set(LogonType) by AccountName | where Devices > 3 | project AccountName, Devices, Failures, Kinds = array_length(Types)`,
    sql: `SELECT "AccountName", count(DISTINCT "DeviceId") AS "Devices", count(*) AS "Failures", count(DISTINCT "LogonType") AS "Kinds" FROM "DeviceLogonEvents" WHERE "ActionType" = 'LogonFailed' GROUP BY "AccountName" HAVING count(DISTINCT "DeviceId") > 3`,
  },
  {
    name: 'a host taken out of an address',
    kql: `DeviceNetworkEvents | extend Host = extract(@"^https?://([^/]+)/", 1, RemoteUrl) | summarize Requests = count(), Devices = dcount(DeviceId) by Host | top 100 by Requests`,
    sql: `SELECT regexp_extract("RemoteUrl", '^https?://([^/]+)/', 1) AS "Host", count(*) AS "Requests", count(DISTINCT "DeviceId") AS "Devices" FROM "DeviceNetworkEvents" GROUP BY 1 ORDER BY 2 DESC LIMIT 100`,
  },
  {
    name: 'one account in two tables',
    kql: `union (DeviceProcessEvents | project Timestamp, DeviceName, AccountName, What = FileName), (DeviceLogonEvents | project Timestamp, DeviceName, AccountName, What = LogonType) | where AccountName =~ "USER7" | summarize Events = count(), Last = max(Timestamp) by DeviceName, What`,
    sql: `SELECT "DeviceName", "What", count(*) AS "Events", max("Timestamp") AS "Last" FROM (
        SELECT "Timestamp", "DeviceName", "FileName" AS "What" FROM "DeviceProcessEvents" WHERE lower("AccountName") = 'user7'
        UNION ALL SELECT "Timestamp", "DeviceName", "LogonType" FROM "DeviceLogonEvents" WHERE lower("AccountName") = 'user7') GROUP BY 1, 2`,
  },
];
