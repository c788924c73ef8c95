/**
 * Tables and columns of advanced hunting: names and KQL types as Microsoft's public documentation lists them (July and August 2026).
 * `columns` is "name:type" words in the documented order. A column that the documentation types as string stays a string even where it
 * carries JSON (AdditionalFields of the device tables, for one), so queries call parse_json() on it as they must on a real tenant.
 * The second spelling LogonID that one page lists beside LogonId in DeviceProcessEvents is left out: it differs in case alone.
 */
export interface HuntingTableFacts {
  readonly name: string;
  readonly group: 'alerts' | 'agents' | 'cloud' | 'data' | 'devices' | 'email' | 'exposure' | 'identity' | 'vulnerability';
  readonly status: 'current' | 'preview' | 'deprecated' | 'endpoint-only';
  readonly about: string;
  readonly columns: string;
}

export const huntingTableFacts: readonly HuntingTableFacts[] = [
  {
    name: 'AADSignInEventsBeta',
    group: 'identity',
    status: 'deprecated',
    about: 'User sign-ins to Microsoft Entra ID under the older table name',
    columns:
      'Timestamp:datetime Application:string ApplicationId:string LogonType:string ErrorCode:int CorrelationId:string ' +
      'SessionId:string AccountDisplayName:string AccountObjectId:string AccountUpn:string IsExternalUser:int IsGuestUser:bool ' +
      'AlternateSignInName:string LastPasswordChangeTimestamp:datetime ResourceDisplayName:string ResourceId:string ' +
      'ResourceTenantId:string DeviceName:string AadDeviceId:string EntraIdDeviceId:string OSPlatform:string DeviceTrustType:string ' +
      'IsManaged:int IsCompliant:int AuthenticationProcessingDetails:string AuthenticationRequirement:string TokenIssuerType:int ' +
      'RiskLevelAggregated:int RiskDetails:int RiskState:int UserAgent:string ClientAppUsed:string Browser:string ' +
      'ConditionalAccessPolicies:string ConditionalAccessStatus:int IPAddress:string Country:string State:string City:string ' +
      'Latitude:string Longitude:string NetworkLocationDetails:string RequestId:string ReportId:string EndpointCall:string',
  },
  {
    name: 'AADSpnSignInEventsBeta',
    group: 'identity',
    status: 'deprecated',
    about: 'Sign-ins of service principals and managed identities under the older table name',
    columns:
      'Timestamp:datetime Application:string ApplicationId:string IsManagedIdentity:bool ErrorCode:int CorrelationId:string ' +
      'ServicePrincipalName:string ServicePrincipalId:string ResourceDisplayName:string ResourceId:string ResourceTenantId:string ' +
      'IPAddress:string Country:string State:string City:string Latitude:string Longitude:string RequestId:string ReportId:string',
  },
  {
    name: 'AgentsInfo',
    group: 'agents',
    status: 'current',
    about: 'Inventory of AI agents',
    columns:
      'Timestamp:datetime AgentId:string AgentName:string Platform:string AgentDescription:string Version:string ' +
      'SourceAgentId:string EntraAgentId:string EntraBlueprintId:string ToolsAuthenticationType:dynamic Permissions:dynamic ' +
      'PublishedStatus:string LifecycleStatus:string Availability:string CreatedDateTime:datetime LastPublishedDateTime:datetime ' +
      'LastUpdatedDateTime:datetime Owners:dynamic SharedWith:dynamic InstanceCount:int Instructions:string Model:string ' +
      'Channels:dynamic Capabilities:dynamic DeclaredDataSources:dynamic DeclaredTools:dynamic McpServers:dynamic Skills:dynamic ' +
      'ConnectedAgents:dynamic Memory:dynamic Triggers:dynamic Guardrails:dynamic Endpoints:dynamic ObservabilityId:dynamic ' +
      'RawAgentInfo:dynamic',
  },
  {
    name: 'AIAgentsInfo',
    group: 'agents',
    status: 'preview',
    about: 'Inventory of Copilot Studio agents',
    columns:
      'Timestamp:datetime RegistrySource:string AIAgentId:guid AIAgentName:string AgentCreationTime:datetime ' +
      'CreatorAccountUpn:string OwnerAccountUpns:string LastModifiedByUpn:string LastModifiedTime:datetime ' +
      'LastPublishedTime:datetime LastPublishedByUpn:string AgentDescription:string AgentStatus:string ' +
      'UserAuthenticationType:string AgentUsers:string KnowledgeDetails:string AgentActionTriggers:string RawAgentInfo:string ' +
      'AuthenticationTrigger:string AccessControlPolicy:string AuthorizedSecurityGroupIds:dynamic AgentTopicsDetails:dynamic ' +
      'AgentToolsDetails:dynamic EnvironmentId:string Platform:string IsGenerativeOrchestrationEnabled:bool AgentAppId:string ' +
      'ConnectedAgentsSchemaNames:dynamic ChildAgentsSchemaNames:dynamic Version:string IsBlocked:bool Instructions:string ' +
      'EntraObjectId:string EntraBlueprintId:string AIModel:string AccessCapabilities:dynamic ElementTypes:dynamic ' +
      'SourceAgentId:string',
  },
  {
    name: 'AlertEvidence',
    group: 'alerts',
    status: 'current',
    about: 'Entities attached to alerts, one a row',
    columns:
      'Timestamp:datetime AlertId:string Title:string Categories:string AttackTechniques:string ServiceSource:string ' +
      'DetectionSource:string EntityType:string EvidenceRole:string EvidenceDirection:string FileName:string FolderPath:string ' +
      'SHA1:string SHA256:string FileSize:long ThreatFamily:string RemoteIP:string RemoteUrl:string AccountName:string ' +
      'AccountDomain:string AccountSid:string AccountObjectId:string AccountUpn:string DeviceId:string DeviceName:string ' +
      'LocalIP:string NetworkMessageId:string EmailSubject:string Application:string ApplicationId:int OAuthApplicationId:string ' +
      'ProcessCommandLine:string RegistryKey:string RegistryValueName:string RegistryValueData:string AdditionalFields:string ' +
      'Severity:string CloudResource:string CloudPlatform:string ResourceType:string ResourceID:string SubscriptionId:string',
  },
  {
    name: 'AlertInfo',
    group: 'alerts',
    status: 'current',
    about: 'Alerts, one a row',
    columns:
      'Timestamp:datetime AlertId:string Title:string Category:string Severity:string ServiceSource:string DetectionSource:string ' +
      'AttackTechniques:string',
  },
  {
    name: 'BehaviorEntities',
    group: 'alerts',
    status: 'preview',
    about: 'Entities attached to behaviours, one a row',
    columns:
      'Timestamp:datetime BehaviorId:string Categories:string ServiceSource:string DetectionSource:string DataSources:string ' +
      'EntityType:string EntityRole:string DetailedEntityRole:string FileName:string FolderPath:string SHA1:string SHA256:string ' +
      'FileSize:long ThreatFamily:string RemoteIP:string RemoteUrl:string AccountName:string AccountDomain:string AccountSid:string ' +
      'AccountObjectId:string CloudPlatform:string CloudResourceType:string CloudResourceId:string CloudSubscriptionId:string ' +
      'AccountUpn:string DeviceId:string DeviceName:string LocalIP:string NetworkMessageId:string EmailSubject:string ' +
      'EmailClusterId:string Application:string ApplicationId:int OAuthApplicationId:string ProcessCommandLine:string ' +
      'RegistryKey:string RegistryValueName:string RegistryValueData:string AdditionalFields:string ActionType:string',
  },
  {
    name: 'BehaviorInfo',
    group: 'alerts',
    status: 'preview',
    about: 'Behaviours seen in cloud apps and user analytics',
    columns:
      'Timestamp:datetime BehaviorId:string Title:string Description:string Categories:string AttackTechniques:string ' +
      'ServiceSource:string DetectionSource:string DataSources:string DeviceId:string AccountUpn:string AccountObjectId:string ' +
      'StartTime:datetime EndTime:datetime AdditionalFields:string ActionType:string',
  },
  {
    name: 'CallActivityEvents',
    group: 'email',
    status: 'current',
    about: 'Calls made in Microsoft Teams; its time column is ActivityTimestamp',
    columns:
      'ActivityTimestamp:datetime CallId:string ActivityId:string ActivityInitiatorId:string ActivityType:string ThreadId:string ' +
      'ActivityInitiatorUpn:string ActivityInitiatorDisplayName:string CallSchedulingType:string CallJoinUrl:string ' +
      'OriginatorUserDisplayName:string OriginatorUpn:string',
  },
  {
    name: 'CampaignInfo',
    group: 'email',
    status: 'preview',
    about: 'Mail campaigns',
    columns:
      'Timestamp:datetime CampaignName:string CampaignId:string CampaignType:string CampaignSubtype:string NetworkMessageId:string ' +
      'RecipientEmailAddress:string ReportId:string',
  },
  {
    name: 'CloudAppEvents',
    group: 'identity',
    status: 'current',
    about: 'What people and apps did in Microsoft 365 and other cloud apps',
    columns:
      'Timestamp:datetime ActionType:string Application:string ApplicationId:int AppInstanceId:int AccountObjectId:string ' +
      'AccountId:string AccountDisplayName:string IsAdminOperation:bool DeviceType:string OSPlatform:string IPAddress:string ' +
      'IsAnonymousProxy:bool CountryCode:string City:string Isp:string UserAgent:string ActivityType:string ActivityObjects:dynamic ' +
      'ObjectName:string ObjectType:string ObjectId:string ReportId:string AccountType:string IsExternalUser:bool ' +
      'IsImpersonated:bool IPTags:dynamic IPCategory:string UserAgentTags:dynamic RawEventData:dynamic AdditionalFields:dynamic ' +
      'LastSeenForUser:dynamic UncommonForUser:dynamic AuditSource:string SessionData:dynamic OAuthAppId:string',
  },
  {
    name: 'CloudAuditEvents',
    group: 'cloud',
    status: 'preview',
    about: 'Audit records of cloud control planes',
    columns:
      'Timestamp:datetime ReportId:string DataSource:string ActionType:string OperationName:string ResourceId:string ' +
      'IPAddress:string IsAnonymousProxy:bool CountryCode:string City:string Isp:string UserAgent:string RawEventData:dynamic ' +
      'AdditionalFields:dynamic',
  },
  {
    name: 'CloudDnsEvents',
    group: 'cloud',
    status: 'preview',
    about: 'DNS lookups in cloud workloads',
    columns:
      'Timestamp:datetime ReportId:string ActionType:string AzureResourceId:string AwsResourceName:string ' +
      'GcpFullResourceName:string KubernetesResource:string KubernetesNamespace:string KubernetesPodName:string ' +
      'ContainerName:string ContainerId:string ImageName:string ProcessName:string ProcessId:long DnsEventType:string ' +
      'DnsEventSubType:string DnsQuery:string DnsQueryTypeName:string DnsResponseCodeName:string DnsNetworkDuration:long ' +
      'TransactionIdHex:string AdditionalFields:dynamic',
  },
  {
    name: 'CloudPolicyEnforcementEvents',
    group: 'cloud',
    status: 'current',
    about: 'Decisions of cloud and Kubernetes policies',
    columns:
      'Timestamp:datetime ReportId:string DataSource:string SubscriptionId:string ActionType:string AzureResourceId:string ' +
      'AwsResourceName:string GcpFullResourceName:string Region:string ResourceKind:string ResourceName:string ' +
      'KubernetesNamespace:string Reason:string AdditionalFields:string',
  },
  {
    name: 'CloudProcessEvents',
    group: 'cloud',
    status: 'preview',
    about: 'Processes started in containers',
    columns:
      'Timestamp:datetime AzureResourceId:string AwsResourceName:string GcpFullResourceName:string ContainerImageName:string ' +
      'KubernetesNamespace:string KubernetesPodName:string KubernetesResource:string ContainerName:string ContainerId:string ' +
      'ActionType:string FileName:string FolderPath:string ProcessId:long ProcessName:string ParentProcessName:string ' +
      'ParentProcessId:string ProcessCommandLine:string ProcessCreationTime:datetime ProcessCurrentWorkingDirectory:string ' +
      'AccountName:string LogonId:long InitiatingProcessId:string ImageDigest:string AgentId:string Region:string HostName:string ' +
      'AdditionalFields:string',
  },
  {
    name: 'CloudStorageAggregatedEvents',
    group: 'cloud',
    status: 'preview',
    about: 'Storage access, summed up',
    columns:
      'DataAggregationStartTime:datetime DataAggregationEndTime:datetime DataSource:string SubscriptionId:string ' +
      'ResourceGroup:string StorageAccount:string StorageContainer:string StorageFileShare:string ServiceType:string ' +
      'IpAddress:string UserAgentHeader:string OperationNamesList:dynamic AuthenticationType:string AccountObjectId:string ' +
      'AccountTenantId:long AccountApplicationId:string AccountUpn:string AccountType:long OperationsCount:int ' +
      'SuccessfulOperationsCount:int FailedOperationsCount:int FirstEventTimestamp:datetime LastEventTimestamp:datetime ' +
      'TotalResponseLength:int SuccessfulReadOperations:int DistinctGetOperations:int AnonymousSuccessfulOperations:int ' +
      'HasAnonymousResourceNotFoundFailures:bool CountryName:string CityName:string ProvinceName:string ' +
      'ClientSystemServiceName:string ClientCloudPlatformName:string IsTorExitNode:bool IsKnownSuspiciousIp:bool IsPrivateIp:bool ' +
      'SuspiciousUserAgentName:string HashReputationMd5List:dynamic AzureResourceId:string Location:string Timestamp:datetime ' +
      'ReportId:string ActionType:string AdditionalFields:dynamic',
  },
  {
    name: 'DataSecurityBehaviors',
    group: 'data',
    status: 'preview',
    about: 'Risky behaviour around data, from Purview',
    columns:
      'Timestamp:datetime BehaviorId:string ActionType:string StartTime:datetime EndTime:datetime AttackTechniques:string ' +
      'Categories:string ActionCategory:string Description:string ServiceSource:string DetectionSource:string ActivityCount:int ' +
      'IsAnomalous:bool IsContentHidden:bool AccountUpn:string AccountEmail:string Application:string DeviceInfo:dynamic ' +
      'SensitivityLabelInfo:dynamic SensitiveInfoTypesInfo:dynamic UrlDomainInfo:dynamic SharepointSiteInfo:dynamic ' +
      'RecipientEmailInfo:dynamic RemovableMediaInfo:dynamic PrinterName:dynamic PriorityContentMatchInfo:dynamic',
  },
  {
    name: 'DataSecurityEvents',
    group: 'data',
    status: 'preview',
    about: 'Activity that broke a data policy, from Purview',
    columns:
      'ApplicationNames:string DeviceId:string DeviceName:string AadDeviceId:guid IsManagedDevice:bool DlpPolicyMatchInfo:string ' +
      'DlpPolicyEnforcementMode:int DlpPolicyRuleMatchInfo:dynamic FileRenameInfo:string PhysicalAccessPointId:string ' +
      'PhysicalAccessPointName:string PhysicalAccessStatus:string PhysicalAssetTag:string RemovableMediaManufacturer:string ' +
      'RemovableMediaModel:string RemovableMediaSerialNumber:string TeamsChannelName:string TeamsChannelType:string ' +
      'TeamsTeamName:string UserAlternateEmails:string AccountUpn:string AccountObjectId:string Department:string ' +
      'SourceCodeInfo:string CcPolicyMatchInfo:dynamic IPAddress:string Timestamp:datetime DeviceSourceLocationType:int ' +
      'DeviceDestinationLocationType:int IrmPolicyMatchInfo:dynamic UnallowedUrlDomains:string ExternalUrlDomains:string ' +
      'UrlDomainInfo:string SourceUrlDomain:string TargetUrlDomain:string EmailAttachmentCount:int EmailAttachmentInfo:dynamic ' +
      'InternetMessageId:string NetworkMessageId:guid EmailSubject:string ObjectId:string ObjectName:string ObjectType:string ' +
      'ObjectSize:int IsHidden:bool ActivityId:guid ActionType:string SensitiveInfoTypeInfo:dynamic SensitivityLabelId:string ' +
      'SharepointSiteSensitivityLabelIds:string PreviousSensitivityLabelId:string Operation:string RecipientEmailAddress:string ' +
      'SiteUrl:string SourceRelativeUrl:string TargetFilePath:string PrinterName:string Workload:string IrmActionCategory:string ' +
      'SequenceCorrelationId:string CloudAppAlertId:string',
  },
  {
    name: 'DeviceAlertEvents',
    group: 'alerts',
    status: 'endpoint-only',
    about: 'Alerts in the shape of the Defender for Endpoint API alone',
    columns:
      'AlertId:string Timestamp:datetime DeviceId:string DeviceName:string Severity:string Category:string Title:string ' +
      'FileName:string SHA1:string RemoteUrl:string RemoteIP:string AttackTechniques:string ReportId:long Table:string',
  },
  {
    name: 'DeviceBaselineComplianceAssessment',
    group: 'vulnerability',
    status: 'preview',
    about: 'Results of security-baseline checks',
    columns:
      'DeviceId:string DeviceName:string OSPlatform:string OSVersion:string ConfigurationId:string ProfileId:string ' +
      'IsCompliant:bool IsApplicable:bool Source:dynamic RecommendedValue:dynamic CurrentValue:dynamic IsExempt:bool',
  },
  {
    name: 'DeviceBaselineComplianceAssessmentKB',
    group: 'vulnerability',
    status: 'preview',
    about: 'Catalogue of security-baseline checks',
    columns:
      'ConfigurationId:string ConfigurationName:string ConfigurationDescription:string ConfigurationRationale:string ' +
      'ConfigurationCategory:string BenchmarkProfileLevels:dynamic CCEReference:string RemediationOptions:string ' +
      'ConfigurationBenchmark:string Source:dynamic RecommendedValue:dynamic',
  },
  {
    name: 'DeviceBaselineComplianceProfiles',
    group: 'vulnerability',
    status: 'preview',
    about: 'Profiles of security baselines',
    columns:
      'ProfileId:string ProfileName:string ProfileDescription:string OSPlatform:dynamic OSVersion:string BaseBenchmark:string ' +
      'BenchmarkVersion:string BenchmarkProfileLevel:string Status:bool CreatedBy:string CreatedOn:datetime LastUpdatedBy:string ' +
      'LastUpdatedOn:datetime',
  },
  {
    name: 'DeviceEvents',
    group: 'devices',
    status: 'current',
    about: 'Everything else a sensor reports: security controls, scripts, API calls, tasks, services',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string ' +
      'SHA256:string MD5:string FileSize:long AccountDomain:string AccountName:string AccountSid:string RemoteUrl:string ' +
      'RemoteDeviceName:string ProcessId:long ProcessCommandLine:string ProcessCreationTime:datetime ProcessTokenElevation:string ' +
      'LogonId:long RegistryKey:string RegistryValueName:string RegistryValueData:string RemoteIP:string RemotePort:int ' +
      'LocalIP:string LocalPort:int FileOriginUrl:string FileOriginIP:string InitiatingProcessSHA1:string ' +
      'InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long ' +
      'InitiatingProcessFolderPath:string InitiatingProcessId:long InitiatingProcessCommandLine:string ' +
      'InitiatingProcessCreationTime:datetime InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string ' +
      'InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string ' +
      'InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime ' +
      'InitiatingProcessLogonId:long ReportId:long AppGuardContainerId:string AdditionalFields:string ' +
      'InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string ' +
      'InitiatingProcessRemoteSessionIP:string CreatedProcessSessionId:long IsProcessRemoteSession:bool ' +
      'ProcessRemoteSessionDeviceName:string ProcessRemoteSessionIP:string InitiatingProcessUniqueId:string',
  },
  {
    name: 'DeviceFileCertificateInfo',
    group: 'devices',
    status: 'current',
    about: 'Signatures of files that were seen',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string SHA1:string IsSigned:bool SignatureType:string Signer:string ' +
      'SignerHash:string Issuer:string IssuerHash:string CertificateSerialNumber:string CrlDistributionPointUrls:string ' +
      'CertificateCreationTime:datetime CertificateExpirationTime:datetime CertificateCountersignatureTime:datetime IsTrusted:bool ' +
      'IsRootSignerMicrosoft:bool ReportId:long',
  },
  {
    name: 'DeviceFileEvents',
    group: 'devices',
    status: 'current',
    about: 'Files made, changed, renamed and deleted',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string ' +
      'SHA256:string MD5:string FileOriginUrl:string FileOriginReferrerUrl:string FileOriginIP:string PreviousFolderPath:string ' +
      'PreviousFileName:string FileSize:long InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string ' +
      'InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string ' +
      'InitiatingProcessMD5:string InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessFolderPath:string ' +
      'InitiatingProcessFileName:string InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName:string ' +
      'InitiatingProcessVersionInfoProductName:string InitiatingProcessVersionInfoProductVersion:string ' +
      'InitiatingProcessVersionInfoInternalFileName:string InitiatingProcessVersionInfoOriginalFileName:string ' +
      'InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long InitiatingProcessCommandLine:string ' +
      'InitiatingProcessCreationTime:datetime InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string ' +
      'InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime ' +
      'RequestProtocol:string RequestSourceIP:string RequestSourcePort:int RequestAccountName:string RequestAccountDomain:string ' +
      'RequestAccountSid:string ShareName:string SensitivityLabel:string SensitivitySubLabel:string ' +
      'IsAzureInfoProtectionApplied:bool ReportId:long AppGuardContainerId:string AdditionalFields:string ' +
      'InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string ' +
      'InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string LogonID:long',
  },
  {
    name: 'DeviceImageLoadEvents',
    group: 'devices',
    status: 'current',
    about: 'Libraries that processes loaded',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string ' +
      'SHA256:string MD5:string FileSize:long InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string ' +
      'InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string ' +
      'InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string InitiatingProcessSHA1:string ' +
      'InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long ' +
      'InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime ' +
      'InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string ' +
      'InitiatingProcessParentCreationTime:datetime ReportId:long AppGuardContainerId:string InitiatingProcessSessionId:long ' +
      'IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string ' +
      'InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string',
  },
  {
    name: 'DeviceInfo',
    group: 'devices',
    status: 'current',
    about: 'State of each device, repeated through the day',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ClientVersion:string PublicIP:string OSArchitecture:string ' +
      'OSPlatform:string OSBuild:long IsAzureADJoined:bool JoinType:string AadDeviceId:string LoggedOnUsers:string ' +
      'RegistryDeviceTag:string OSVersion:string MachineGroup:string ReportId:long OnboardingStatus:string AdditionalFields:string ' +
      'DeviceCategory:string DeviceType:string DeviceSubtype:string Model:string Vendor:string OSDistribution:string ' +
      'OSVersionInfo:string MergedDeviceIds:string MergedToDeviceId:string IsInternetFacing:bool SensorHealthState:string ' +
      'IsExcluded:bool ExclusionReason:string ExposureLevel:string AssetValue:string DeviceManualTags:string ' +
      'DeviceDynamicTags:string ConnectivityType:string HostDeviceId:string AzureResourceId:string AwsResourceName:string ' +
      'GcpFullResourceName:string HardwareUuid:string CloudPlatforms:string AzureVmId:string AzureVmSubscriptionId:string ' +
      'IsTransient:bool OsBuildRevision:string MitigationStatus:string Site:string DiscoverySources:string',
  },
  {
    name: 'DeviceLogonEvents',
    group: 'devices',
    status: 'current',
    about: 'Logons on devices, local and remote, with failures',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string LogonType:string AccountDomain:string ' +
      'AccountName:string AccountSid:string Protocol:string FailureReason:string IsLocalAdmin:bool LogonId:long ' +
      'RemoteDeviceName:string RemoteIP:string RemoteIPType:string RemotePort:int InitiatingProcessAccountDomain:string ' +
      'InitiatingProcessAccountName:string InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string ' +
      'InitiatingProcessAccountObjectId:string InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string ' +
      'InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string ' +
      'InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime ' +
      'InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string ' +
      'InitiatingProcessParentCreationTime:datetime ReportId:long AppGuardContainerId:string AdditionalFields:string ' +
      'InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string ' +
      'InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string',
  },
  {
    name: 'DeviceNetworkEvents',
    group: 'devices',
    status: 'current',
    about: 'Connections made, accepted and refused',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string RemoteIP:string RemotePort:int RemoteUrl:string ' +
      'LocalIP:string LocalPort:int Protocol:string LocalIPType:string RemoteIPType:string InitiatingProcessSHA1:string ' +
      'InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long ' +
      'InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime ' +
      'InitiatingProcessFolderPath:string InitiatingProcessParentFileName:string InitiatingProcessParentId:long ' +
      'InitiatingProcessParentCreationTime:datetime InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string ' +
      'InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string ' +
      'InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string ReportId:long AppGuardContainerId:string ' +
      'AdditionalFields:string InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool ' +
      'InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string ' +
      'LogonID:long',
  },
  {
    name: 'DeviceNetworkInfo',
    group: 'devices',
    status: 'current',
    about: 'Network adapters and addresses of each device',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string NetworkAdapterName:string MacAddress:string NetworkAdapterType:string ' +
      'NetworkAdapterStatus:string TunnelType:string ConnectedNetworks:string DnsAddresses:string IPv4Dhcp:string IPv6Dhcp:string ' +
      'DefaultGateways:string IPAddresses:string ReportId:long NetworkAdapterVendor:string OnboardingStatus:string ' +
      'NetworkAdapterDnsSuffix:string',
  },
  {
    name: 'DeviceProcessEvents',
    group: 'devices',
    status: 'current',
    about: 'Processes started',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string ' +
      'SHA256:string MD5:string FileSize:long ProcessVersionInfoCompanyName:string ProcessVersionInfoProductName:string ' +
      'ProcessVersionInfoProductVersion:string ProcessVersionInfoInternalFileName:string ProcessVersionInfoOriginalFileName:string ' +
      'ProcessVersionInfoFileDescription:string ProcessId:long ProcessCommandLine:string ProcessIntegrityLevel:string ' +
      'ProcessTokenElevation:string ProcessCreationTime:datetime AccountDomain:string AccountName:string AccountSid:string ' +
      'AccountUpn:string AccountObjectId:string LogonId:long InitiatingProcessAccountDomain:string ' +
      'InitiatingProcessAccountName:string InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string ' +
      'InitiatingProcessAccountObjectId:string InitiatingProcessLogonId:long InitiatingProcessIntegrityLevel:string ' +
      'InitiatingProcessTokenElevation:string InitiatingProcessSHA1:string InitiatingProcessSHA256:string ' +
      'InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long ' +
      'InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime ' +
      'InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string ' +
      'InitiatingProcessParentCreationTime:datetime InitiatingProcessSignerType:string InitiatingProcessSignatureStatus:string ' +
      'ReportId:long AppGuardContainerId:string AdditionalFields:string InitiatingProcessSessionId:long ' +
      'IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string ' +
      'InitiatingProcessRemoteSessionIP:string CreatedProcessSessionId:long IsProcessRemoteSession:bool ' +
      'ProcessRemoteSessionDeviceName:string ProcessRemoteSessionIP:string ProcessUniqueId:string InitiatingProcessUniqueId:string',
  },
  {
    name: 'DeviceRegistryEvents',
    group: 'devices',
    status: 'current',
    about: 'Registry keys and values written and deleted',
    columns:
      'Timestamp:datetime DeviceId:string DeviceName:string ActionType:string RegistryKey:string RegistryValueType:string ' +
      'RegistryValueName:string RegistryValueData:string PreviousRegistryKey:string PreviousRegistryValueName:string ' +
      'PreviousRegistryValueData:string InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string ' +
      'InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string ' +
      'InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string ' +
      'InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string ' +
      'InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string ' +
      'InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ' +
      'InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime ' +
      'InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string ' +
      'InitiatingProcessParentCreationTime:datetime InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string ' +
      'ReportId:long AppGuardContainerId:string InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool ' +
      'InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string',
  },
  {
    name: 'DeviceTvmBrowserExtensions',
    group: 'vulnerability',
    status: 'preview',
    about: 'Browser extensions installed',
    columns:
      'DeviceId:string BrowserName:string ExtensionId:string ExtensionName:string ExtensionDescription:string ' +
      'ExtensionVersion:string ExtensionRisk:string ExtensionVendor:string IsActivated:string InstallationTime:datetime',
  },
  {
    name: 'DeviceTvmBrowserExtensionsKB',
    group: 'vulnerability',
    status: 'preview',
    about: 'What browser extensions may do',
    columns:
      'BrowserName:string ExtensionId:string ExtensionName:string ExtensionDescription:string ExtensionVersion:dynamic ' +
      'ExtensionRisk:string PermissionId:string PermissionName:string PermissionDescription:string PermissionRisk:string ' +
      'IsPermissionRequired:string',
  },
  {
    name: 'DeviceTvmCertificateInfo',
    group: 'vulnerability',
    status: 'preview',
    about: 'Certificates installed on devices',
    columns:
      'DeviceId:string Thumbprint:string Path:string SerialNumber:string IssuedTo:dynamic IssuedBy:dynamic FriendlyName:string ' +
      'SignatureAlgorithm:string KeySize:string ExpirationDate:string IssueDate:string SubjectType:string KeyUsage:string ' +
      'ExtendedKeyUsage:string',
  },
  {
    name: 'DeviceTvmHardwareFirmware',
    group: 'vulnerability',
    status: 'current',
    about: 'Hardware and firmware of devices',
    columns:
      'DeviceId:string DeviceName:string ComponentType:string Manufacturer:string ComponentName:string ComponentFamily:string ' +
      'ComponentVersion:string AdditionalFields:dynamic',
  },
  {
    name: 'DeviceTvmInfoGathering',
    group: 'vulnerability',
    status: 'current',
    about: 'Facts gathered for assessments',
    columns: 'Timestamp:datetime LastSeenTime:datetime DeviceId:string DeviceName:string OSPlatform:string AdditionalFields:dynamic',
  },
  {
    name: 'DeviceTvmInfoGatheringKB',
    group: 'vulnerability',
    status: 'current',
    about: 'Meaning of the facts gathered for assessments',
    columns: 'IgId:string FieldName:string Description:string Categories:dynamic DataStructure:string',
  },
  {
    name: 'DeviceTvmSecureConfigurationAssessment',
    group: 'vulnerability',
    status: 'current',
    about: 'Results of secure-configuration checks',
    columns:
      'DeviceId:string DeviceName:string OSPlatform:string Timestamp:datetime ConfigurationId:string ConfigurationCategory:string ' +
      'ConfigurationSubcategory:string ConfigurationImpact:real IsCompliant:bool IsApplicable:bool Context:dynamic ' +
      'IsExpectedUserImpact:bool',
  },
  {
    name: 'DeviceTvmSecureConfigurationAssessmentKB',
    group: 'vulnerability',
    status: 'current',
    about: 'Catalogue of secure-configuration checks',
    columns:
      'ConfigurationId:string ConfigurationImpact:real ConfigurationName:string ConfigurationDescription:string ' +
      'RiskDescription:string ConfigurationCategory:string ConfigurationSubcategory:string ConfigurationBenchmarks:dynamic ' +
      'Tags:dynamic RemediationOptions:string',
  },
  {
    name: 'DeviceTvmSoftwareEvidenceBeta',
    group: 'vulnerability',
    status: 'current',
    about: 'Where on a device software was found',
    columns:
      'DeviceId:string SoftwareVendor:string SoftwareName:string SoftwareVersion:string RegistryPaths:dynamic DiskPaths:dynamic ' +
      'LastSeenTime:string',
  },
  {
    name: 'DeviceTvmSoftwareInventory',
    group: 'vulnerability',
    status: 'current',
    about: 'Software installed on devices',
    columns:
      'DeviceId:string DeviceName:string OSPlatform:string OSVersion:string OSArchitecture:string SoftwareVendor:string ' +
      'SoftwareName:string SoftwareVersion:string EndOfSupportStatus:string EndOfSupportDate:datetime ProductCodeCpe:string',
  },
  {
    name: 'DeviceTvmSoftwareVulnerabilities',
    group: 'vulnerability',
    status: 'current',
    about: 'Known vulnerabilities of installed software',
    columns:
      'DeviceId:string DeviceName:string OSPlatform:string OSVersion:string OSArchitecture:string SoftwareVendor:string ' +
      'SoftwareName:string SoftwareVersion:string CveId:string VulnerabilitySeverityLevel:string RecommendedSecurityUpdate:string ' +
      'RecommendedSecurityUpdateId:string CveTags:dynamic',
  },
  {
    name: 'DeviceTvmSoftwareVulnerabilitiesKB',
    group: 'vulnerability',
    status: 'current',
    about: 'Catalogue of vulnerabilities',
    columns:
      'CveId:string CvssScore:string IsExploitAvailable:bool VulnerabilitySeverityLevel:string LastModifiedTime:datetime ' +
      'PublishedDate:datetime VulnerabilityDescription:string AffectedSoftware:dynamic',
  },
  {
    name: 'DisruptionAndResponseEvents',
    group: 'alerts',
    status: 'preview',
    about: 'Actions taken by automatic attack disruption',
    columns:
      'Timestamp:datetime ActionType:string DeviceId:string SourceDeviceId:string TargetDeviceId:string TargetDeviceName:string ' +
      'TargetDomainName:string DeviceName:string DomainName:string InitiatingProcessId:int InitiatingProcessFileName:string ' +
      'SourceUserSid:string SourceUserName:string SourceUserDomainName:string SourceIpAddress:string SourcePort:int ' +
      'IpAddress:string Port:string SourceDeviceName:string SourceDomainName:string AuthenticationProtocol:string Service:string ' +
      'InterfaceUuid:string InterfaceFriendlyName:string FileName:string ShareName:string LogonType:string LogonId:long ' +
      'SessionId:long CompromisedAccountCount:int PolicyId:string PolicyName:string PolicyVersion:string PolicyHash:string ' +
      'DataSources:string IsPolicyOn:bool ReportType:string',
  },
  {
    name: 'EmailAttachmentInfo',
    group: 'email',
    status: 'current',
    about: 'Attachments of e-mail',
    columns:
      'Timestamp:datetime NetworkMessageId:string SenderFromAddress:string SenderDisplayName:string SenderObjectId:string ' +
      'RecipientEmailAddress:string RecipientObjectId:string FileName:string FileType:string SHA256:string FileSize:long ' +
      'ThreatTypes:string ThreatNames:string DetectionMethods:string ReportId:string',
  },
  {
    name: 'EmailEvents',
    group: 'email',
    status: 'current',
    about: 'E-mail received and sent',
    columns:
      'Timestamp:datetime NetworkMessageId:string InternetMessageId:string SenderMailFromAddress:string SenderFromAddress:string ' +
      'SenderDisplayName:string SenderObjectId:string SenderMailFromDomain:string SenderFromDomain:string SenderIPv4:string ' +
      'SenderIPv6:string RecipientEmailAddress:string RecipientObjectId:string Subject:string EmailClusterId:long ' +
      'EmailDirection:string DeliveryAction:string DeliveryLocation:string ThreatTypes:string ThreatNames:string ' +
      'DetectionMethods:string ConfidenceLevel:string BulkComplaintLevel:int EmailAction:string EmailActionPolicy:string ' +
      'EmailActionPolicyGuid:string AuthenticationDetails:string AttachmentCount:int UrlCount:int EmailLanguage:string ' +
      'Connectors:string OrgLevelAction:string OrgLevelPolicy:string UserLevelAction:string UserLevelPolicy:string ReportId:string ' +
      'AdditionalFields:string LatestDeliveryLocation:string LatestDeliveryAction:string DistributionList:string',
  },
  {
    name: 'EmailPostDeliveryEvents',
    group: 'email',
    status: 'current',
    about: 'What happened to e-mail after its delivery',
    columns:
      'Timestamp:datetime NetworkMessageId:string InternetMessageId:string Action:string ActionType:string ActionTrigger:string ' +
      'ActionResult:string RecipientEmailAddress:string DeliveryLocation:string SourceLocation:string ThreatTypes:string ' +
      'DetectionMethods:string ReportId:string',
  },
  {
    name: 'EmailUrlInfo',
    group: 'email',
    status: 'current',
    about: 'Links in e-mail',
    columns: 'Timestamp:datetime NetworkMessageId:string Url:string UrlDomain:string UrlLocation:string ReportId:string',
  },
  {
    name: 'EntraIdSignInEvents',
    group: 'identity',
    status: 'current',
    about: 'User sign-ins to Microsoft Entra ID',
    columns:
      'Timestamp:datetime Application:string ApplicationId:string LogonType:string ErrorCode:int CorrelationId:string ' +
      'SessionId:string AccountDisplayName:string AccountObjectId:string AccountUpn:string IsConfidentialClient:bool ' +
      'IsExternalUser:int IsGuestUser:bool AlternateSignInName:string LastPasswordChangeTimestamp:datetime ' +
      'ResourceDisplayName:string ResourceId:string ResourceTenantId:string DeviceName:string EntraIdDeviceId:string ' +
      'OSPlatform:string DeviceTrustType:string IsManaged:int IsCompliant:int AuthenticationProcessingDetails:string ' +
      'AuthenticationRequirement:string TokenIssuerType:int RiskLevelAggregated:int RiskDetails:int RiskState:int UserAgent:string ' +
      'ClientAppUsed:string Browser:string ConditionalAccessPolicies:string ConditionalAccessStatus:int IPAddress:string ' +
      'Country:string State:string City:string Latitude:string Longitude:string NetworkLocationDetails:string RequestId:string ' +
      'ReportId:string EndpointCall:string',
  },
  {
    name: 'EntraIdSpnSignInEvents',
    group: 'identity',
    status: 'current',
    about: 'Sign-ins of service principals and managed identities',
    columns:
      'Timestamp:datetime Application:string ApplicationId:string IsManagedIdentity:bool ErrorCode:int CorrelationId:string ' +
      'ServicePrincipalName:string ServicePrincipalId:string ResourceDisplayName:string ResourceId:string ResourceTenantId:string ' +
      'IPAddress:string Country:string State:string City:string Latitude:string Longitude:string RequestId:string ReportId:string',
  },
  {
    name: 'ExposureGraphEdges',
    group: 'exposure',
    status: 'current',
    about: 'Relations between assets',
    columns:
      'EdgeId:string EdgeLabel:string SourceNodeId:string SourceNodeName:string SourceNodeLabel:string SourceNodeCategories:dynamic ' +
      'TargetNodeId:string TargetNodeName:string TargetNodeLabel:string TargetNodeCategories:dynamic EdgeProperties:dynamic',
  },
  {
    name: 'ExposureGraphNodes',
    group: 'exposure',
    status: 'current',
    about: 'Assets and other entities of the exposure graph',
    columns: 'NodeId:string NodeLabel:string NodeName:string Categories:dynamic NodeProperties:dynamic EntityIds:dynamic',
  },
  {
    name: 'FileMaliciousContentInfo',
    group: 'email',
    status: 'preview',
    about: 'Malicious files found in SharePoint, OneDrive and Teams',
    columns:
      'Timestamp:datetime Workload:string FileName:string FolderPath:string FileSize:long SHA256:string FileOwnerDisplayName:string ' +
      'FileOwnerUpn:string DocumentId:string ThreatTypes:dynamic ThreatNames:string DetectionMethods:string ' +
      'LastModifyingAccountUpn:string LastModifiedTime:datetime FileCreationTime:datetime ReportId:string',
  },
  {
    name: 'GraphApiAuditEvents',
    group: 'identity',
    status: 'current',
    about: 'Calls to Microsoft Graph in the tenant',
    columns:
      'IdentityProvider:string ApiVersion:string ApplicationId:string ClientRequestId:string OperationId:string ' +
      'AccountObjectId:string Location:string RequestDuration:string RequestMethod:string Timestamp:datetime ' +
      'ResponseStatusCode:string Scopes:string EntityType:string ReportId:string RequestUri:string UniqueTokenIdentifier:string ' +
      'RequestId:string IpAddress:string ServicePrincipalId:string TargetWorkload:string ResponseSize:long TenantId:string ' +
      'Type:string SourceSystem:string TimeGenerated:datetime',
  },
  {
    name: 'GraphAPIAuditEvents',
    group: 'identity',
    status: 'current',
    about: 'The same as GraphApiAuditEvents, under the spelling that queries use as well',
    columns:
      'IdentityProvider:string ApiVersion:string ApplicationId:string ClientRequestId:string OperationId:string ' +
      'AccountObjectId:string Location:string RequestDuration:string RequestMethod:string Timestamp:datetime ' +
      'ResponseStatusCode:string Scopes:string EntityType:string ReportId:string RequestUri:string UniqueTokenIdentifier:string ' +
      'RequestId:string IpAddress:string ServicePrincipalId:string TargetWorkload:string ResponseSize:long TenantId:string ' +
      'Type:string SourceSystem:string TimeGenerated:datetime',
  },
  {
    name: 'IdentityAccountInfo',
    group: 'identity',
    status: 'current',
    about: 'Accounts, and the identity that each belongs to',
    columns:
      'Timestamp:datetime ReportId:string SourceProviderAccountId:string AccountId:string IdentityId:string IsPrimary:bool ' +
      'IdentityLinkType:string IdentityLinkReason:string IdentityLinkTime:datetime IdentityLinkBy:string DisplayName:string ' +
      'AccountUpn:string EmailAddress:string CriticalityLevel:int DefenderRiskLevel:int DefenderRiskUpdateTime:datetime Type:string ' +
      'GivenName:string Surname:string EmployeeId:string Department:string JobTitle:string Address:string City:string ' +
      'Country:string Phone:string Manager:string Sid:string AccountStatus:string SourceProvider:string ' +
      'SourceProviderInstanceId:string SourceProviderInstanceDisplayName:string AuthenticationMethod:string ' +
      'AuthenticationSourceAcccountId:string EnrolledMfas:dynamic LastPasswordChangeTime:datetime GroupMembership:dynamic ' +
      'AssignedRoles:dynamic EligibleRoles:dynamic TenantMembershipType:string CreatedDateTime:datetime DeletedDateTime:datetime ' +
      'Tags:dynamic SourceProvderRiskLevel:dynamic AdditionalFields:dynamic TenantId:string',
  },
  {
    name: 'IdentityDirectoryEvents',
    group: 'identity',
    status: 'current',
    about: 'Changes in Active Directory',
    columns:
      'Timestamp:datetime ActionType:string Application:string TargetAccountUpn:string TargetAccountDisplayName:string ' +
      'TargetDeviceName:string DestinationDeviceName:string DestinationIPAddress:string DestinationPort:int Protocol:string ' +
      'AccountName:string AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string ' +
      'DeviceName:string IPAddress:string Port:int Location:string ISP:string ReportId:string AdditionalFields:dynamic',
  },
  {
    name: 'IdentityEvents',
    group: 'identity',
    status: 'preview',
    about: 'Events from other identity providers',
    columns:
      'Timestamp:datetime ReportId:string AccountId:string AccountType:string AccountDisplayName:string AccountUpn:string ' +
      'ActionType:string ActionResult:string ActionFailureReason:string IPAddress:string UserAgent:string TargetObjects:dynamic ' +
      'Application:string ApplicationInstanceId:string ApplicationEventId:string ApplicationSessionId:string RawEventData:dynamic ' +
      'AdditionalFields:dynamic',
  },
  {
    name: 'IdentityInfo',
    group: 'identity',
    status: 'current',
    about: 'Facts about accounts',
    columns:
      'Timestamp:datetime ReportId:string AccountObjectId:string AccountUpn:string OnPremSid:string AccountDisplayName:string ' +
      'AccountName:string AccountDomain:string CriticalityLevel:int Type:string DistinguishedName:string CloudSid:string ' +
      'GivenName:string Surname:string Department:string JobTitle:string EmailAddress:string SipProxyAddress:string Address:string ' +
      'City:string Country:string IsAccountEnabled:bool Manager:string Phone:string CreatedDateTime:datetime ChangeSource:string ' +
      'BlastRadius:string CompanyName:string DeletedDateTime:datetime EmployeeId:string OtherMailAddresses:dynamic RiskLevel:string ' +
      'RiskLevelDetails:string State:string Tags:dynamic AssignedRoles:dynamic PrivilegedEntraPimRoles:dynamic TenantId:string ' +
      'SourceSystem:string OnPremObjectId:string TenantMembershipType:string RiskStatus:string UserAccountControl:string ' +
      'IdentityEnvironment:string SourceProviders:dynamic GroupMembership:dynamic',
  },
  {
    name: 'IdentityLogonEvents',
    group: 'identity',
    status: 'current',
    about: 'Authentication in Active Directory and cloud services',
    columns:
      'Timestamp:datetime ActionType:string Application:string LogonType:string Protocol:string FailureReason:string ' +
      'AccountName:string AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string ' +
      'DeviceName:string DeviceType:string OSPlatform:string IPAddress:string Port:int DestinationDeviceName:string ' +
      'DestinationIPAddress:string DestinationPort:int TargetDeviceName:string TargetAccountDisplayName:string Location:string ' +
      'Isp:string ReportId:string AdditionalFields:dynamic',
  },
  {
    name: 'IdentityQueryEvents',
    group: 'identity',
    status: 'current',
    about: 'Lookups in Active Directory',
    columns:
      'Timestamp:datetime ActionType:string Application:string QueryType:string QueryTarget:string Query:string Protocol:string ' +
      'AccountName:string AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string ' +
      'DeviceName:string IPAddress:string Port:int DestinationDeviceName:string DestinationIPAddress:string DestinationPort:int ' +
      'TargetDeviceName:string TargetAccountUpn:string TargetAccountDisplayName:string Location:string ReportId:string ' +
      'AdditionalFields:dynamic',
  },
  {
    name: 'MessageEvents',
    group: 'email',
    status: 'current',
    about: 'Messages in Teams',
    columns:
      'Timestamp:datetime LastEditedTime:string TeamsMessageId:string SenderEmailAddress:string SenderDisplayName:string ' +
      'SenderObjectId:string SenderType:string RecipientDetails:dynamic IsOwnedThread:bool MessageId:string ParentMessageId:string ' +
      'GroupId:string GroupName:string ThreadId:string ThreadSubtype:string IsExternalThread:bool MessageFormatType:string ' +
      'MessageFormatSubtype:string MessageVersion:string MessageSubject:string ThreatTypes:string DetectionMethods:dynamic ' +
      'ConfidenceLevel:dynamic DeliveryAction:string DeliveryLocation:string ReportId:string SafetyTip:string',
  },
  {
    name: 'MessagePostDeliveryEvents',
    group: 'email',
    status: 'current',
    about: 'What happened to Teams messages after delivery',
    columns:
      'Timestamp:datetime TeamsMessageId:string Action:string ActionType:string ActionTrigger:string ActionResult:string ' +
      'SenderEmailAddress:string RecipientDetails:dynamic ThreatTypes:string ConfidenceLevel:dynamic DetectionMethods:string ' +
      'LatestDeliveryLocation:string ReportId:string IsExternalThread:bool SafetyTip:string',
  },
  {
    name: 'MessageUrlInfo',
    group: 'email',
    status: 'current',
    about: 'Links in Teams messages',
    columns: 'Timestamp:datetime TeamsMessageId:string Url:string UrlDomain:string ThreatTypes:string ReportId:string',
  },
  {
    name: 'OAuthAppInfo',
    group: 'identity',
    status: 'preview',
    about: 'OAuth apps known to the tenant',
    columns:
      'ReportId:string Timestamp:datetime OAuthAppId:string ServicePrincipalId:string AppName:string AddedOnTime:datetime ' +
      'LastModifiedTime:datetime AppStatus:string VerifiedPublisher:dynamic PrivilegeLevel:string Permissions:dynamic ' +
      'ConsentedUsersCount:int IsAdminConsented:bool AppOrigin:string LastUsedTime:datetime AppOwnerTenantId:string',
  },
  {
    name: 'UrlClickEvents',
    group: 'email',
    status: 'current',
    about: 'Clicks on protected links in e-mail, Teams and Office',
    columns:
      'Timestamp:datetime Url:string ActionType:string AccountUpn:string Workload:string NetworkMessageId:string ThreatTypes:string ' +
      'DetectionMethods:string IPAddress:string IsClickedThrough:bool UrlChain:string ReportId:string AppName:string ' +
      'AppVersion:string SourceId:string TenantId:string Type:string SourceSystem:string TimeGenerated:datetime',
  },
];

