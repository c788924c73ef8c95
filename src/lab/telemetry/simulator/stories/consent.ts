import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { cloudAct } from '../cloud/apps';
import { click, deliver } from '../cloud/mail';
import { signIn, type Place } from '../cloud/sign-ins';
import type { Person } from '../staff';
import { day, hour, minute, type Ticks } from '../window';
import type { Stage, Story } from './stage';

const hosting: Place = {
  ip: '203.0.113.140',
  country: 'US',
  state: 'Virginia',
  city: 'Ashburn',
  latitude: '39.0438',
  longitude: '-77.4874',
};
const app = { name: 'Mail Backup Pro', scopes: 'Mail.Read Mail.Send offline_access' };
const url = 'https://login.mail-backup.example/start?plan=free';
const subject = 'Your mailbox is almost full';
const words = 'invoice;payment;bank details';

interface Scene {
  readonly stage: Stage;
  readonly person: Person;
  readonly at: Ticks;
  readonly appId: string;
}

const giveConsent = ({ stage: { world, random }, person, at, appId }: Scene): void => {
  const asked = [
    { Name: 'ConsentContext.IsAdminConsent', NewValue: 'False' },
    { Name: 'ConsentAction.Permissions', NewValue: app.scopes },
  ];
  cloudAct(world, random, {
    at,
    person,
    action: 'Consent to application.',
    application: 'Microsoft 365',
    object: { name: app.name, type: 'Application', id: appId },
    oauthAppId: appId,
    raw: { ModifiedProperties: asked },
  });
  world.record('OAuthAppInfo', at + 11 * minute, {
    ReportId: random.guid(),
    OAuthAppId: appId,
    ServicePrincipalId: random.guid(),
    AppName: app.name,
    AddedOnTime: at,
    LastModifiedTime: at,
    AppStatus: 'Enabled',
    PrivilegeLevel: 'High',
    Permissions: JSON.stringify(app.scopes.split(' ').map((name) => ({ PermissionValue: name, PermissionType: 'Delegated' }))),
    ConsentedUsersCount: 1,
    IsAdminConsented: false,
    AppOrigin: 'External',
    LastUsedTime: at + 3 * day,
  });
};

/** One look into the mailbox, as the mail service and as Graph saw it. */
const readMail = ({ stage: { world, random }, person, at, appId }: Scene): void => {
  cloudAct(world, random, {
    at,
    person,
    place: hosting,
    action: 'MailItemsAccessed',
    application: 'Microsoft Exchange Online',
    oauthAppId: appId,
    userAgent: '',
    raw: { AppId: appId, ClientAppId: appId, MailAccessType: 'Bind' },
  });
  world.record('GraphApiAuditEvents', at, {
    IdentityProvider: 'Microsoft Entra ID',
    ApiVersion: 'v1.0',
    ApplicationId: appId,
    AccountObjectId: person.objectId,
    RequestMethod: 'GET',
    ResponseStatusCode: '200',
    Scopes: app.scopes,
    EntityType: 'user',
    RequestUri: 'https://graph.microsoft.com/v1.0/me/messages?$top=50',
    IpAddress: hosting.ip,
    TargetWorkload: 'Exchange',
    ResponseSize: random.int(20_000, 90_000),
    TenantId: world.tenant.id,
    RequestId: random.guid(),
    ReportId: random.guid(),
    Location: hosting.country,
  });
};

const hideMail = ({ stage: { world, random }, person, at }: Scene): void => {
  signIn(world, random, { at: at - 2 * minute, person, place: hosting, managed: false, interactive: true, risk: 50 });
  cloudAct(world, random, {
    at,
    person,
    place: hosting,
    action: 'New-InboxRule',
    application: 'Microsoft Exchange Online',
    object: { name: '..', type: 'Rule' },
    raw: {
      Parameters: [
        { Name: 'Name', Value: '..' },
        { Name: 'SubjectContainsWords', Value: words },
        { Name: 'MoveToFolder', Value: 'RSS Subscriptions' },
        { Name: 'MarkAsRead', Value: 'True' },
      ],
    },
  });
};

/** A person consents to an app that reads their mail, and a rule hides what it does. */
export const consent: Story = (stage) => {
  const { world, random, time } = stage;
  const { person, actor } = stage.victim('executive');
  const at = stage.when(11, person.from + 3, actor.device);
  const scene = { stage, person, appId: random.guid() };
  const from = { address: 'quota@mail-backup.example', name: 'Mailbox team', ip: '198.51.100.200' };
  const message = deliver(world, random, { at, from, to: person, subject, urls: [url], failed: true });
  click(world, random, { at: at + 7 * minute, url, person, message });
  giveConsent({ ...scene, at: at + 9 * minute });
  const reads = random.int(40, 70);
  for (let index = 0; index < reads; index += 1) readMail({ ...scene, at: at + hour + index * 37 * minute });
  const ruleAt = at + 2 * hour;
  hideMail({ ...scene, at: ruleAt });
  const application = { name: app.name, id: scene.appId };
  const evidence = [{ account: person }, { ip: hosting.ip }, { message: { id: message, subject } }, { application }];
  raise(world, { ...alarms.consent, at: ruleAt + 10 * minute, evidence });
  return {
    story: `${person.display} followed a link and consented to "${app.name}", which then read the mailbox from ${hosting.ip}; a rule moved mail about payments out of sight.`,
    answers: {
      'consent-rule': [[time(ruleAt), person.upn, hosting.ip, words]],
      'consent-reads': [[app.name, reads, reads]],
    },
  };
};
