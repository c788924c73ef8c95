import { hashOf } from '../files';
import type { Device } from '../devices';
import { programs } from '../programs.data';
import type { Fields } from '../sink';
import { day, hour, minute, type Ticks } from '../window';
import type { World } from '../world';

interface System {
  readonly OSPlatform: string;
  readonly OSDistribution: string;
  readonly OSVersion: string;
  readonly OSVersionInfo: string;
  readonly OSBuild: number;
  readonly DeviceCategory: string;
  readonly DeviceType: string;
}

const endpoint = (platform: string, version: string, facts: { readonly build: number; readonly type: string }): System => {
  const [number = '', info = ''] = version.split(' ');
  return {
    OSPlatform: platform,
    OSDistribution: platform,
    OSVersion: number,
    OSVersionInfo: info,
    OSBuild: facts.build,
    DeviceCategory: 'Endpoint',
    DeviceType: facts.type,
  };
};

const server = endpoint('WindowsServer2022', '10.0 21H2', { build: 20348, type: 'Server' });
const systems: Readonly<Record<Device['kind'], System>> = {
  workstation: endpoint('Windows11', '10.0 24H2', { build: 26100, type: 'Workstation' }),
  server,
  dc: server,
  mac: endpoint('macOS', '15.6', { build: 0, type: 'Workstation' }),
  linux: endpoint('Linux', '12.11', { build: 0, type: 'Server' }),
};

/** Operating-system facts of a device, as several tables repeat them. */
export const systemOf = (device: Device): System => systems[device.kind];

const windowsSensor = '10.8804.26100.1000';
const virtual = {
  Model: 'Virtual Machine',
  Vendor: 'Microsoft',
  OSArchitecture: '64-bit',
  ClientVersion: windowsSensor,
  JoinType: 'Domain Join',
};
const kinds: Readonly<Record<Device['kind'], Fields>> = {
  workstation: {
    ...virtual,
    Model: 'Latitude 7450',
    Vendor: 'Dell',
    JoinType: 'Hybrid Azure AD Join',
    IsAzureADJoined: true,
    AssetValue: 'Normal',
  },
  mac: {
    Model: 'MacBookPro18,3',
    Vendor: 'Apple',
    OSArchitecture: 'Arm64',
    ClientVersion: '101.25072.0009',
    JoinType: 'AAD Registered',
    AssetValue: 'Normal',
  },
  server: { ...virtual, MachineGroup: 'Servers', AssetValue: 'Normal' },
  linux: { ...virtual, ClientVersion: '101.25072.0009', MachineGroup: 'Servers', AssetValue: 'Normal' },
  dc: { ...virtual, MachineGroup: 'Domain controllers', AssetValue: 'High', DeviceManualTags: '["Tier 0"]' },
};

const exposure = (device: Device): string => {
  if (device.role === 'web') return 'High';
  return device.d % 3 === 0 ? 'Medium' : 'Low';
};

const state = (device: Device): Fields => {
  const { owner, site } = device;
  return {
    ...systemOf(device),
    IsAzureADJoined: false,
    MachineGroup: `Workstations ${site.city}`,
    DeviceManualTags: '[]',
    ...kinds[device.kind],
    PublicIP: site.publicIp,
    LoggedOnUsers: JSON.stringify(owner ? [{ UserName: owner.name, DomainName: owner.domain.toUpperCase(), Sid: owner.sid }] : []),
    OnboardingStatus: 'Onboarded',
    IsInternetFacing: device.role === 'web',
    SensorHealthState: 'Active',
    IsExcluded: false,
    ExposureLevel: exposure(device),
    DeviceDynamicTags: '[]',
    IsTransient: false,
    ConnectivityType: 'Streamlined',
    Site: site.city,
  };
};

const network = (world: World, device: Device): Fields => {
  const dns = world.devices('dc').map(({ ip }) => ip);
  const gateway = device.ip.replace(/\d+$/, '1');
  return {
    NetworkAdapterName: device.kind === 'linux' ? 'eth0' : device.kind === 'mac' ? 'en0' : 'Ethernet',
    MacAddress: device.mac,
    NetworkAdapterType: 'Ethernet',
    NetworkAdapterStatus: 'Up',
    TunnelType: 'None',
    ConnectedNetworks: JSON.stringify([
      { Name: world.organization.blueprint.internalDomain, Description: '', IsConnectedToInternet: true, Category: 'Domain' },
    ]),
    DnsAddresses: JSON.stringify(dns),
    IPv4Dhcp: dns[0],
    DefaultGateways: JSON.stringify([gateway]),
    IPAddresses: JSON.stringify([{ IPAddress: device.ip, SubnetPrefix: 24, AddressType: 'Private' }]),
    NetworkAdapterVendor: 'Intel',
    OnboardingStatus: 'Onboarded',
    NetworkAdapterDnsSuffix: world.organization.blueprint.internalDomain,
  };
};

const beat = (world: World, device: Device, at: Ticks): void => {
  const journal = world.journal(device);
  journal.emit('DeviceInfo', { at }, state(device));
  journal.emit('DeviceNetworkInfo', { at: at + 600_000 }, network(world, device));
};

/** The reports that a device sends while nothing happens: one a day when `budget` is small, up to four. */
export const keepReporting = (world: World, device: Device, budget: number): void => {
  const random = world.random.branch(`beat/${device.name}`);
  const perDay = Math.min(4, Math.max(1, Math.round(budget / 2000)));
  for (let index = 0; index < world.window.days * perDay; index += 1)
    beat(world, device, Math.floor((index * day) / perDay + random.next() * 5 * hour));
  beat(world, device, world.window.until - random.int(1, 40) * minute);
};

const common = [
  'svchost',
  'powershell',
  'explorer',
  'msedge',
  'chrome',
  'outlook',
  'excel',
  'winword',
  'teams',
  'onedrive',
  'acrobat',
  'cmd',
  'rundll32',
  '7zfm',
  'code',
  'git',
];

/** Signatures of the programs on a Windows device. */
export const listCertificates = (world: World, device: Device): void => {
  const random = world.random.branch(`certificates/${device.name}`);
  const journal = world.journal(device);
  for (const key of common) {
    const program = programs.get(key);
    if (!program || !random.chance(0.6)) continue;
    const file = world.files.program(key, device.owner?.name ?? 'svc-deploy');
    const microsoft = program.company.startsWith('Microsoft');
    journal.emit(
      'DeviceFileCertificateInfo',
      { at: Math.floor(random.next() * 29 * day), file },
      {
        IsSigned: true,
        SignatureType: microsoft ? 'Catalog' : 'Embedded',
        Signer: microsoft ? 'Microsoft Windows' : program.company,
        SignerHash: hashOf({ ...file, content: `signer ${program.company}` }, 'sha1'),
        Issuer: microsoft ? 'Microsoft Windows Production PCA 2011' : 'DigiCert Trusted G4 Code Signing RSA4096 SHA384 2021 CA1',
        IssuerHash: hashOf({ ...file, content: microsoft ? 'issuer microsoft' : 'issuer digicert' }, 'sha1'),
        CertificateSerialNumber: `3300000${hashOf({ ...file, content: `serial ${program.company}` }, 'md5').slice(0, 20)}`,
        CertificateCreationTime: -400 * day,
        CertificateExpirationTime: 300 * day,
        CertificateCountersignatureTime: -90 * day,
        IsTrusted: true,
        IsRootSignerMicrosoft: microsoft,
      },
    );
  }
};
