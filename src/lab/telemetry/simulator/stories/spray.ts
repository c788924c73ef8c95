import { raise } from '../alerts';
import { alarms } from './alarms.data';
import { cloudAct } from '../cloud/apps';
import { applications, signIn, type Place } from '../cloud/sign-ins';
import { minute, second } from '../window';
import type { Story } from './stage';

const places: readonly Place[] = [
  { ip: '198.51.100.61', country: 'NL', state: 'Noord-Holland', city: 'Amsterdam', latitude: '52.3676', longitude: '4.9041' },
  { ip: '198.51.100.62', country: 'NL', state: 'Noord-Holland', city: 'Amsterdam', latitude: '52.3676', longitude: '4.9041' },
  { ip: '198.51.100.63', country: 'RO', state: 'Bucuresti', city: 'Bucharest', latitude: '44.4268', longitude: '26.1025' },
];

const guess = {
  interactive: true,
  managed: false,
  userAgent: 'python-requests/2.32.3',
  client: 'Other clients',
  application: applications[0],
};

/** A password tried on everybody, one hit, and then a second factor asked for until its owner gave in. */
export const spray: Story = (stage) => {
  const { world, random, time } = stage;
  const { person, actor } = stage.victim('sales');
  const at = stage.when(5, 6, actor.device);
  const others = world.organization.people.filter((each) => each !== person);
  others.forEach((victim, index) =>
    signIn(world, random, {
      ...guess,
      person: victim,
      place: places[index % places.length] as Place,
      at: at + index * 4 * second,
      error: 50126,
      risk: 10,
    }),
  );
  const place = places[0] as Place;
  signIn(world, random, { ...guess, person, place, at: at + 3 * minute, error: 50126, risk: 10 });
  const asked = at + 70 * minute;
  const prompts = random.int(9, 15);
  const browser = { person, place, interactive: true, managed: false, multiFactor: true, risk: 100, application: applications[3] };
  for (let index = 0; index < prompts; index += 1) signIn(world, random, { ...browser, at: asked + index * 50 * second, error: 500121 });
  const inAt = asked + prompts * 50 * second + 20 * second;
  const { session } = signIn(world, random, { ...browser, at: inAt });
  for (let index = 0; index < 6; index += 1)
    cloudAct(world, random, {
      at: inAt + (4 + index * 3) * minute,
      person,
      place,
      application: 'Microsoft SharePoint Online',
      action: 'FileDownloaded',
      object: { name: `Customers ${index + 1}.xlsx`, type: 'File' },
      raw: { SessionId: session },
    });
  raise(world, { ...alarms.spray, at: asked + 2 * minute, evidence: [{ account: person }, { ip: place.ip }] });
  const story = `Three addresses tried one password on everybody; ${person.display}'s account was then asked for a second factor ${prompts} times until it was given.`;
  return {
    story,
    answers: {
      'spray-sources': places.map(({ ip, country }, index) => [
        ip,
        country,
        others.filter((_, each) => each % places.length === index).length + (index === 0 ? 1 : 0),
      ]),
      'spray-fatigue': [[person.upn, place.ip, place.country, prompts, time(inAt)]],
    },
  };
};
