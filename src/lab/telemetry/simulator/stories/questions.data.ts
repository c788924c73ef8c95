/** What the stories are asked about: a question, a hint, and the KQL that answers it. `columns` is "Name:type" words. */
export interface StoryQuestion {
  readonly title: string;
  readonly question: string;
  readonly hint: string;
  readonly techniques: string;
  readonly tactics: string;
  readonly columns: string;
  readonly kql: string;
}

export const questions = {
  'macro-shell': {
    title: 'A document that opened a shell',
    question: 'Which Office program started a script interpreter, on which device, for whom, and when?',
    hint: 'Office programs rarely have children: look at the initiating process.',
    techniques: 'T1566.001 T1204.002 T1059.001 T1027 T1218.011 T1071.001',
    tactics: 'InitialAccess Execution DefenseEvasion CommandAndControl',
    columns: 'Timestamp:datetime DeviceName:string AccountName:string InitiatingProcessFileName:string FileName:string',
    kql: `DeviceProcessEvents
| where InitiatingProcessFileName in~ ("winword.exe", "excel.exe", "powerpnt.exe") and FileName in~ ("powershell.exe", "cmd.exe", "wscript.exe", "mshta.exe")
| project Timestamp, DeviceName, AccountName, InitiatingProcessFileName, FileName`,
  },
  'macro-beacon': {
    title: 'A library that calls home',
    question: 'Which address does rundll32.exe talk to again and again, and how often so far?',
    hint: 'Count public connections by process, address and name.',
    techniques: 'T1566.001 T1204.002 T1059.001 T1027 T1218.011 T1071.001',
    tactics: 'InitialAccess Execution DefenseEvasion CommandAndControl',
    columns: 'DeviceName:string RemoteIP:string RemoteUrl:string Connections:long First:datetime Last:datetime',
    kql: `DeviceNetworkEvents
| where InitiatingProcessFileName =~ "rundll32.exe" and RemoteIPType == "Public"
| summarize Connections = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, RemoteIP, RemoteUrl`,
  },
  'macro-mail': {
    title: 'From the process back to the mail',
    question: 'Which mail brought the document that Word opened before it started PowerShell?',
    hint: 'The attachment and the file on disk share a SHA-256.',
    techniques: 'T1566.001 T1204.002 T1059.001 T1027 T1218.011 T1071.001',
    tactics: 'InitialAccess Execution DefenseEvasion CommandAndControl',
    columns: 'SenderFromAddress:string RecipientEmailAddress:string Subject:string FileName:string DeviceName:string',
    kql: `DeviceFileEvents
| where InitiatingProcessFileName =~ "outlook.exe" and FileName endswith ".docm"
| join kind=inner EmailAttachmentInfo on SHA256
| join kind=inner EmailEvents on NetworkMessageId
| project SenderFromAddress, RecipientEmailAddress, Subject, FileName, DeviceName`,
  },
  'kerberoast-tickets': {
    title: 'Tickets for every service',
    question: 'For which services did one account ask for tickets with the weak RC4 cipher?',
    hint: 'AdditionalFields of IdentityLogonEvents names the cipher and the service principal.',
    techniques: 'T1558.003 T1087.002',
    tactics: 'CredentialAccess Discovery',
    columns: 'AccountUpn:string DeviceName:string Service:string',
    kql: `IdentityLogonEvents
| where Protocol == "Kerberos" and tostring(AdditionalFields.EncryptionType) == "Rc4Hmac"
| project AccountUpn, DeviceName, Service = tostring(AdditionalFields.Spns)
| sort by Service asc`,
  },
  'kerberoast-search': {
    title: 'Who looks for service accounts',
    question: 'Which process searched the directory for accounts with a service principal name?',
    hint: 'DeviceEvents has the LDAP searches of a device, with the filter in AdditionalFields.',
    techniques: 'T1087.002',
    tactics: 'Discovery',
    columns: 'DeviceName:string InitiatingProcessAccountName:string InitiatingProcessFileName:string Filter:string',
    kql: `DeviceEvents
| where ActionType == "LdapSearch"
| extend Filter = tostring(parse_json(AdditionalFields).SearchFilter)
| where Filter has "servicePrincipalName"
| project DeviceName, InitiatingProcessAccountName, InitiatingProcessFileName, Filter`,
  },
  'lsass-dump': {
    title: 'Who reads the memory of lsass',
    question: 'Which processes opened lsass.exe with full access, and which file did each write next?',
    hint: 'OpenProcessApiCall in DeviceEvents has the target in FileName and the rights in AdditionalFields; join files by process and device.',
    techniques: 'T1003.001 T1218.011 T1021.006',
    tactics: 'CredentialAccess LateralMovement',
    columns: 'DeviceName:string InitiatingProcessAccountName:string InitiatingProcessFileName:string Dump:string',
    kql: `DeviceEvents
| where ActionType == "OpenProcessApiCall" and FileName =~ "lsass.exe"
| where tolong(parse_json(AdditionalFields).DesiredAccess) == 2097151
| join kind=inner (DeviceFileEvents | where ActionType == "FileCreated" | project DeviceId, InitiatingProcessId, InitiatingProcessCreationTime, Dump = FolderPath) on DeviceId, InitiatingProcessId, InitiatingProcessCreationTime
| project DeviceName, InitiatingProcessAccountName, InitiatingProcessFileName, Dump
| sort by DeviceName asc`,
  },
  'lateral-psexec': {
    title: 'A service that runs commands',
    question: 'Where did PSEXESVC.exe start something, and from which address had its file been written just before?',
    hint: 'The file arrives over SMB: RequestSourceIP of DeviceFileEvents.',
    techniques: 'T1021.002 T1569.002 T1047 T1003.002',
    tactics: 'LateralMovement Execution CredentialAccess',
    columns: 'DeviceName:string ProcessCommandLine:string RequestSourceIP:string RequestAccountName:string',
    kql: `DeviceProcessEvents
| where InitiatingProcessFileName =~ "psexesvc.exe"
| join kind=inner (DeviceFileEvents | where FileName =~ "psexesvc.exe" and RequestProtocol == "SMB" | project DeviceId, RequestSourceIP, RequestAccountName) on DeviceId
| project DeviceName, ProcessCommandLine, RequestSourceIP, RequestAccountName
| sort by DeviceName asc`,
  },
  'lateral-wmi': {
    title: 'Commands from WMI',
    question: 'On which devices did the WMI provider start a command shell in a remote session, and from where?',
    hint: 'WmiPrvSE.exe is the parent; the process carries the address of the remote session.',
    techniques: 'T1021.002 T1569.002 T1047 T1003.002',
    tactics: 'LateralMovement Execution CredentialAccess',
    columns: 'DeviceName:string AccountName:string ProcessRemoteSessionDeviceName:string ProcessRemoteSessionIP:string',
    kql: `DeviceProcessEvents
| where InitiatingProcessFileName =~ "wmiprvse.exe" and FileName =~ "cmd.exe" and IsProcessRemoteSession == true
| project DeviceName, AccountName, ProcessRemoteSessionDeviceName, ProcessRemoteSessionIP
| sort by DeviceName asc`,
  },
  'ransomware-renames': {
    title: 'Files that change their names',
    question: 'Which process renamed the most files to one new extension, how many, and from when to when?',
    hint: 'Take the last extension of FileName, and count FileRenamed by process.',
    techniques: 'T1486 T1490 T1070.001 T1489',
    tactics: 'Impact DefenseEvasion',
    columns:
      'DeviceName:string InitiatingProcessFileName:string InitiatingProcessSHA256:string Extension:string Files:long First:datetime Last:datetime',
    kql: `DeviceFileEvents
| where ActionType == "FileRenamed"
| extend Extension = extract(@"\\.([^.\\\\]+)$", 1, FileName)
| summarize Files = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, InitiatingProcessFileName, InitiatingProcessSHA256, Extension
| top 1 by Files`,
  },
  'ransomware-recovery': {
    title: 'No way back',
    question: 'Which commands took away shadow copies, backups, recovery or logs, in order?',
    hint: 'vssadmin, wbadmin, bcdedit and wevtutil have few good reasons to run.',
    techniques: 'T1486 T1490 T1070.001 T1489',
    tactics: 'Impact DefenseEvasion',
    columns: 'DeviceName:string ProcessCommandLine:string',
    kql: `DeviceProcessEvents
| where FileName in~ ("vssadmin.exe", "wbadmin.exe", "bcdedit.exe", "wevtutil.exe")
| where ProcessCommandLine has_any ("delete", "recoveryenabled", "bootstatuspolicy", "cl")
| sort by Timestamp asc
| project DeviceName, ProcessCommandLine`,
  },
  'spray-sources': {
    title: 'One password for everybody',
    question:
      'Which addresses failed with a wrong password (50126) for at least three accounts within one hour, for how many accounts in all?',
    hint: 'Group failures by address and hour; count accounts.',
    techniques: 'T1110.003',
    tactics: 'CredentialAccess',
    columns: 'IPAddress:string Country:string Accounts:long',
    kql: `EntraIdSignInEvents
| where ErrorCode == 50126 and UserAgent startswith "python-requests"
| summarize Accounts = dcount(AccountUpn) by IPAddress, Country
| where Accounts >= 3
| sort by IPAddress asc`,
  },
  'spray-fatigue': {
    title: 'Asked until it was given',
    question: 'Which account refused a second factor many times from one address and then signed in from it, and when?',
    hint: 'Error 500121 is a second factor that was not given; join with successes on account and address.',
    techniques: 'T1621 T1078.004',
    tactics: 'CredentialAccess InitialAccess',
    columns: 'AccountUpn:string IPAddress:string Country:string Prompts:long Timestamp:datetime',
    kql: `let Refused = EntraIdSignInEvents
| where ErrorCode == 500121
| summarize Prompts = count() by AccountUpn, IPAddress
| where Prompts >= 5;
EntraIdSignInEvents
| where ErrorCode == 0
| join kind=inner Refused on AccountUpn, IPAddress
| project AccountUpn, IPAddress, Country, Prompts, Timestamp`,
  },
  'consent-rule': {
    title: 'A rule that hides mail',
    question: 'Which inbox rule moves mail with certain words away, whose is it, and from which address was it made?',
    hint: 'New-InboxRule in CloudAppEvents; its parameters are in RawEventData.',
    techniques: 'T1566.002 T1528 T1114.002 T1564.008',
    tactics: 'InitialAccess CredentialAccess Collection DefenseEvasion',
    columns: 'Timestamp:datetime AccountId:string IPAddress:string Words:string',
    kql: `CloudAppEvents
| where ActionType == "New-InboxRule"
| mv-expand Parameter = RawEventData.Parameters
| where tostring(Parameter.Name) == "SubjectContainsWords"
| project Timestamp, AccountId, IPAddress, Words = tostring(Parameter.Value)`,
  },
  'consent-reads': {
    title: 'What the app read',
    question: 'How often did the app that was consented to read mail, according to the mail service and to Graph?',
    hint: 'The object of "Consent to application." is the app; OAuthAppId leads to what it did.',
    techniques: 'T1566.002 T1528 T1114.002 T1564.008',
    tactics: 'InitialAccess CredentialAccess Collection DefenseEvasion',
    columns: 'AppName:string Reads:long Calls:long',
    kql: `CloudAppEvents
| where ActionType == "Consent to application."
| project AppId = ObjectId, AppName = ObjectName
| join kind=inner (CloudAppEvents | where ActionType == "MailItemsAccessed" | summarize Reads = count() by AppId = OAuthAppId) on AppId
| join kind=inner (GraphApiAuditEvents | summarize Calls = count() by AppId = ApplicationId) on AppId
| project AppName, Reads, Calls`,
  },
  'persistence-places': {
    title: 'Three ways to come back',
    question: 'In which three places does the same program in a temporary folder make itself start again?',
    hint: 'A registry value, a task and a WMI binding all name its path; union the three tables.',
    techniques: 'T1547.001 T1053.005 T1546.003 T1059.007',
    tactics: 'Persistence Execution',
    columns: 'Timestamp:datetime DeviceName:string Place:string',
    kql: `union
  (DeviceRegistryEvents | where ActionType == "RegistryValueSet" and RegistryKey endswith @"\\CurrentVersion\\Run" | project Timestamp, DeviceName, Place = "Run key", Text = RegistryValueData),
  (DeviceEvents | where ActionType == "ScheduledTaskCreated" | project Timestamp, DeviceName, Place = "Scheduled task", Text = tostring(parse_json(AdditionalFields).TaskContent)),
  (DeviceEvents | where ActionType == "WmiBindEventFilterToConsumer" | project Timestamp, DeviceName, Place = "WMI subscription", Text = tostring(parse_json(AdditionalFields).PossibleCause))
| where Text has @"AppData\\Local\\Temp"
| project Timestamp, DeviceName, Place
| sort by Timestamp asc`,
  },
  'download-tools': {
    title: 'Borrowed tools',
    question: 'Which Windows programs fetched or decoded a file from the command line, in order?',
    hint: 'certutil with -urlcache or -decode, bitsadmin with /transfer.',
    techniques: 'T1218.005 T1105 T1140 T1197',
    tactics: 'DefenseEvasion CommandAndControl',
    columns: 'DeviceName:string AccountName:string ProcessCommandLine:string',
    kql: `DeviceProcessEvents
| where (FileName =~ "certutil.exe" and ProcessCommandLine has_any ("urlcache", "decode")) or (FileName =~ "bitsadmin.exe" and ProcessCommandLine has "transfer")
| sort by Timestamp asc
| project DeviceName, AccountName, ProcessCommandLine`,
  },
  'download-run': {
    title: 'Fetched, decoded, run',
    question: 'Which file that certutil wrote was run afterwards, and what is its SHA-1?',
    hint: 'Join files that certutil created with processes of the same SHA-1 on the same device.',
    techniques: 'T1218.005 T1105 T1140 T1197',
    tactics: 'DefenseEvasion CommandAndControl',
    columns: 'DeviceName:string FolderPath:string SHA1:string',
    kql: `DeviceFileEvents
| where InitiatingProcessFileName =~ "certutil.exe" and ActionType == "FileCreated"
| project DeviceId, SHA1, Written = Timestamp
| join kind=inner (DeviceProcessEvents | project DeviceId, DeviceName, SHA1, FolderPath, Started = Timestamp) on DeviceId, SHA1
| where Started > Written
| project DeviceName, FolderPath, SHA1`,
  },
  'webshell-page': {
    title: 'A page nobody deployed',
    question: 'Which script page did the web server itself write below its content, and when?',
    hint: 'Look for .aspx files that w3wp.exe created.',
    techniques: 'T1190 T1505.003 T1059.003 T1572',
    tactics: 'InitialAccess Persistence Execution CommandAndControl',
    columns: 'Timestamp:datetime DeviceName:string FolderPath:string',
    kql: `DeviceFileEvents
| where InitiatingProcessFileName =~ "w3wp.exe" and FileName endswith ".aspx"
| project Timestamp, DeviceName, FolderPath`,
  },
  'webshell-commands': {
    title: 'A web server that asks who it is',
    question: 'Which commands did the web server run through a shell, in order, and under which account?',
    hint: 'Children of w3wp.exe that are shells.',
    techniques: 'T1190 T1505.003 T1059.003 T1572',
    tactics: 'InitialAccess Persistence Execution CommandAndControl',
    columns: 'AccountName:string Command:string',
    kql: `DeviceProcessEvents
| where InitiatingProcessFileName =~ "w3wp.exe" and FileName =~ "cmd.exe"
| sort by Timestamp asc
| project AccountName, Command = extract(@"/c (.*)$", 1, ProcessCommandLine)`,
  },
  'exfiltration-archives': {
    title: 'Packed for the road',
    question: 'How many archives did 7z.exe write on a server, and how many bytes in all?',
    hint: 'DeviceFileEvents has FileSize.',
    techniques: 'T1560.001 T1567.002 T1021.006',
    tactics: 'Collection Exfiltration',
    columns: 'DeviceName:string InitiatingProcessAccountName:string Archives:long Bytes:long',
    kql: `DeviceFileEvents
| where InitiatingProcessFileName =~ "7z.exe" and FileName endswith ".7z" and ActionType == "FileCreated"
| summarize Archives = count(), Bytes = sum(FileSize) by DeviceName, InitiatingProcessAccountName`,
  },
  'exfiltration-copy': {
    title: 'Where it went',
    question: 'With which command did data leave, to which host, over how many connections?',
    hint: 'Join the process with its connections by device, process id and creation time.',
    techniques: 'T1560.001 T1567.002 T1021.006',
    tactics: 'Collection Exfiltration',
    columns: 'DeviceName:string ProcessCommandLine:string RemoteUrl:string Connections:long',
    kql: `DeviceProcessEvents
| where FileName =~ "rclone.exe"
| project DeviceId, DeviceName, ProcessId, ProcessCreationTime, ProcessCommandLine
| join kind=inner (DeviceNetworkEvents | summarize Connections = count() by DeviceId, ProcessId = InitiatingProcessId, ProcessCreationTime = InitiatingProcessCreationTime, RemoteUrl) on DeviceId, ProcessId, ProcessCreationTime
| project DeviceName, ProcessCommandLine, RemoteUrl, Connections`,
  },
  'usb-copies': {
    title: 'What left on a drive',
    question: 'Which process wrote files to a drive within an hour of its being mounted: how many, and how many bytes?',
    hint: 'UsbDriveMounted names the drive letter in AdditionalFields; FolderPath begins with it.',
    techniques: 'T1091 T1218.011 T1052.001',
    tactics: 'InitialAccess DefenseEvasion Exfiltration',
    columns: 'DeviceName:string InitiatingProcessFileName:string Serial:string Files:long Bytes:long',
    kql: `DeviceEvents
| where ActionType == "UsbDriveMounted"
| project DeviceId, Mounted = Timestamp, Letter = tostring(parse_json(AdditionalFields).DriveLetter), Serial = tostring(parse_json(AdditionalFields).SerialNumber)
| join kind=inner (DeviceFileEvents | where ActionType == "FileCreated") on DeviceId
| where FolderPath startswith Letter and Timestamp between (Mounted .. (Mounted + 1h))
| summarize Files = count(), Bytes = sum(FileSize) by DeviceName, InitiatingProcessFileName, Serial`,
  },
} as const satisfies Record<string, StoryQuestion>;
