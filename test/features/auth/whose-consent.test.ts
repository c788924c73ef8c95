import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import { arrive } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, type IdentityProvider, type Person } from '../../support/an-identity-provider';
import { aBrowser } from '../../support/lab-browser';

let provider: IdentityProvider;
let app: SigningInApp;

beforeAll(async () => {
  provider = await anIdentityProvider();
  app = await aSigningInApp({
    identity: () => registeredAt(provider.url),
    features: () => [Router().get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))],
  });
});

beforeEach(() => void (provider.bend.answer = undefined));

afterAll(async () => {
  await app.close();
  await provider.close();
});

/** People of an organization of their own: what one test does reaches no other. */
const anOrganization = () => {
  const tid = randomUUID();
  const person = (name: string): Person => ({ tid, oid: randomUUID(), name, preferred_username: `${name}@${tid.slice(0, 8)}.example` });
  return { tid: tid as TenantId, mia: person('mia'), noah: person('noah'), person };
};

const enter = async (person: Person): Promise<SignedInUser> => {
  const browser = aBrowser();
  await arrive(app, provider, { person, browser });
  const user = JSON.parse((await browser.visit(`${app.baseUrl}/who`)).text) as SignedInUser;
  app.events.length = 0;
  return user;
};

const personOf = (refreshToken: string): string =>
  (JSON.parse(Buffer.from(refreshToken.replace(/^rt\./, ''), 'base64url').toString()) as { person: Person }).person.oid;

/** The identity service's number for each of these people, from now on; everybody else gets tokens. */
const refuse = (numbers: ReadonlyMap<string, number>): void => {
  provider.bend.answer = (call, res) => {
    const refreshToken = call.form.get('refresh_token');
    const number = refreshToken === null ? undefined : numbers.get(personOf(refreshToken));
    if (number === undefined) return false;
    const error = number === 90033 ? 'temporarily_unavailable' : 'invalid_grant';
    res.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error, error_codes: [number] }));
    return true;
  };
};

const renew = (user: SignedInUser, tenantId = user.tenantId): Promise<unknown> =>
  app.signIn.accessTokens.acquire({ user, tenantId, resource: 'graph', forceRefresh: true });

const withdrawn = (tenantId: TenantId) => app.signIn.connecting.withdrawal(tenantId);
const hunting = async (tenantId: TenantId): Promise<string | undefined> =>
  (await app.tenants.consents.of(tenantId)).find(({ permission }) => permission === 'graph/ThreatHunting.Read.All')?.state;
const told = (): readonly unknown[] => app.events.map((event) => (event as { action: string }).action);

