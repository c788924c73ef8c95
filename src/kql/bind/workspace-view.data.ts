import type { Derived, KqlType } from '../schema';

/** What every streamed table gains; TimeGenerated only where there is a Timestamp. */
export const workspaceColumns: Readonly<Record<string, (table: string) => Derived>> = {
  TimeGenerated: () => ({ column: 'Timestamp' }),
  Type: (table) => ({ text: table }),
  TenantId: () => ({ text: '' }),
  SourceSystem: () => ({ text: '' }),
  MachineGroup: () => ({ text: '' }),
};

/** Columns that the workspace spells differently. */
export const workspaceSpellings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  IdentityInfo: {
    AccountUPN: 'AccountUpn',
    AccountSID: 'OnPremSid',
    AccountCloudSID: 'CloudSid',
    AccountCreationTime: 'CreatedDateTime',
    AccountTenantId: 'TenantId',
    AdditionalMailAddresses: 'OtherMailAddresses',
    MailAddress: 'EmailAddress',
    OnPremisesAccountObjectId: 'OnPremObjectId',
    OnPremisesDistinguishedName: 'DistinguishedName',
    SAMAccountName: 'AccountName',
  },
};

const riskAtSignIn: Readonly<Record<string, KqlType>> = { RiskLevelDuringSignIn: 'int', RiskEventTypes: 'string' };

/** Columns that Microsoft's own published hunts read and its lists of columns lack. No data stands behind them here. */
export const unlistedColumns: Readonly<Record<string, Readonly<Record<string, KqlType>>>> = {
  AADSignInEventsBeta: riskAtSignIn,
  EntraIdSignInEvents: riskAtSignIn,
  EmailEvents: { ForwardingInformation: 'string' },
  EmailUrlInfo: { UrlChainId: 'string', UrlChainPosition: 'int' },
};

/** Columns of documented type string that hold JSON, and that a workspace, and hunting itself in practice, serve as dynamic. */
export const jsonTexts: ReadonlySet<string> = new Set([
  'AdditionalFields',
  'AttackTechniques',
  'AuthenticationDetails',
  'Categories',
  'ConditionalAccessPolicies',
  'ConfidenceLevel',
  'ConnectedNetworks',
  'CrlDistributionPointUrls',
  'DefaultGateways',
  'DetectionMethods',
  'DeviceDynamicTags',
  'DeviceManualTags',
  'DiscoverySources',
  'DnsAddresses',
  'IPAddresses',
  'LoggedOnUsers',
  'RawAgentInfo',
  'UrlChain',
]);
