import { load } from 'cheerio';
import request from 'supertest';
import { aUser, anApp, origin, signedInAs } from '../../../support/an-app';
import { aHunt, eventsBetween, tenants, type Hunt } from '../a-hunt';

let hunt: Hunt;
beforeEach(async () => {
  hunt = await aHunt();
  hunt.world.events.set(tenants[0]!.tenantId, eventsBetween('2026-01-30T00:00:00Z', 3, 1_000));
});
afterEach(() => hunt.close());

const as = (user = hunt.user) => {
  const { app } = anApp({ session: [signedInAs(user)], features: [hunt.hunting.routes].flat() });
  const post = async (path: string, form: object = {}): Promise<string> => {
    const answer = await request(app).post(path).set('Origin', origin).set('Sec-Fetch-Site', 'same-origin').type('form').send(form);
    expect(answer.status).toBe(303);
    return String(answer.headers['location']);
  };
  const shown = async (): Promise<string> => {
    const $ = load((await request(app).get('/hunting')).text);
    return String($('form#hunt input[name=once]').attr('value'));
  };
  return { post, shown };
};

const settled = (path: string): Promise<void> => hunt.hunting.executor.settled(path.split('/').pop()!);
const form = { query: 'Events', timespan: 'P7D' };

describe('a form', () => {
  it('that is sent three times at once makes one run and one call', async () => {
    const { post, shown } = as();
    const once = await shown();
    const paths = await Promise.all([1, 2, 3].map(() => post('/hunting/runs', { ...form, once })));
    expect(new Set(paths).size).toBe(1);
    await settled(paths[0]!);
    expect(await post('/hunting/runs', { ...form, once })).toBe(paths[0]);
    expect(hunt.world.calls).toHaveLength(1);
  });

  it('is another one each time it is shown, in a second tab too', async () => {
    const { post, shown } = as();
    const paths = [
      await post('/hunting/runs', { ...form, once: await shown() }),
      await post('/hunting/runs', { ...form, once: await shown() }),
    ];
    expect(new Set(paths).size).toBe(2);
  });

  it('with another text in it makes another run', async () => {
    const { post, shown } = as();
    const once = await shown();
    const first = await post('/hunting/runs', { ...form, once });
    expect(await post('/hunting/runs', { ...form, query: 'Events | take 2', once })).not.toBe(first);
  });

  it('that the back button brought back makes another run when it is sent later, and that one is sent once again', async () => {
    const { post, shown } = as();
    const once = await shown();
    const first = await post('/hunting/runs', { ...form, once });
    await settled(first);
    hunt.clock.pass(61_000);
    const [second, third] = await Promise.all([post('/hunting/runs', { ...form, once }), post('/hunting/runs', { ...form, once })]);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  it('of one person is not another one’s', async () => {
    const once = await as().shown();
    const first = await as().post('/hunting/runs', { ...form, once });
    expect(await as(aUser({ objectId: 'somebody-else' })).post('/hunting/runs', { ...form, once })).not.toBe(first);
  });

  it('is not needed by a program: each post makes a run', async () => {
    const { post } = as();
    expect(await post('/hunting/runs', form)).not.toBe(await post('/hunting/runs', form));
  });
});

it('a button of a run that is pressed twice acts once and leads to the run both times', async () => {
  const { post } = as();
  hunt.world.troubles.push('forbidden', 'hang');
  const path = await post('/hunting/runs', form);
  await settled(path);
  expect(await Promise.all([post(`${path}/retry`), post(`${path}/retry`)])).toEqual([path, path]);
  while (hunt.world.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(await post(`${path}/retry`)).toBe(path);
  expect(await post(`${path}/slices`)).toBe(path);
  await post(`${path}/cancel`);
  expect(hunt.world.calls).toHaveLength(2);
});
