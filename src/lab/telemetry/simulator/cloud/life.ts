import { hashOf } from '../files';
import type { Person } from '../staff';
import type { Random } from '../random';
import { day, hour, minute, second, type Ticks } from '../window';
import type { World } from '../world';
import { cloudAct } from './apps';
import { directoryChange, directoryQuery, domainLogon } from './directory';
import { click, deliver, purge } from './mail';
import { signIn } from './sign-ins';

interface Scene {
  readonly world: World;
  readonly random: Random;
  readonly person: Person;
  readonly at: Ticks;
}

const newsletters = ['news@woodgrove.example', 'updates@proseware.example', 'offers@wingtip.example', 'digest@litware.example'];
const topics = [
  'Weekly report',
  'Meeting notes',
  'Question about the order',
  'Travel request',
  'Invoice',
  'Your subscription',
  'Release plan',
  'Holiday calendar',
  'Contract draft',
  'Training invitation',
];

const signInAsUsual = ({ world, random, person, at }: Scene): void => {
  const interactive = random.chance(0.25);
  signIn(world, random, { person, at, interactive, multiFactor: interactive && random.chance(0.7) });
};

const signInBadly = ({ world, random, person, at }: Scene): void => {
  const error = random.weighted([
    [6, 50126],
    [3, 50074],
    [1, 50055],
    [1, 53003],
    [2, 500121],
  ]);
  signIn(world, random, { person, at, interactive: true, error });
  if (error === 50126 || error === 50074) signIn(world, random, { person, at: at + 30 * second, interactive: true, multiFactor: true });
};

/** What may follow a message that was delivered: a click on its link, or its removal. */
const react = ({ world, random, person, at }: Scene, message: string, url: string | undefined): void => {
  if (url !== undefined && random.chance(0.12)) click(world, random, { at: at + random.int(1, 50) * minute, url, person, message });
  if (random.chance(0.01)) purge(world, random, { message, person, at: at + random.int(60, 300) * minute });
};

const receive = ({ world, random, person, at }: Scene): void => {
  const bulk = random.chance(0.3);
  const address = bulk
    ? random.pick(newsletters)
    : `${random.pick(['info', 'orders', 'anna.lind', 'j.moore', 'service'])}@${random.pick(world.organization.blueprint.partners)}`;
  const urls = bulk || random.chance(0.2) ? [`https://www.${address.slice(address.indexOf('@') + 1)}/r/${random.hex(10)}`] : [];
  const name = `${random.pick(topics)} ${random.int(1, 999)}.${random.pick(['pdf', 'xlsx', 'docx'])}`;
  const attachments =
    !bulk && random.chance(0.3)
      ? [{ name, sha256: hashOf({ f: 0, name, path: name, content: name + person.name }, 'sha256'), size: random.int(10_000, 900_000) }]
      : [];
  const spam = random.chance(0.05);
  const message = deliver(world, random, {
    at,
    from: { address, name: address.split('@')[0] ?? address },
    to: person,
    subject: `${random.pick(topics)} ${random.int(1, 9999)}`,
    urls,
    attachments,
    ...(spam && { threats: random.pick(['Spam', 'Phish']), delivered: random.pick(['Junk', 'Quarantine'] as const) }),
  });
  if (!spam) react({ world, random, person, at }, message, urls[0]);
};

const send = ({ world, random, person, at }: Scene): void => {
  const inside = random.chance(0.6);
  const to = inside ? random.pick(world.organization.people) : `info@${random.pick(world.organization.blueprint.partners)}`;
  deliver(world, random, {
    at,
    from: { address: person.upn, name: person.display, ip: person.site.publicIp, objectId: person.objectId },
    to,
    subject: `${random.pick(['', 'RE: ', 'FW: '])}${random.pick(topics)} ${random.int(1, 9999)}`,
    delivered: inside ? 'Inbox' : 'External',
  });
};

const work = ({ world, random, person, at }: Scene): void => {
  const [application, action, extension] = random.weighted([
    [6, ['Microsoft SharePoint Online', 'FileAccessed', 'docx']],
    [4, ['Microsoft OneDrive for Business', 'FileModified', 'xlsx']],
    [2, ['Microsoft SharePoint Online', 'FileDownloaded', 'pptx']],
    [3, ['Microsoft OneDrive for Business', 'FileUploaded', 'docx']],
    [5, ['Microsoft Exchange Online', 'MailItemsAccessed', '']],
    [3, ['Microsoft Teams', 'MessageSent', '']],
    [1, ['Microsoft SharePoint Online', 'SharingSet', 'docx']],
  ] as const);
  const name = `${random.pick(topics)} ${random.int(1, 500)}.${extension}`;
  cloudAct(world, random, {
    at,
    person,
    application,
    action,
    ...(extension !== '' && {
      object: { name, type: 'File', id: `https://${world.tenant.key}.sharepoint.com/sites/team/${encodeURIComponent(name)}` },
    }),
  });
};

const askDirectory = ({ world, random, person, at }: Scene): void => {
  const to = random.pick(world.devices('dc'));
  const from = world.home(person);
  if (random.chance(0.75))
    domainLogon(world, random, {
      at,
      account: person,
      from,
      to,
      protocol: random.chance(0.85) ? 'Kerberos' : 'Ntlm',
      ...(random.chance(0.03) && { failure: 'WrongPassword' }),
    });
  else
    directoryQuery(world, random, {
      at,
      account: person,
      from,
      to,
      type: random.pick(['UserAccount', 'Group']),
      query: `(&(objectCategory=person)(sAMAccountName=${random.pick(world.organization.people).name}))`,
    });
};

const changeDirectory = ({ world, random, at }: Scene): void => {
  const admin = random.pick(world.organization.people.filter(({ role }) => role === 'it'));
  const target = random.pick(world.organization.people);
  directoryChange(world, random, {
    at,
    account: admin,
    from: world.home(admin),
    to: world.devices('dc')[0],
    target,
    action: random.pick([
      'Account Password changed',
      'Account Expiry changed',
      'Device Operating System changed',
      'Group Membership changed',
    ]),
    additional: { 'ACTOR.ACCOUNT': admin.name, 'TARGET_OBJECT.USER': target.name },
  });
};

const scenes: readonly (readonly [number, (scene: Scene) => void])[] = [
  [26, signInAsUsual],
  [1.2, signInBadly],
  [22, receive],
  [9, send],
  [24, work],
  [18, askDirectory],
  [0.6, changeDirectory],
];
const rowsPerScene = 1.5;

/** A month of mail, sign-ins, cloud and directory work, about `budget` rows. */
export const liveOnline = (world: World, budget: number): void => {
  const people = world.organization.people.filter(({ active }) => active);
  for (const person of people) {
    const random = world.random.branch(`online/${person.name}`);
    const wanted = budget / people.length / rowsPerScene;
    for (let index = 0; index < wanted; index += 1) {
      const date = random.int(0, world.window.days - 1);
      const weekend = [0, 6].includes(world.window.weekday(date * day + day / 2, person.site.utcOffset));
      if (weekend && random.chance(0.85)) continue;
      const at = date * day + (person.from - person.site.utcOffset) * hour + Math.floor(random.next() * (person.to - person.from) * hour);
      random.weighted(scenes)({ world, random, person, at });
    }
  }
};
