import type { RawTable } from './raw-tables';

/** Raw files of the actors that events refer to. */
export const actors: readonly RawTable[] = [
  {
    name: '_file',
    columns: [
      { name: 'f', type: 'long' },
      { name: 'FileSize', type: 'long' },
      ...['FileName', 'FolderPath', 'content', 'Company', 'Product', 'Version', 'Original', 'Description', 'threat'].map((name) => ({
        name,
        type: 'string' as const,
      })),
    ],
  },
  {
    name: '_account',
    columns: [
      { name: 'a', type: 'long' },
      ...['AccountName', 'AccountDomain', 'AccountSid', 'AccountUpn', 'AccountObjectId'].map((name) => ({ name, type: 'string' as const })),
    ],
  },
  {
    name: '_device',
    columns: [
      { name: 'd', type: 'long' },
      { name: 'DeviceId', type: 'string' },
      { name: 'DeviceName', type: 'string' },
    ],
  },
  {
    name: '_process',
    columns: [
      ...['p', 'd', 'f', 'a', 'pp', 'pid', 'ct', 'logon', 'session'].map((name) => ({ name, type: 'long' as const })),
      ...['cmd', 'il', 'remoteDevice', 'remoteIp'].map((name) => ({ name, type: 'string' as const })),
    ],
  },
];

/** Files with their hashes, computed where they are many. */
export const fileSql = `select f, "FileName", "FolderPath", sha1(content) as "SHA1", sha256(content) as "SHA256", md5(content) as "MD5", "FileSize",
  coalesce("Company", '') as "Company", coalesce("Product", '') as "Product", coalesce("Version", '') as "Version", coalesce("Original", '') as "Original",
  coalesce("Description", '') as "Description", coalesce(threat, '') as threat from "_file"`;

/** What the world knows of files that are programs or harmful; $1 is the origin of time. Numbers follow from the hash. */
export const profileSql = `with known as (
    select "SHA1", any_value("SHA256") as sha256, any_value("MD5") as md5, any_value("FileSize") as size, any_value("Company") as company, any_value("Product") as product,
      max(threat) as threat, hash("SHA1") as h from "file" where "Company" <> '' or threat <> '' group by "SHA1")
  select "SHA1", sha256 as "SHA256", md5 as "MD5", size::integer as "FileSize",
    (case when threat <> '' then 1 + h % 20 else 100000 + h % 90000000 end)::integer as "GlobalPrevalence",
    $1 - (case when threat <> '' then h % 20 else 30 + h % 900 end)::bigint * 864000000000 as "GlobalFirstSeen", $1 + 29 * 864000000000 as "GlobalLastSeen",
    case when company like 'Microsoft%' then 'Microsoft Windows' else company end as "Signer",
    case when company = '' then '' when company like 'Microsoft%' then 'Microsoft Windows Production PCA 2011' else 'DigiCert Trusted G4 Code Signing RSA4096 SHA384 2021 CA1' end as "Issuer",
    case when company = '' then '' else sha1('signer ' || company) end as "SignerHash", company <> '' as "IsCertificateValid", company like 'Microsoft%' as "IsRootSignerMicrosoft",
    case when company = '' then 'Unsigned' else 'SignedValid' end as "SignatureState", true as "IsExecutable", threat as "ThreatName", company as "Publisher", product as "SoftwareName"
  from known order by "SHA1"`;

/** Processes with all that an event says of the process that caused it; $1 is the origin of time. */
export const processSql = `select p.p, f."FileName", f."FolderPath" as "Path", lower(f."FolderPath") as "FolderPath", f."SHA1", f."SHA256", f."MD5", f."FileSize",
  f."Company" as "VersionInfoCompanyName", f."Product" as "VersionInfoProductName", f."Version" as "VersionInfoProductVersion",
  f."Original" as "VersionInfoInternalFileName", f."Original" as "VersionInfoOriginalFileName", f."Description" as "VersionInfoFileDescription",
  p.pid as "Id", p.cmd as "CommandLine", p.ct + $1 as "CreationTime", a."AccountDomain", a."AccountName", a."AccountSid", a."AccountUpn", a."AccountObjectId",
  p.logon as "LogonId", p.il as "IntegrityLevel", case p.il when 'System' then 'TokenElevationTypeDefault' when 'High' then 'TokenElevationTypeFull' else 'TokenElevationTypeLimited' end as "TokenElevation",
  pp.pid as "ParentId", coalesce(pf."FileName", '') as "ParentFileName", pp.ct + $1 as "ParentCreationTime", p.session as "SessionId",
  coalesce(p."remoteIp", '') <> '' as "IsRemote", coalesce(p."remoteDevice", '') as "RemoteSessionDeviceName", coalesce(p."remoteIp", '') as "RemoteSessionIP", cast(p.p * 4294967296 + p.pid as varchar) as "UniqueId",
  case when f."Company" like 'Microsoft%' then 'OsVendor' when f."Company" <> '' then 'Verified' else 'Unsigned' end as "SignerType",
  case when f."Company" <> '' then 'Valid' else 'Unsigned' end as "SignatureStatus"
  from "_process" p join "file" f on f.f = p.f join "_account" a on a.a = p.a left join "_process" pp on pp.p = p.pp left join "file" pf on pf.f = pp.f`;

/** What an event may say of a process, by the name that the process relation has for it. */
export const processColumns = new Set([
  'Id',
  'CommandLine',
  'CreationTime',
  'FileName',
  'FolderPath',
  'SHA1',
  'SHA256',
  'MD5',
  'FileSize',
  'AccountDomain',
  'AccountName',
  'AccountSid',
  'AccountUpn',
  'AccountObjectId',
  'LogonId',
  'IntegrityLevel',
  'TokenElevation',
  'ParentId',
  'ParentFileName',
  'ParentCreationTime',
  'SessionId',
  'RemoteSessionDeviceName',
  'RemoteSessionIP',
  'UniqueId',
  'SignerType',
  'SignatureStatus',
  'VersionInfoCompanyName',
  'VersionInfoProductName',
  'VersionInfoProductVersion',
  'VersionInfoInternalFileName',
  'VersionInfoOriginalFileName',
  'VersionInfoFileDescription',
]);

/** What `processSql` and `fileSql` give, with DuckDB types. */
export const actorColumns: Readonly<Record<'file' | 'process', readonly { readonly name: string; readonly sqlType: string }[]>> = {
  file: [
    { name: 'f', sqlType: 'BIGINT' },
    { name: 'FileSize', sqlType: 'BIGINT' },
    ...['FileName', 'FolderPath', 'SHA1', 'SHA256', 'MD5', 'Company', 'Product', 'Version', 'Original', 'Description', 'threat'].map(
      (name) => ({
        name,
        sqlType: 'VARCHAR',
      }),
    ),
  ],
  process: [
    ...['p', 'FileSize', 'Id', 'CreationTime', 'LogonId', 'ParentId', 'ParentCreationTime', 'SessionId'].map((name) => ({
      name,
      sqlType: 'BIGINT',
    })),
    { name: 'IsRemote', sqlType: 'BOOLEAN' },
    { name: 'Path', sqlType: 'VARCHAR' },
    ...[...processColumns]
      .filter((name) => !['FileSize', 'Id', 'CreationTime', 'LogonId', 'ParentId', 'ParentCreationTime', 'SessionId'].includes(name))
      .map((name) => ({ name, sqlType: 'VARCHAR' })),
  ],
};
