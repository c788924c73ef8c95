import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { requireSignIn, signedInUser, type SignedInUser, type TenantId } from '../../../src/http/current-user';
import { requireRole, type Role } from '../../../src/http/roles';
import { arrive } from '../../support/a-sign-in';
import { aSigningInApp, registeredAt, type SigningInApp } from '../../support/a-signing-in-app';
import { anIdentityProvider, contosoPerson, type IdentityProvider, type Person } from '../../support/an-identity-provider';
import { aBrowser, type LabBrowser } from '../../support/lab-browser';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const customer = '55555555-dddd-4ddd-8ddd-555555555555' as TenantId;

let provider: IdentityProvider;
let app: SigningInApp;
let clock = Date.now;

const pages = (): Router =>
  Router()
    .get('/who', requireSignIn, (req, res) => void res.json(signedInUser(req)))
    .get('/hunt', requireRole('hunter'), (_req, res) => void res.send('hunting'));

beforeAll(async () => {
  provider = await anIdentityProvider();
});

beforeEach(async () => {
  clock = Date.now;
  claims = {};
  claimsElsewhere = {};
  provider.bend.claims = (body) => ({ ...body, ...(body['tid'] === customer ? claimsElsewhere : claims) });
  app = await aSigningInApp({
    clock: () => clock(),
    identity: () => registeredAt(provider.url),
    features: ({ signIn }) => [
      pages(),
      Router().get('/in/:tenant', requireSignIn, async (req, res) => {
        res.json(await signIn.roles.rolesIn(signedInUser(req), req.params['tenant'] as TenantId));
      }),
    ],
  });
});

afterEach(() => app.close());
afterAll(() => provider.close());

let claims: Record<string, unknown> = {};
let claimsElsewhere: Record<string, unknown> = {};

const aColleague = (name: string): Person => ({ ...contosoPerson, oid: randomUUID(), preferred_username: `${name}@contoso.example` });

const enter = async (person: Person = contosoPerson): Promise<LabBrowser> => {
  const browser = aBrowser();
  await arrive(app, provider, { person, browser });
  return browser;
};

const who = async (browser: LabBrowser): Promise<SignedInUser> =>
  JSON.parse((await browser.visit(`${app.baseUrl}/who`)).text) as SignedInUser;

const rolesOf = async (browser: LabBrowser): Promise<readonly Role[]> => (await who(browser)).roles;

const renew = async (browser: LabBrowser): Promise<unknown> => {
  const user = await who(browser);
  return app.signIn.accessTokens.acquire({ user, tenantId: user.tenantId, resource: 'graph', forceRefresh: true });
};

describe('roles at sign-in', () => {
  it.each<[unknown, Role[]]>([
    [['viewer'], ['viewer']],
    [['Hunter'], ['viewer', 'hunter']],
    [['Quarry.Responder'], ['viewer', 'hunter', 'responder']],
    [['QUARRY.ADMINISTRATOR'], ['viewer', 'administrator']],
    [
      ['hunter', 'administrator'],
      ['viewer', 'hunter', 'administrator'],
    ],
    [
      ['hunter', 'Other.Hunter', 'root', 7, null, 'hunter '.repeat(40)],
      ['viewer', 'hunter'],
    ],
  ])('come from the claim %j', async (roles, expected) => {
    claims = { roles };
    expect(await rolesOf(await enter())).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['a text', 'hunter'],
    ['an object', { hunter: true }],
    ['roles of others', ['Other.Hunter']],
    ['nothing', undefined],
  ])('fall back where the organization assigns none: %s', async (_name, roles) => {
    claims = { roles };
    expect(await rolesOf(await enter())).toEqual(['viewer', 'hunter']);
  });

  it.each([globalAdministrator, 'e8611ab8-c189-46e8-94e1-60213ab1f814', globalAdministrator.toUpperCase()])(
    'make directory administrators administrators where none are assigned (%s)',
    async (wid) => {
      claims = { wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509', wid] };
      expect(await rolesOf(await enter())).toEqual(['viewer', 'hunter', 'administrator']);
    },
  );

  it('give other directory roles nothing more', async () => {
    claims = { wids: ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'b79fbf4d-3ef9-4689-8143-76b194e85509'] };
    expect(await rolesOf(await enter())).toEqual(['viewer', 'hunter']);
  });

  it('are nothing for everybody without one as soon as one person of the organization has one, at once and for good', async () => {
    const early = await enter(aColleague('early'));
    expect(await rolesOf(early)).toEqual(['viewer', 'hunter']);
    claims = { roles: ['hunter'] };
    const hunter = await enter(aColleague('chosen'));
    expect(await rolesOf(early)).toEqual([]);
    claims = { wids: [globalAdministrator] };
    expect(await rolesOf(await enter(aColleague('boss')))).toEqual([]);
    await renew(hunter);
    expect(await rolesOf(hunter)).toEqual([]);
    claims = {};
    expect(await rolesOf(await enter(aColleague('late')))).toEqual([]);
  });

  it('are not taken from the redirect', async () => {
    claims = { roles: ['viewer'] };
    const browser = aBrowser();
    const start = await browser.visit(`${app.baseUrl}/auth/signin`);
    const { code, state, redirectUri } = provider.authorize(start.location ?? '', contosoPerson);
    const query = new URLSearchParams({ code, state, roles: 'administrator', wids: globalAdministrator });
    await browser.visit(`${redirectUri}?${query.toString()}`);
    expect(await rolesOf(browser)).toEqual(['viewer']);
  });
});