describe('a token that is refused for want of consent', () => {
  it('stops nobody but this person where somebody else of the organization still gets one', async () => {
    const { tid, mia, noah } = anOrganization();
    const [hers, his] = [await enter(mia), await enter(noah)];
    refuse(new Map([[mia.oid, 65001]]));
    await expect(renew(hers)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'consent-missing',
      action: { href: `/connect?organization=${tid}` },
    });
    expect(await withdrawn(tid)).toBeUndefined();
    expect(await hunting(tid)).toBe('granted');
    expect(told()).toEqual(['consent-missing']);
    // Her tokens are gone, his are not.
    expect(await app.stores.tokens.read(hers)).toBeUndefined();
    await expect(renew(his)).resolves.toMatchObject({ token: expect.any(String) });
  });

  it('marks the organization where somebody else is refused as well', async () => {
    const { tid, mia, noah } = anOrganization();
    const [hers, his] = [await enter(mia), await enter(noah)];
    refuse(new Map([mia.oid, noah.oid].map((oid) => [oid, 65001])));
    await expect(renew(hers)).rejects.toMatchObject({ code: 'reconnect-needed' });
    expect(await withdrawn(tid)).toMatchObject({ code: 'entra-65001' });
    expect(await hunting(tid)).toBe('withdrawn');
    expect(told()).toEqual(['consent-withdrawn']);
    for (const user of [hers, his]) expect(await app.stores.tokens.read(user)).toBeUndefined();
  });

  it('marks the organization where nobody else is there to be asked: a person’s other sessions are no witnesses', async () => {
    const { tid, mia } = anOrganization();
    const [one] = [await enter(mia), await enter(mia)];
    refuse(new Map([[mia.oid, 65001]]));
    await expect(renew(one)).rejects.toMatchObject({ code: 'reconnect-needed' });
    expect(await withdrawn(tid)).toBeDefined();
  });

  it('asks the next one where somebody’s session says nothing of the consent', async () => {
    const { tid, mia, noah, person } = anOrganization();
    const [olga, hers] = [person('olga'), await enter(mia)];
    await enter(olga);
    await enter(noah);
    refuse(new Map([[mia.oid, 65001], [noah.oid, 50173]])); // prettier-ignore
    await expect(renew(hers)).rejects.toMatchObject({ code: 'consent-missing' });
    expect(await withdrawn(tid)).toBeUndefined();
  });

  it('marks nothing while the identity service cannot tell', async () => {
    const { tid, mia, noah } = anOrganization();
    const [hers] = [await enter(mia), await enter(noah)];
    refuse(new Map([[mia.oid, 65001], [noah.oid, 90033]])); // prettier-ignore
    await expect(renew(hers)).rejects.toMatchObject({ code: 'consent-missing' });
    expect(await withdrawn(tid)).toBeUndefined();
  });

  it('needs no witness where the app itself is gone from the organization', async () => {
    const { tid, mia, noah } = anOrganization();
    const [hers] = [await enter(mia), await enter(noah)];
    refuse(new Map([[mia.oid, 700016]]));
    await expect(renew(hers)).rejects.toMatchObject({ code: 'reconnect-needed' });
    expect(await withdrawn(tid)).toMatchObject({ code: 'entra-700016' });
  });

  it('says nothing of an organization where the person never could act', async () => {
    const { tid, noah } = anOrganization();
    const stranger = await enter(anOrganization().mia);
    await enter(noah);
    refuse(new Map([[stranger.objectId, 65001]]));
    await expect(renew(stranger, tid)).rejects.toMatchObject({ kind: 'forbidden', code: 'entra-65001' });
    expect([await withdrawn(tid), await hunting(tid)]).toEqual([undefined, 'granted']);
    expect(told()).toEqual([]);
  });

  it('of a guest costs them that organization’s tokens alone', async () => {
    const { tid, noah } = anOrganization();
    const guest = anOrganization().mia;
    provider.invite(guest, tid, randomUUID());
    await enter(noah);
    const user = await enter(guest);
    await renew(user, tid);
    refuse(new Map([[guest.oid, 65001]]));
    await expect(renew(user, tid)).rejects.toMatchObject({ code: 'consent-missing' });
    provider.bend.answer = undefined;
    await expect(renew(user)).resolves.toMatchObject({ token: expect.any(String) });
    expect(await withdrawn(tid)).toBeUndefined();
  });

  it('that marked the organization on one person’s word is lifted by a guest who still gets a token', async () => {
    const { tid, mia } = anOrganization();
    const guest = anOrganization().noah;
    provider.invite(guest, tid, randomUUID());
    const hers = await enter(mia);
    refuse(new Map([[mia.oid, 65001]]));
    await expect(renew(hers)).rejects.toMatchObject({ code: 'reconnect-needed' });
    const user = await enter(guest);
    await expect(renew(user, tid)).resolves.toMatchObject({ token: expect.any(String) });
    expect(await withdrawn(tid)).toBeUndefined();
  });

  it('is not asked of the identity service again and again where the mark stands', async () => {
    const { tid, mia } = anOrganization();
    const guest = anOrganization().noah;
    provider.invite(guest, tid, randomUUID());
    const [hers, user] = [await enter(mia), await enter(guest)];
    refuse(new Map([[mia.oid, 65001], [guest.oid, 65001]])); // prettier-ignore
    await expect(renew(hers)).rejects.toMatchObject({ code: 'reconnect-needed' });
    await expect(renew(user, tid)).rejects.toMatchObject({ kind: 'forbidden' });
    provider.calls.length = 0;
    await expect(renew(user, tid)).rejects.toMatchObject({ code: 'reconnect-needed' });
    await expect(renew(hers)).rejects.toMatchObject({ code: 'reconnect-needed' });
    expect(provider.calls).toEqual([]);
  });
});
