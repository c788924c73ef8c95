import type { Person } from '../staff';
import type { Random } from '../random';
import { second, type Ticks } from '../window';
import type { World } from '../world';

export interface Mail {
  readonly at: Ticks;
  readonly from: { readonly address: string; readonly name: string; readonly ip?: string; readonly objectId?: string };
  readonly to: Person | string;
  readonly subject: string;
  readonly attachments?: readonly { readonly name: string; readonly sha256: string; readonly size: number }[];
  readonly urls?: readonly string[];
  readonly threats?: string;
  readonly delivered?: 'Inbox' | 'Junk' | 'Quarantine' | 'External';
  readonly failed?: boolean;
}

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);
const typeOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

const directionOf = (world: World, mail: Pick<Mail, 'from' | 'to'>): string => {
  const own = (address: string): boolean => domainOf(address) === world.tenant.domain;
  if (typeof mail.to === 'string' && !own(mail.to)) return 'Outbound';
  return own(mail.from.address) ? 'Intra-org' : 'Inbound';
};

const actionOf = (delivered: string): string => {
  if (delivered === 'Quarantine') return 'Blocked';
  return delivered === 'Junk' ? 'Junked' : 'Delivered';
};

const locationOf = (delivered: string): string => {
  const names: Readonly<Record<string, string>> = { Inbox: 'Inbox/folder', Junk: 'Junk folder', External: 'On-premises/external' };
  return names[delivered] ?? delivered;
};

const partiesOf = (mail: Pick<Mail, 'from' | 'to'>) => ({
  ...(typeof mail.to === 'string'
    ? { RecipientEmailAddress: mail.to }
    : { RecipientEmailAddress: mail.to.upn, RecipientObjectId: mail.to.objectId }),
  SenderFromAddress: mail.from.address,
  SenderDisplayName: mail.from.name,
  SenderObjectId: mail.from.objectId,
});

const verdictsOf = (threat: string, failed: boolean) => {
  const verdict = failed ? 'fail' : 'pass';
  return {
    AuthenticationDetails: JSON.stringify({ SPF: verdict, DKIM: verdict, DMARC: verdict, CompAuth: verdict }),
    ThreatTypes: threat,
    DetectionMethods: threat && JSON.stringify({ [threat]: ['URL detonation reputation'] }),
    ConfidenceLevel: threat && JSON.stringify({ [threat]: 'High' }),
  };
};

/** Records a message, its links and its attachments; returns the message id that they share. */
export const deliver = (world: World, random: Random, given: Mail): string => {
  const mail = { threats: '', delivered: 'Inbox', failed: false, attachments: [], urls: [], ...given };
  const [id, report] = [random.guid(), random.guid()];
  const parties = partiesOf(mail);
  const domain = domainOf(mail.from.address);
  world.record('EmailEvents', mail.at, {
    ...parties,
    ...verdictsOf(mail.threats, mail.failed),
    NetworkMessageId: id,
    InternetMessageId: `<${random.hex(24)}@${domain}>`,
    SenderMailFromAddress: mail.from.address,
    SenderMailFromDomain: domain,
    SenderFromDomain: domain,
    SenderIPv4: mail.from.ip ?? `192.0.2.${random.int(1, 250)}`,
    Subject: mail.subject,
    EmailClusterId: random.int(1, 2 ** 31),
    EmailDirection: directionOf(world, mail),
    DeliveryAction: actionOf(mail.delivered),
    DeliveryLocation: locationOf(mail.delivered),
    LatestDeliveryAction: actionOf(mail.delivered),
    LatestDeliveryLocation: locationOf(mail.delivered),
    BulkComplaintLevel: random.int(0, 4),
    AttachmentCount: mail.attachments.length,
    UrlCount: mail.urls.length,
    EmailLanguage: 'en',
    ReportId: report,
  });
  for (const { name, sha256, size } of mail.attachments) {
    const file = { FileName: name, FileType: typeOf(name), SHA256: sha256, FileSize: size };
    world.record('EmailAttachmentInfo', mail.at, {
      ...parties,
      ...file,
      NetworkMessageId: id,
      ThreatTypes: mail.threats,
      ReportId: report,
    });
  }
  for (const url of mail.urls) {
    world.record('EmailUrlInfo', mail.at, {
      NetworkMessageId: id,
      Url: url,
      UrlDomain: new URL(url).hostname,
      UrlLocation: 'Body',
      ReportId: report,
    });
  }
  return id;
};

/** A click on a protected link. */
export const click = (
  world: World,
  random: Random,
  facts: { at: Ticks; url: string; person: Person; message: string; blocked?: boolean; through?: boolean },
): void => {
  const { at, url, person } = facts;
  world.record('UrlClickEvents', at, {
    Url: url,
    ActionType: facts.blocked ? 'ClickBlocked' : 'ClickAllowed',
    AccountUpn: person.upn,
    Workload: 'Email',
    NetworkMessageId: facts.message,
    IPAddress: person.site.publicIp,
    IsClickedThrough: facts.through ?? !facts.blocked,
    UrlChain: JSON.stringify([url]),
    ReportId: random.guid(),
    ThreatTypes: facts.blocked ? 'Phish' : '',
    SourceId: facts.message,
    TenantId: world.tenant.id,
    Type: 'UrlClickEvents',
    SourceSystem: 'Azure',
    TimeGenerated: at + second,
  });
};

/** A message is taken out of a mailbox after it was delivered. */
export const purge = (world: World, random: Random, facts: { at: Ticks; message: string; person: Person }): void =>
  world.record('EmailPostDeliveryEvents', facts.at, {
    NetworkMessageId: facts.message,
    Action: 'Moved to quarantine',
    ActionType: 'Phish ZAP',
    ActionTrigger: 'SpecialAction',
    ActionResult: 'Success',
    RecipientEmailAddress: facts.person.upn,
    DeliveryLocation: 'Quarantine',
    SourceLocation: 'Inbox/folder',
    ThreatTypes: 'Phish',
    ReportId: random.guid(),
  });
