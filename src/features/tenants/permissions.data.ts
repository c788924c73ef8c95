/** What Quarry asks an administrator for, and what for: read on the connect page before anything is granted. */
export interface PermissionRow {
  readonly name: string;
  readonly api: string;
  readonly why: string;
}

export const permissions: readonly PermissionRow[] = [
  {
    name: 'openid, profile, offline_access',
    api: 'Microsoft Entra ID',
    why: 'Signs your people in, shows their name, and keeps them signed in while they work.',
  },
  {
    name: 'ThreatHunting.Read.All',
    api: 'Microsoft Graph',
    why: 'Runs the hunting queries that your analysts write. Reads security data; changes nothing.',
  },
  {
    name: 'AdvancedHunting.Read',
    api: 'Microsoft Threat Protection',
    why: 'The same over the older Defender XDR interface, where an installation still uses it.',
  },
  {
    name: 'AdvancedQuery.Read, Ti.ReadWrite',
    api: 'WindowsDefenderATP',
    why: 'The same over Defender for Endpoint, and indicators that your analysts manage.',
  },
];