/** Names of the first generation (2018 and 2019) and what they are called today. */
export const legacyTableNames: Readonly<Record<string, string>> = {
  ProcessCreationEvents: 'DeviceProcessEvents',
  NetworkCommunicationEvents: 'DeviceNetworkEvents',
  FileCreationEvents: 'DeviceFileEvents',
  ImageLoadEvents: 'DeviceImageLoadEvents',
  LogonEvents: 'DeviceLogonEvents',
  MachineInfo: 'DeviceInfo',
  MachineNetworkInfo: 'DeviceNetworkInfo',
  MiscEvents: 'DeviceEvents',
  RegistryEvents: 'DeviceRegistryEvents',
  AlertEvents: 'DeviceAlertEvents',
};

export const legacyColumnNames: Readonly<Record<string, string>> = {
  EventTime: 'Timestamp',
  MachineId: 'DeviceId',
  ComputerName: 'DeviceName',
  RemoteComputerName: 'RemoteDeviceName',
  RegistryMachineTag: 'RegistryDeviceTag',
  ReportIndex: 'ReportId',
  FileOriginIp: 'FileOriginIP',
  InitiatingProcessMd5: 'InitiatingProcessMD5',
  InitiatingProcessSha1: 'InitiatingProcessSHA1',
  InitiatingProcessSha256: 'InitiatingProcessSHA256',
  InitiatingProcessParentName: 'InitiatingProcessParentFileName',
  ProcessCommandline: 'ProcessCommandLine',
};
