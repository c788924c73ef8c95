import { join } from 'node:path';
import { huntingBackingTables, huntingTable } from '../../kql/hunting-schema';
import type { StoreManifest } from '../../kusto/dataset/store-folder';
import { storeRelation } from '../../kusto/store-form';
import type { Relation } from '../../engine/requests';
import { generousLimits, type StoreEngine } from './store-engine';

interface Derivation {
  readonly name: string;
  readonly from: readonly string[];
  readonly sql: string;
}

/** Which address a device had when: from its network reports, and the public one from its state reports. */
const addresses: Derivation = {
  name: '_DeviceAddresses',
  from: ['DeviceNetworkInfo', 'DeviceInfo'],
  sql: `select "Timestamp", "DeviceId", "DeviceName", "IPAddress", "IPType", "NetworkAdapterType", "ConnectedNetworks" from (
    select n."Timestamp", n."DeviceId", n."DeviceName", coalesce(u.x->>'IPAddress', '') as "IPAddress",
      case when lower(u.x->>'AddressType') = 'public' then 'public' else 'private' end as "IPType",
      case n."NetworkAdapterType" when 'Ethernet' then 6 when 'Wireless80211' then 71 when 'Tunnel' then 131 end::integer as "NetworkAdapterType",
      n."ConnectedNetworks" as "ConnectedNetworks"
    from "DeviceNetworkInfo" n, unnest(json_extract(try_cast(n."IPAddresses" as json), '$[*]')) as u(x)
    union all
    select "Timestamp", "DeviceId", "DeviceName", "PublicIP", 'public', null::integer, '' from "DeviceInfo" where "PublicIP" <> ''
  ) where "IPAddress" <> '' order by "Timestamp"`,
};

/** What a tenant's own logs tell about its files; how common they are in the world is not known from them. */
const profiles: Derivation = {
  name: '_FileProfiles',
  from: ['DeviceProcessEvents', 'DeviceImageLoadEvents', 'DeviceFileCertificateInfo'],
  sql: `with seen as (
      select "SHA1", "SHA256", "MD5", "FileSize", "ProcessVersionInfoCompanyName" as company, "ProcessVersionInfoProductName" as product from "DeviceProcessEvents"
      union all
      select "InitiatingProcessSHA1", "InitiatingProcessSHA256", "InitiatingProcessMD5", "InitiatingProcessFileSize", "InitiatingProcessVersionInfoCompanyName", "InitiatingProcessVersionInfoProductName" from "DeviceProcessEvents"
      union all
      select "SHA1", "SHA256", "MD5", "FileSize", '', '' from "DeviceImageLoadEvents"
    ), files as (
      select "SHA1", max("SHA256") as sha256, max("MD5") as md5, max("FileSize") as size, max(company) as company, max(product) as product from seen where "SHA1" <> '' group by all
    ), signed as (
      select "SHA1", max("Signer") as signer, max("Issuer") as issuer, max("SignerHash") as hash, bool_or("IsTrusted") as trusted, bool_or("IsRootSignerMicrosoft") as microsoft, bool_or("IsSigned") as signed
      from "DeviceFileCertificateInfo" where "SHA1" <> '' group by all
    )
    select f."SHA1", f.sha256 as "SHA256", f.md5 as "MD5", try_cast(f.size as integer) as "FileSize", null::integer as "GlobalPrevalence", null::bigint as "GlobalFirstSeen", null::bigint as "GlobalLastSeen",
      coalesce(s.signer, '') as "Signer", coalesce(s.issuer, '') as "Issuer", coalesce(s.hash, '') as "SignerHash", s.trusted as "IsCertificateValid", s.microsoft as "IsRootSignerMicrosoft",
      case when s.signed is null then 'Unknown' when not s.signed then 'Unsigned' when s.trusted then 'SignedValid' else 'SignedInvalid' end as "SignatureState",
      true as "IsExecutable", '' as "ThreatName", f.company as "Publisher", f.product as "SoftwareName"
    from files f left join signed s on s."SHA1" = f."SHA1"`,
};

export type BackingTable = '_DeviceAddresses' | '_FileProfiles';
const derivations: Readonly<Record<BackingTable, Derivation>> = { _DeviceAddresses: addresses, _FileProfiles: profiles };

const relationOf = (folder: string, tables: StoreManifest['tables'], name: string): Relation => {
  const own = Object.hasOwn(tables, name) ? tables[name] : undefined;
  const files = (own?.files ?? []).map((file) => join(folder, file));
  return storeRelation(name, { files, columns: own?.columns ?? huntingTable(name)?.columns ?? [] });
};

/** Writes tables that only functions read, out of the tables of a store-form folder; returns their place in its manifest. */
export const deriveBacking = async (
  engine: Pick<StoreEngine, 'write'>,
  store: { readonly folder: string; readonly tables: StoreManifest['tables'] },
  names: readonly BackingTable[],
): Promise<StoreManifest['tables']> => {
  const written: StoreManifest['tables'] = {};
  for (const name of names) {
    const { from, sql } = derivations[name];
    const relations = from.map((table) => relationOf(store.folder, store.tables, table));
    const file = `${name}.parquet`;
    const { rows } = await engine.write({ relations, sql, to: join(store.folder, file), format: 'parquet', limits: generousLimits });
    const columns = huntingBackingTables.find((table) => table.name === name)?.columns ?? [];
    written[name] = { columns: [...columns], files: [file], rows };
  }
  return written;
};
