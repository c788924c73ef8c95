import type { EntityKind } from './entity';

/** A question about an entity: `{value}` is its canonical value, which its own grammar makes safe inside a string. */
export interface Pivot {
  readonly title: string;
  readonly query: string;
}

export const entityNames: Readonly<Record<EntityKind, string>> = {
  devices: 'Device',
  files: 'File',
  users: 'User',
  domains: 'Domain',
  ips: 'IP address',
  alerts: 'Alert',
};

export const pivots: Readonly<Record<EntityKind, readonly Pivot[]>> = {
  devices: [
    { title: 'Latest facts', query: 'DeviceInfo\n| where DeviceId == "{value}"\n| summarize arg_max(Timestamp, *) by DeviceId' },
    {
      title: 'Processes, newest first',
      query:
        'DeviceProcessEvents\n| where DeviceId == "{value}"\n| sort by Timestamp desc\n| project Timestamp, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine',
    },
    {
      title: 'Where it connected',
      query:
        'DeviceNetworkEvents\n| where DeviceId == "{value}"\n| summarize Connections = count(), First = min(Timestamp), Last = max(Timestamp) by RemoteIP, RemoteUrl, RemotePort\n| sort by Connections desc',
    },
    {
      title: 'Who logged on',
      query:
        'DeviceLogonEvents\n| where DeviceId == "{value}"\n| summarize Logons = count(), Last = max(Timestamp) by AccountName, LogonType, ActionType, RemoteIP\n| sort by Last desc',
    },
    {
      title: 'Alerts that name it',
      query:
        'AlertEvidence\n| where DeviceId == "{value}"\n| distinct AlertId\n| join kind=inner AlertInfo on AlertId\n| project Timestamp, AlertId, Title, Severity, AttackTechniques',
    },
  ],
  files: [
    {
      title: 'Where it ran',
      query:
        'DeviceProcessEvents\n| where SHA1 == "{value}" or SHA256 == "{value}" or MD5 == "{value}"\n| summarize Runs = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, FileName, FolderPath, AccountName\n| sort by Last desc',
    },
    {
      title: 'Where it was written',
      query:
        'DeviceFileEvents\n| where SHA1 == "{value}" or SHA256 == "{value}" or MD5 == "{value}"\n| project Timestamp, DeviceName, ActionType, FileName, FolderPath, InitiatingProcessFileName, InitiatingProcessCommandLine\n| sort by Timestamp desc',
    },
    {
      title: 'Who loaded it',
      query:
        'DeviceImageLoadEvents\n| where SHA1 == "{value}" or SHA256 == "{value}" or MD5 == "{value}"\n| summarize Loads = count(), Last = max(Timestamp) by DeviceName, FileName, InitiatingProcessFileName\n| sort by Loads desc',
    },
    {
      title: 'Mails that carried it',
      query:
        'EmailAttachmentInfo\n| where SHA256 == "{value}"\n| project Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, FileName',
    },
  ],
  users: [
    {
      title: 'Sign-ins',
      query:
        'EntraIdSignInEvents\n| where AccountObjectId =~ "{value}" or AccountUpn =~ "{value}"\n| summarize SignIns = count(), Last = max(Timestamp) by Application, IPAddress, Country, ErrorCode\n| sort by Last desc',
    },
    {
      title: 'Processes run',
      query:
        'DeviceProcessEvents\n| where AccountObjectId =~ "{value}" or AccountUpn =~ "{value}"\n| project Timestamp, DeviceName, FileName, ProcessCommandLine\n| sort by Timestamp desc',
    },
    {
      title: 'Mail received',
      query:
        'EmailEvents\n| where RecipientObjectId =~ "{value}" or RecipientEmailAddress =~ "{value}"\n| project Timestamp, SenderFromAddress, Subject, ThreatTypes, DeliveryAction\n| sort by Timestamp desc',
    },
  ],
  domains: [
    {
      title: 'Who connected',
      query:
        'DeviceNetworkEvents\n| where RemoteUrl has "{value}"\n| summarize Connections = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, InitiatingProcessFileName, RemoteIP\n| sort by Last desc',
    },
    { title: 'Links in mail', query: 'EmailUrlInfo\n| where UrlDomain endswith "{value}"\n| project Timestamp, NetworkMessageId, Url' },
    { title: 'Clicks', query: 'UrlClickEvents\n| where Url has "{value}"\n| project Timestamp, AccountUpn, Url, ActionType, IPAddress' },
  ],
  ips: [
    {
      title: 'Who connected',
      query:
        'DeviceNetworkEvents\n| where RemoteIP == "{value}" or LocalIP == "{value}"\n| summarize Connections = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, ActionType, InitiatingProcessFileName, RemotePort\n| sort by Last desc',
    },
    {
      title: 'Logons from it',
      query:
        'DeviceLogonEvents\n| where RemoteIP == "{value}"\n| summarize Logons = count(), Last = max(Timestamp) by DeviceName, AccountName, LogonType, ActionType',
    },
    {
      title: 'Sign-ins from it',
      query:
        'EntraIdSignInEvents\n| where IPAddress == "{value}"\n| summarize SignIns = count(), Last = max(Timestamp) by AccountUpn, Application, ErrorCode',
    },
  ],
  alerts: [
    { title: 'The alert', query: 'AlertInfo\n| where AlertId == "{value}"' },
    {
      title: 'Its evidence',
      query:
        'AlertEvidence\n| where AlertId == "{value}"\n| project Timestamp, EntityType, EvidenceRole, DeviceName, AccountName, FileName, ProcessCommandLine, RemoteIP, RemoteUrl, SHA1',
    },
  ],
};
