/**
 * The functions that advanced hunting adds to KQL. The bodies serve the binder alone: they give a call its columns and their names
 * (a name the input already has gets a number, as in a join). What the functions mean is in operators/hunting/.
 */
export interface HuntingFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  /** Where Microsoft's pages show two results: the one that adds to the input's columns. */
  readonly wideBody?: string;
  readonly about: string;
}

const profile =
  'SHA1:string, SHA256:string, MD5:string, FileSize:int, GlobalPrevalence:int, GlobalFirstSeen:datetime, GlobalLastSeen:datetime, ' +
  'Signer:string, Issuer:string, SignerHash:string, IsCertificateValid:bool, IsRootSignerMicrosoft:bool, SignatureState:string, ' +
  'IsExecutable:bool, ThreatName:string, Publisher:string, SoftwareName:string, ProfileAvailability:string';

export const huntingFunctions: readonly HuntingFunction[] = [
  {
    name: 'FileProfile',
    parameters: "(T:(*), x:string='SHA1', y:long=100)",
    body: `{ T | extend ['$k']=1 | join kind=leftouter (datatable(['$k']:int, ${profile})[]) on ['$k'] | project-away ['$k'], ['$k1'] }`,
    about: 'Adds what is known of a file worldwide to the first y rows, found by the hash in column x.',
  },
  {
    name: 'DeviceFromIP',
    parameters: '(T:(IP:string), x:datetime=datetime(null))',
    body: "{ T | project IP, DeviceId='' }",
    about: 'The device that had each local address, now or at a moment.',
  },
  {
    name: 'AssignedIPAddresses',
    parameters: '(x:string, y:datetime=datetime(null))',
    body: '{ datatable(Timestamp:datetime, IPAddress:string, IPType:string, NetworkAdapterType:int, ConnectedNetworks:string)[] }',
    about: 'The addresses a device had, now or at a moment.',
  },
  {
    name: 'SeenBy',
    parameters: "(T:(*), x:string='DeviceId')",
    body: '{ datatable(DeviceId:string)[] }',
    wideBody: '{ T | extend SeenBy=dynamic(null) }',
    about: 'The onboarded devices that noticed each device.',
  },
];