describe('a role that is taken away upstream', () => {
  const all = ['viewer', 'hunter', 'responder', 'administrator'] as const;

  it.each(all)('%s is gone with the next renewal', async (role) => {
    claims = { roles: [...all] };
    const browser = await enter();
    expect(await rolesOf(browser)).toEqual([...all]);
    claims = { roles: [role] };
    await renew(browser);
    const left = await rolesOf(browser);
    claims = { roles: [] };
    await renew(browser);
    expect(await rolesOf(browser)).toEqual([]);
    expect(left).toContain(role);
    expect(app.events.filter((event) => (event as { action: string }).action === 'roles-changed')).toHaveLength(2);
  });

  it('is refused with the very next request, in every browser of the person as each renews', async () => {
    claims = { roles: ['hunter'] };
    const [one, two] = [await enter(), await enter()];
    expect((await one.visit(`${app.baseUrl}/hunt`)).status).toBe(200);
    claims = { roles: ['viewer'] };
    await renew(one);
    expect((await one.visit(`${app.baseUrl}/hunt`)).status).toBe(403);
    expect((await two.visit(`${app.baseUrl}/hunt`)).status).toBe(200);
    await renew(two);
    expect((await two.visit(`${app.baseUrl}/hunt`)).status).toBe(403);
  });

  it('is noticed within the hour by whoever only reads, without waiting', async () => {
    claims = { roles: ['viewer'] };
    const browser = await enter();
    claims = { roles: [] };
    clock = () => Date.now() + 50 * 60_000;
    expect(await rolesOf(browser)).toEqual(['viewer']);
    clock = () => Date.now() + 61 * 60_000;
    expect(await rolesOf(browser)).toEqual(['viewer']);
    while ((await rolesOf(browser)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('stays when the renewal fails', async () => {
    claims = { roles: ['hunter'] };
    const browser = await enter();
    provider.bend.sign = () => 'not a token';
    await expect(renew(browser)).rejects.toMatchObject({ kind: 'unauthenticated' });
    provider.bend.sign = undefined;
    expect(await rolesOf(browser)).toEqual(['viewer', 'hunter']);
  });

  it('is not given back by a token that somebody else signed', async () => {
    claims = { roles: ['viewer'] };
    const browser = await enter();
    claims = { roles: ['administrator'], aud: randomUUID() };
    await expect(renew(browser)).rejects.toBeDefined();
    expect(await rolesOf(browser)).toEqual(['viewer']);
  });
});

describe('roles in another organization', () => {
  const guest = { tid: customer, oid: randomUUID() };

  beforeEach(async () => {
    provider.invite(contosoPerson, customer, guest.oid);
    await enter({ ...contosoPerson, tid: customer, oid: randomUUID(), preferred_username: 'admin@customer.example' });
  });

  const rolesThere = async (browser: LabBrowser): Promise<unknown> =>
    JSON.parse((await browser.visit(`${app.baseUrl}/in/${customer}`)).text) as unknown;

  it('come from the token that its own authority issues', async () => {
    claims = { roles: ['administrator', 'responder'] };
    claimsElsewhere = { roles: ['viewer'] };
    const browser = await enter();
    expect(await rolesThere(browser)).toEqual(['viewer']);
    expect(await rolesOf(browser)).toEqual(['viewer', 'hunter', 'responder', 'administrator']);
  });

  it('do not count at home', async () => {
    claims = { roles: ['viewer'] };
    claimsElsewhere = { roles: ['administrator', 'hunter'] };
    const browser = await enter();
    expect(await rolesThere(browser)).toEqual(['viewer', 'hunter', 'administrator']);
    expect(await rolesOf(browser)).toEqual(['viewer']);
    expect((await browser.visit(`${app.baseUrl}/hunt`)).status).toBe(403);
  });

  it('change with a renewal there', async () => {
    claimsElsewhere = { roles: ['hunter'] };
    const browser = await enter();
    expect(await rolesThere(browser)).toEqual(['viewer', 'hunter']);
    claimsElsewhere = {};
    await app.signIn.accessTokens.acquire({ user: await who(browser), tenantId: customer, resource: 'graph', forceRefresh: true });
    expect(await rolesThere(browser)).toEqual([]);
    expect(await rolesOf(browser)).toEqual(['viewer', 'hunter']);
  });

  it('end with the session', async () => {
    const browser = await enter();
    await rolesThere(browser);
    const count = () => app.stores.database.db.selectFrom('session_roles').selectAll().execute();
    expect(await count()).toHaveLength(1);
    await app.stores.sessions.endByHandle((await who(browser)).sessionId);
    expect(await count()).toEqual([]);
  });
});
