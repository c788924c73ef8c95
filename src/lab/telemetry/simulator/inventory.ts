import { systemOf } from './activity/heartbeat';
import type { Device } from './devices';
import type { Person } from './staff';
import { software, vulnerable } from './software.data';
import type { Fields } from './sink';
import { day } from './window';
import type { World } from './world';

const describeSoftware = (device: Device): Fields => {
  const system = systemOf(device);
  return {
    DeviceId: device.id,
    DeviceName: device.name,
    OSPlatform: system.OSPlatform,
    OSVersion: system.OSVersion,
    OSArchitecture: device.kind === 'mac' ? 'arm64' : 'x64',
  };
};

const listSoftware = (world: World, device: Device): void => {
  const random = world.random.branch(`software/${device.name}`);
  const head = describeSoftware(device);
  for (const [vendor, name, version] of software) {
    if (random.chance(0.85))
      world.sink.write('DeviceTvmSoftwareInventory', '"t":0', {
        ...head,
        SoftwareVendor: vendor,
        SoftwareName: name,
        SoftwareVersion: version,
      });
  }
  for (const old of vulnerable) {
    if (!random.chance(0.12)) continue;
    const product = { SoftwareVendor: old.vendor, SoftwareName: old.name, SoftwareVersion: old.version };
    world.sink.write('DeviceTvmSoftwareInventory', '"t":0', { ...head, ...product });
    world.sink.write('DeviceTvmSoftwareVulnerabilities', '"t":0', {
      ...head,
      ...product,
      CveId: old.cve,
      VulnerabilitySeverityLevel: old.severity,
      CveTags: '[]',
    });
  }
};

const identityOf = (world: World, person: Person): Fields => ({
  ReportId: `${person.objectId}_info`,
  AccountObjectId: person.objectId,
  AccountUpn: person.upn,
  OnPremSid: person.sid,
  AccountDisplayName: person.display,
  AccountName: person.name,
  AccountDomain: person.domain,
  Type: 'User',
  DistinguishedName: `CN=${person.display},OU=${person.department},DC=${world.organization.blueprint.internalDomain.split('.').join(',DC=')}`,
  GivenName: person.given,
  Surname: person.surname,
  Department: person.department,
  JobTitle: person.title,
  EmailAddress: person.upn,
  City: person.site.city,
  Country: person.site.country,
  IsAccountEnabled: person.active,
  Manager: world.organization.people.find(({ role }) => role === 'executive')?.upn,
  CreatedDateTime: -700 * day,
  CompanyName: world.tenant.name,
  ChangeSource: 'System-UserPersistence',
  BlastRadius: person.role === 'it' ? 'High' : 'Low',
  RiskLevel: 'None',
  Tags: JSON.stringify(person.role === 'it' ? ['Sensitive'] : []),
  AssignedRoles: JSON.stringify(person.role === 'it' ? ['Security Reader'] : []),
  GroupMembership: JSON.stringify(['Domain Users', person.department, ...(person.role === 'it' ? ['Server Operators'] : [])]),
  TenantId: world.tenant.id,
  SourceSystem: 'Azure',
  IdentityEnvironment: 'Hybrid',
  SourceProviders: JSON.stringify(['ActiveDirectory', 'AzureActiveDirectory']),
  TenantMembershipType: 'Member',
});

const catalogue = (world: World): void => {
  for (const { cve, score, exploit, severity, about, vendor, name } of vulnerable) {
    world.sink.write('DeviceTvmSoftwareVulnerabilitiesKB', '"t":0', {
      CveId: cve,
      CvssScore: score,
      IsExploitAvailable: exploit,
      VulnerabilitySeverityLevel: severity,
      LastModifiedTime: -20 * day,
      PublishedDate: -500 * day,
      VulnerabilityDescription: about,
      AffectedSoftware: JSON.stringify([`${vendor}:${name}`]),
    });
  }
};

/** Tables of facts rather than events: identities, software, vulnerabilities. */
export const takeInventory = (world: World): void => {
  for (const device of world.organization.devices) listSoftware(world, device);
  for (const person of world.organization.people) {
    for (const date of [1, 15, 29]) world.record('IdentityInfo', date * day + (person.a % 600) * 100_000_000, identityOf(world, person));
  }
  catalogue(world);
};
