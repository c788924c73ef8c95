/** Queries that nobody would wait for: what keeps each busy is another part of the engine. */
export const endless: readonly { readonly name: string; readonly kql: string }[] = [
  {
    name: 'every row with every row',
    kql: 'DeviceProcessEvents | extend k = 1 | join kind=inner (DeviceNetworkEvents | extend k = 1) on k | summarize n = count() by FileName, RemoteIP',
  },
  {
    name: 'numbers without end',
    kql: 'range x from 1 to 1000000000000 step 1 | extend y = x * 3 % 7 | summarize count() by y',
  },
  {
    name: 'a pattern that fits late',
    kql: 'DeviceProcessEvents | where ProcessCommandLine matches regex "(a|b|[^x]){5,40}[0-9]{1,9}(.*[a-z]){9}$" | count',
  },
  {
    name: 'a sort of all rows',
    kql: 'DeviceNetworkEvents | sort by RemoteUrl asc, RemoteIP desc, DeviceId asc | extend n = row_number() | where n % 1000 == 0',
  },
  {
    name: 'a function in JavaScript for each row',
    kql: 'DeviceProcessEvents | extend Parts = parse_command_line(ProcessCommandLine, "windows") | summarize count() by tostring(Parts[1])',
  },
];
