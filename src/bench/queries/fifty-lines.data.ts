/** A query of fifty lines as analysts write them: lets, a function, joins, parsing, aggregates; `{0}` makes each use a new text. */
export const fiftyLines = String.raw`// Office programs that start a script host, what it fetched, and who had signed in to the device ({0})
let lookback = 7d;
let officePrograms = dynamic(["winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "onenote.exe"]);
let scriptHosts = dynamic(["powershell.exe", "pwsh.exe", "cmd.exe", "wscript.exe", "cscript.exe", "mshta.exe"]);
let suspicious = (line: string) {
    line has_any ("DownloadString", "FromBase64String", "IEX", "Invoke-WebRequest")
        or line matches regex @"(?i)-e(nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{20,}"
};
let started = materialize(
    DeviceProcessEvents
    | where Timestamp > ago(lookback)
    | where InitiatingProcessFileName in~ (officePrograms)
    | where FileName in~ (scriptHosts)
    | extend Encoded = extract(@"(?i)-e(?:nc|ncodedcommand)?\s+([A-Za-z0-9+/=]+)", 1, ProcessCommandLine)
    | extend Decoded = iff(isnotempty(Encoded), base64_decode_tostring(Encoded), "")
    | extend Risk = case(suspicious(ProcessCommandLine), 3, isnotempty(Encoded), 2, 1)
    | project Started = Timestamp, DeviceId, DeviceName, AccountName, FileName, SHA256,
        ProcessId, ProcessCommandLine, Decoded, Risk, Parent = InitiatingProcessFileName
);
let fetched = DeviceNetworkEvents
    | where Timestamp > ago(lookback)
    | where ActionType == "ConnectionSuccess" and RemoteIPType == "Public"
    | where not(ipv4_is_private(RemoteIP))
    | extend Host = tostring(parse_url(RemoteUrl).Host)
    | project Connected = Timestamp, DeviceId, InitiatingProcessId, RemoteIP, RemotePort, Host;
let logons = DeviceLogonEvents
    | where Timestamp > ago(lookback)
    | where ActionType == "LogonSuccess" and LogonType in ("RemoteInteractive", "Network")
    | summarize arg_max(Timestamp, RemoteIP, LogonType) by DeviceId, AccountName
    | project-rename LastLogon = Timestamp, LogonFrom = RemoteIP;
started
| join kind=leftouter fetched on DeviceId, $left.ProcessId == $right.InitiatingProcessId
| where isnull(Connected) or Connected between (Started .. (Started + 15m))
| extend Delay = Connected - Started
| join kind=leftouter logons on DeviceId, AccountName
| extend Details = bag_pack("parent", Parent, "decoded", Decoded, "logon", LogonType)
| summarize
    FirstSeen = min(Started),
    LastSeen = max(Started),
    Runs = count(),
    Hosts = make_set(Host, 50),
    Addresses = dcount(RemoteIP),
    Lines = make_set(ProcessCommandLine, 20),
    Longest = max(Delay),
    Examples = make_list(Details, 5)
    by DeviceName, AccountName, FileName, Risk
| where Runs < 20 or Risk == 3
| sort by Risk desc, FirstSeen asc
| take 500
`;
