import type { Derived, KqlType } from '../schema';

/** What every streamed table gains beside its times. */
export const workspaceColumns: Readonly<Record<string, (table: string) => Derived>> = {
  Type: (table) => ({ text: table }),
  TenantId: () => ({ text: '' }),
  SourceSystem: () => ({ text: '' }),
  MachineGroup: () => ({ text: '' }),
};

/** What every streamed table gains about its own upkeep, for which there is no data here. */
export const upkeepColumns: Readonly<Record<string, KqlType>> = { _BilledSize: 'real', _IsBillable: 'bool' };

/** Columns that the workspace spells differently. */
export const workspaceSpellings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AgentsInfo: {
    Description: 'AgentDescription',
    EntraAgentID: 'EntraAgentId',
    EntraBlueprintID: 'EntraBlueprintId',
    Name: 'AgentName',
    ObservabilityID: 'ObservabilityId',
  },
  CloudAppEvents: { ISP: 'Isp' },
  DeviceInfo: { DeviceObjectId: 'AadDeviceId' },
  IdentityLogonEvents: { ISP: 'Isp' },
  MessageEvents: { ThreadSubType: 'ThreadSubtype' },
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

const replacedVerdicts: Readonly<Record<string, string>> = {
  MalwareFilterVerdict: 'ThreatTypes',
  PhishFilterVerdict: 'ThreatTypes',
  MalwareDetectionMethod: 'DetectionMethods',
  PhishDetectionMethod: 'DetectionMethods',
};

/** Former names of columns, from Microsoft's page of naming changes; what is saved in Defender is renamed there. */
export const formerNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  EmailAttachmentInfo: replacedVerdicts,
  EmailEvents: {
    ...replacedVerdicts,
    FinalEmailAction: 'EmailAction',
    FinalEmailActionPolicy: 'EmailActionPolicy',
    FinalEmailActionPolicyGuid: 'EmailActionPolicyGuid',
  },
};

const riskAtSignIn: Readonly<Record<string, KqlType>> = { RiskLevelDuringSignIn: 'int', RiskEventTypes: 'string' };

/** Columns of a workspace's tables, or that published hunts read, which Defender's lists of columns lack. No data stands behind them here. */
export const unlistedColumns: Readonly<Record<string, Readonly<Record<string, KqlType>>>> = {
  AADSignInEventsBeta: riskAtSignIn,
  EntraIdSignInEvents: riskAtSignIn,
  CloudAppEvents: { PerformedByDisplayName: 'string' },
  DeviceInfo: { RestrictedDeviceSecurityOperations: 'string' },
  DeviceTvmSoftwareVulnerabilitiesKB: { CveSupportability: 'string', CvssVector: 'string', EpssScore: 'real' },
  EmailEvents: {
    Cc: 'dynamic',
    Context: 'string',
    EmailSize: 'int',
    ExchangeTransportRule: 'string',
    ForwardingInformation: 'string',
    IsFirstContact: 'bool',
    LastEventExecutionTime: 'datetime',
    RecipientDomain: 'string',
    ThreatClassification: 'string',
    To: 'dynamic',
  },
  EmailUrlInfo: { UrlChainId: 'string', UrlChainPosition: 'int' },
  IdentityInfo: {
    Applications: 'string',
    ExtensionProperty: 'dynamic',
    IdentityId: 'string',
    InvestigationPriority: 'int',
    InvestigationPriorityPercentile: 'int',
    IsMFARegistered: 'bool',
    LastSeenDate: 'datetime',
    OnPremisesExtensionAttributes: 'string',
    RiskState: 'string',
    ServicePrincipals: 'dynamic',
    StreetAddress: 'string',
    UACFlags: 'string',
    UserState: 'string',
    UserStateChangedOn: 'datetime',
    UserType: 'string',
  },
  MessageEvents: { MessageSubtype: 'string', MessageType: 'string', Subject: 'string', ThreadName: 'string', ThreadType: 'string' },
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

/** Columns of documented type string that hold a number, and that a workspace serves as one. */
export const numberTexts: ReadonlySet<string> = new Set(['CvssScore']);
