/** Queries for a first look around; each finds something in the simulated telemetry. */
export interface TryThis {
  readonly title: string;
  readonly about: string;
  readonly kql: string;
}

export const whatToTry: readonly TryThis[] = [
  {
    title: 'Encoded PowerShell',
    about: 'Most of it is device management; one of them is not.',
    kql: `DeviceProcessEvents
| where ProcessCommandLine has_any ("-enc", "-EncodedCommand")
| summarize Count = count(), Devices = dcount(DeviceId) by FileName, AccountName, InitiatingProcessFileName
| sort by Count desc`,
  },
  {
    title: 'Children of Office programs',
    about: 'Office rarely starts a shell.',
    kql: `DeviceProcessEvents
| where InitiatingProcessFileName in~ ("winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe")
| summarize Starts = count() by InitiatingProcessFileName, FileName
| sort by Starts asc`,
  },
  {
    title: 'Rare programs with their reputation',
    about: 'What ran on few devices, and what the world knows of it.',
    kql: `DeviceProcessEvents
| summarize Devices = dcount(DeviceId), First = min(Timestamp) by SHA1, FileName
| where Devices == 1
| top 50 by First desc
| invoke FileProfile(SHA1, 50)
| project FileName, First, GlobalPrevalence, SignatureState, ThreatName`,
  },
  {
    title: 'Failed sign-ins by hour',
    about: 'A password tried on everybody stands out.',
    kql: `EntraIdSignInEvents
| where ErrorCode != 0
| summarize Failures = count(), Accounts = dcount(AccountUpn) by bin(Timestamp, 1h), Country
| sort by Failures desc
| take 20`,
  },
  {
    title: 'Connections that come at regular times',
    about: 'How long a process waits between two connections to one host.',
    kql: `DeviceNetworkEvents
| where RemoteIPType == "Public" and isnotempty(RemoteUrl)
| summarize Connections = count(), Days = dcount(bin(Timestamp, 1d)) by DeviceName, InitiatingProcessFileName, RemoteUrl
| where Connections > 30
| sort by Connections desc`,
  },
  {
    title: 'Alerts and what they name',
    about: 'Every alert with its devices, accounts and files.',
    kql: `AlertInfo
| join kind=inner AlertEvidence on AlertId
| summarize Devices = make_set_if(DeviceName, isnotempty(DeviceName)), Accounts = make_set_if(AccountName, isnotempty(AccountName)) by AlertId, Title, Severity, Timestamp
| sort by Timestamp desc`,
  },
];
