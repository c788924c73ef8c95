import { huntingTableFacts, legacyColumnNames, legacyTableNames, type HuntingTableFacts } from './hunting-schema.data';
import type { Column, KqlType, Schema, Table } from './schema';

/** A table of advanced hunting with what a schema page says about it. */
export interface HuntingTable extends Table {
  readonly group: HuntingTableFacts['group'];
  readonly status: HuntingTableFacts['status'];
  readonly about: string;
}

const columns = (words: string): readonly Column[] =>
  words.split(' ').map((word) => {
    const [name = '', type = 'string'] = word.split(':');
    return Object.freeze({ name, type: type as KqlType });
  });

const tables: readonly HuntingTable[] = huntingTableFacts.map((facts) =>
  Object.freeze({ name: facts.name, group: facts.group, status: facts.status, about: facts.about, columns: columns(facts.columns) }),
);
const byName = new Map(tables.map((table) => [table.name, table]));

/** Every documented table of advanced hunting; a real tenant may know more, and fewer where a licence is missing. */
export const huntingSchema: Schema & { readonly tables: readonly HuntingTable[] } = Object.freeze({ id: 'hunting-2026-08', tables });

/** Second names of tables: both spellings are in use, and both have the same rows. */
export const huntingAliases: Readonly<Record<string, string>> = { GraphAPIAuditEvents: 'GraphApiAuditEvents' };

/** The table of exactly this name (names are case-sensitive in KQL), or undefined. */
export const huntingTable = (name: string): HuntingTable | undefined => byName.get(name);

/** Today's name of a table or column of 2018 or 2019, or undefined when the name was not renamed. */
export const currentTableName = (name: string): string | undefined =>
  Object.hasOwn(legacyTableNames, name) ? legacyTableNames[name] : undefined;
export const currentColumnName = (name: string): string | undefined =>
  Object.hasOwn(legacyColumnNames, name) ? legacyColumnNames[name] : undefined;

/**
 * Tables behind the enrichment functions of advanced hunting. They are no part of `huntingSchema`; a dataset that carries them (the lab's do)
 * lists them in its schema.json like any other, and the translator reads them where a function is called:
 * - `FileProfile`: `_FileProfiles`, one row a file, found by SHA1 or SHA256 (lower case); no row means ProfileAvailability "Missing".
 * - `DeviceFromIP`, `AssignedIPAddresses`: `_DeviceAddresses`, one row for each address and report of a device, in time order; the newest row
 *   at or before the asked moment counts. NetworkAdapterType and ConnectedNetworks are as the functions return them.
 * - `SeenBy`: `_DeviceSightings`, one row for each device (not onboarded) and onboarded device that noticed it.
 */
export const huntingBackingTables: readonly Table[] = [
  {
    name: '_FileProfiles',
    columns: columns(
      'SHA1:string SHA256:string MD5:string FileSize:int GlobalPrevalence:int GlobalFirstSeen:datetime GlobalLastSeen:datetime Signer:string ' +
        'Issuer:string SignerHash:string IsCertificateValid:bool IsRootSignerMicrosoft:bool SignatureState:string IsExecutable:bool ' +
        'ThreatName:string Publisher:string SoftwareName:string',
    ),
  },
  {
    name: '_DeviceAddresses',
    columns: columns(
      'Timestamp:datetime DeviceId:string DeviceName:string IPAddress:string IPType:string NetworkAdapterType:int ConnectedNetworks:string',
    ),
  },
  { name: '_DeviceSightings', columns: columns('DeviceId:string SeenBy:string') },
];
