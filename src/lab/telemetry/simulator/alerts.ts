import { hashOf, type FileRef } from './files';
import type { ProcessRef } from './journal';
import type { Account } from './accounts';
import type { Device } from './devices';
import type { Fields } from './sink';
import type { Ticks } from './window';
import type { World } from './world';

export interface Evidence {
  readonly role?: 'Impacted' | 'Related';
  readonly device?: Device;
  readonly account?: Account;
  readonly process?: ProcessRef;
  readonly file?: FileRef;
  readonly ip?: string;
  readonly url?: string;
  readonly message?: { readonly id: string; readonly subject: string };
  readonly registry?: { readonly key: string; readonly name: string; readonly data: string };
  readonly application?: { readonly name: string; readonly id: string };
}

export interface Alert {
  readonly at: Ticks;
  readonly title: string;
  readonly category: string;
  readonly severity: 'Low' | 'Medium' | 'High' | 'Informational';
  readonly service:
    | 'Microsoft Defender for Endpoint'
    | 'Microsoft Defender for Office 365'
    | 'Microsoft Defender for Identity'
    | 'Microsoft Defender for Cloud Apps'
    | 'AAD Identity Protection';
  readonly techniques: readonly string[];
  readonly evidence: readonly Evidence[];
}

const detectionSource: Readonly<Record<Alert['service'], string>> = {
  'Microsoft Defender for Endpoint': 'EDR',
  'Microsoft Defender for Office 365': 'Microsoft Defender for Office 365',
  'Microsoft Defender for Identity': 'Microsoft Defender for Identity',
  'Microsoft Defender for Cloud Apps': 'Microsoft Defender for Cloud Apps',
  'AAD Identity Protection': 'AAD Identity Protection',
};

const accountFields = (account: Account): Fields => ({
  AccountName: account.name,
  AccountDomain: account.domain,
  AccountSid: account.sid,
  AccountObjectId: account.objectId,
  AccountUpn: account.upn,
});

const fileFields = (file: FileRef): Fields => ({
  FileName: file.name,
  FolderPath: file.path,
  SHA1: hashOf(file, 'sha1'),
  SHA256: hashOf(file, 'sha256'),
});

/** One row for each thing that a piece of evidence names. */
const entities = (evidence: Evidence): { type: string; fields: Fields }[] => {
  const device = evidence.device ? { DeviceId: evidence.device.id, DeviceName: evidence.device.name, LocalIP: evidence.device.ip } : {};
  const rows: { type: string; fields: Fields }[] = [];
  const { process, file, account, ip, url, message, registry, application } = evidence;
  if (process)
    rows.push({
      type: 'Process',
      fields: { ...device, ...fileFields(process.file), ...accountFields(process.account), ProcessCommandLine: process.command },
    });
  if (file) rows.push({ type: 'File', fields: { ...device, ...fileFields(file) } });
  if (account) rows.push({ type: 'User', fields: { ...accountFields(account) } });
  if (ip) rows.push({ type: 'Ip', fields: { ...device, RemoteIP: ip } });
  if (url) rows.push({ type: 'Url', fields: { RemoteUrl: url } });
  if (message) rows.push({ type: 'MailMessage', fields: { NetworkMessageId: message.id, EmailSubject: message.subject } });
  if (registry)
    rows.push({
      type: 'RegistryValue',
      fields: { ...device, RegistryKey: registry.key, RegistryValueName: registry.name, RegistryValueData: registry.data },
    });
  if (application) rows.push({ type: 'OAuthApplication', fields: { Application: application.name, OAuthApplicationId: application.id } });
  if (rows.length === 0) rows.push({ type: 'Machine', fields: device });
  return rows;
};

/** Raises an alert with its evidence; returns its id. */
export const raise = (world: World, alert: Alert): string => {
  const random = world.random.branch(`alert/${alert.title}/${alert.at}`);
  const id = `da6389${random.int(10_000_000, 99_999_999)}${random.int(100_000, 999_999)}_${random.int(1, 2 ** 31 - 1)}`;
  const techniques = JSON.stringify(alert.techniques);
  const head = {
    AlertId: id,
    Title: alert.title,
    ServiceSource: alert.service,
    DetectionSource: detectionSource[alert.service],
    AttackTechniques: techniques,
    Severity: alert.severity,
  };
  world.record('AlertInfo', alert.at, { ...head, Category: alert.category });
  for (const evidence of alert.evidence) {
    for (const { type, fields } of entities(evidence)) {
      const role = evidence.role ?? (type === 'Machine' || type === 'User' ? 'Impacted' : 'Related');
      world.record('AlertEvidence', alert.at, {
        ...head,
        Categories: JSON.stringify([alert.category]),
        EntityType: type,
        EvidenceRole: role,
        AdditionalFields: '{}',
        ...fields,
      });
    }
  }
  return id;
};
