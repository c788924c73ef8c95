/** The resources (APIs) that tokens are for, with the permissions that the app's registration lists. */
export type Audience = 'graph' | 'xdr' | 'mde';

export interface Permission {
  readonly value: string;
  readonly title: string;
  readonly adminOnly: boolean;
}

export interface Resource {
  readonly audience: Audience;
  readonly name: string;
  readonly applicationId: string;
  /** Every URI by which tokens for it are asked; the first is the usual one. */
  readonly uris: readonly [string, ...string[]];
  readonly delegated: readonly Permission[];
  readonly application: readonly Permission[];
  /** Delegated permissions that the resource knows besides, and the lab's own registration does not list. */
  readonly others?: readonly Permission[];
}

const admin = (value: string, title: string): Permission => ({ value, title, adminOnly: true });
const anybody = (value: string, title: string): Permission => ({ value, title, adminOnly: false });

export const resources: readonly Resource[] = [
  {
    audience: 'graph',
    name: 'Microsoft Graph',
    applicationId: '00000003-0000-0000-c000-000000000000',
    uris: ['https://graph.microsoft.com', 'https://graph.microsoft.com/', '00000003-0000-0000-c000-000000000000'],
    delegated: [
      anybody('User.Read', 'Sign you in and read your profile'),
      admin('ThreatHunting.Read.All', 'Run hunting queries'),
      admin('SecurityAlert.Read.All', 'Read all security alerts'),
      admin('SecurityAlert.ReadWrite.All', 'Read and write to all security alerts'),
      admin('SecurityAlert.Create.All', 'Create security alerts'),
      admin('SecurityIncident.Read.All', 'Read incidents'),
      admin('SecurityIncident.ReadWrite.All', 'Read and write to incidents'),
      admin('ThreatIndicators.ReadWrite.OwnedBy', 'Manage threat indicators this app creates or owns'),
    ],
    application: [
      admin('ThreatHunting.Read.All', 'Run hunting queries'),
      admin('SecurityAlert.Read.All', 'Read all security alerts'),
      admin('SecurityAlert.ReadWrite.All', 'Read and write to all security alerts'),
      admin('SecurityIncident.Read.All', 'Read all security incidents'),
    ],
    others: [
      admin('Application.Read.All', 'Read applications'),
      admin('Application.ReadWrite.All', 'Read and write all applications'),
      admin('Directory.Read.All', 'Read directory data'),
    ],
  },
  {
    audience: 'mde',
    name: 'WindowsDefenderATP',
    applicationId: 'fc780465-2017-40d4-a0c5-307022471b92',
    uris: [
      'https://api.securitycenter.microsoft.com',
      'https://api.securitycenter.microsoft.com/',
      'https://api.securitycenter.windows.com',
      'https://api.securitycenter.windows.com/',
      'https://securitycenter.onmicrosoft.com/windowsatpservice',
      'fc780465-2017-40d4-a0c5-307022471b92',
    ],
    delegated: [
      admin('AdvancedQuery.Read', 'Run advanced queries'),
      admin('Alert.Read', 'Read alerts'),
      admin('Alert.ReadWrite', 'Read and write alerts'),
      admin('File.Read.All', 'Read file profiles'),
      admin('Ip.Read.All', 'Read IP address profiles'),
      admin('Machine.CollectForensics', 'Collect forensics'),
      admin('Machine.Isolate', 'Isolate machine'),
      admin('Machine.LiveResponse', 'Run live response on a specific machine'),
      admin('Machine.Offboard', 'Offboard machine'),
      admin('Machine.Read', 'Read machine information'),
      admin('Machine.ReadWrite', 'Read and write machine information'),
      admin('Machine.RestrictExecution', 'Restrict code execution'),
      admin('Machine.Scan', 'Scan machine'),
      admin('Machine.StopAndQuarantine', 'Stop and quarantine file'),
      admin('Score.Read', 'Read Threat and Vulnerability Management score'),
      admin('SecurityRecommendation.Read', 'Read security recommendations'),
      admin('Software.Read', 'Read software information'),
      admin('Ti.ReadWrite', 'Read and write IOCs'),
      admin('Url.Read.All', 'Read URL profiles'),
      admin('User.Read.All', 'Read user profiles'),
      admin('Vulnerability.Read', 'Read vulnerability information'),
    ],
    application: [
      admin('AdvancedQuery.Read.All', 'Run advanced queries'),
      admin('Alert.Read.All', 'Read all alerts'),
      admin('Alert.ReadWrite.All', 'Read and write all alerts'),
      admin('Event.Write', 'Write timeline events'),
      admin('Machine.Read.All', 'Read all machine profiles'),
      admin('Ti.Read.All', 'Read all IOCs'),
      admin('Ti.ReadWrite', 'Read and write IOCs belonging to the app'),
      admin('Ti.ReadWrite.All', 'Read and write all IOCs'),
    ],
  },
  {
    audience: 'xdr',
    name: 'Microsoft Threat Protection',
    applicationId: '8ee8fdad-f234-4243-8f3b-15c294843740',
    uris: ['https://api.security.microsoft.com', 'https://api.security.microsoft.com/', '8ee8fdad-f234-4243-8f3b-15c294843740'],
    delegated: [
      admin('AdvancedHunting.Read', 'Run advanced hunting queries'),
      admin('Incident.Read', 'Read incidents'),
      admin('Incident.ReadWrite', 'Read and write incidents'),
      admin('CustomDetections.ReadWrite', 'Read and write custom detections'),
    ],
    application: [
      admin('AdvancedHunting.Read.All', 'Run advanced hunting queries'),
      admin('Incident.Read.All', 'Read all incidents'),
      admin('Incident.ReadWrite.All', 'Read and write all incidents'),
    ],
  },
];

/** Scopes of OpenID Connect itself; they belong to no resource. */
export const identityScopes: readonly Permission[] = [
  anybody('openid', 'Sign you in'),
  anybody('profile', 'View your basic profile'),
  anybody('email', 'View your email address'),
  anybody('offline_access', 'Maintain access to data you have given it access to'),
];
