import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Router, type Express } from 'express';
import request from 'supertest';
import { openDatabase, type OpenDatabase } from '../../src/database/database';
import { createSessions } from '../../src/database/sessions';
import { currentUser, requireSignIn, type TenantId } from '../../src/http/current-user';
import { sessionMiddleware } from '../../src/http/middleware/session';
import { KeptText, type SessionRecords } from '../../src/http/session-store';
import { createWebSessions, type NewSession } from '../../src/http/sessions';
import { aFolder } from '../support/a-folder';
import { anApp } from '../support/an-app';

const aKey = (): string => randomBytes(32).toString('base64url');
const minute = 60_000;
const folder = aFolder();
const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' };

const person: NewSession = {
  tenantId: '11111111-1111-4111-8111-111111111111' as TenantId,
  objectId: '22222222-2222-4222-8222-222222222222',
  name: 'Ana Lyst',
  username: 'analyst@contoso.example',
  tenantName: 'Contoso',
  roleFacts: { assigned: [], directoryAdministrator: false },
  identitySid: 'sid-1',
  logoutHint: 'hint',
  signedInAt: 1,
};

let database: OpenDatabase;
let now = 1_800_000_000_000;
const clock = (): number => now;
let slow: { arrived: () => void; go: Promise<void> } | undefined;

const routes = (sessions: ReturnType<typeof createWebSessions>): Router => {
  const router = Router();
  router.post('/in', async (req, res) => void res.json({ handle: await sessions.begin(req, res, person) }));
  router.post('/out', async (req, res) => {
    await sessions.end(req, res);
    res.json({});
  });
  router.get(
    '/who',
    (req, res) => void res.json({ user: currentUser(req)?.username ?? null, handle: currentUser(req)?.sessionId ?? null }),
  );
  router.get('/details', async (req, res) => void res.json((await sessions.details(req)) ?? {}));
  router.get('/slow', async (req, res) => {
    req.session.kept = new KeptText('{"late":true}');
    slow?.arrived();
    await slow?.go;
    res.json({});
  });
  router.get('/private', requireSignIn, (_req, res) => void res.json({}));
  return router;
};

const anAppOver = (records: SessionRecords, options: { keys?: readonly string[]; secure?: boolean } = {}): Express => {
  const { keys = ['k'.repeat(43)], secure = false } = options;
  const sessions = createWebSessions({ records, secure });
  return anApp({
    secure,
    session: sessionMiddleware({ records, cookieKeys: keys, secure, unassigned: 'hunter', clock }),
    features: [routes(sessions)],
  }).app;
};

const records = () => createSessions({ db: database.db, limits: { idleMs: 60 * minute, absoluteMs: 720 * minute }, clock });

beforeAll(async () => {
  database = await openDatabase({ kind: 'sqlite', file: join(folder, 'quarry.db') });
});
afterAll(() => database.close());

const cookieOf = (answer: request.Response): string => (answer.get('Set-Cookie') ?? []).map((line) => line.split(';')[0]).join('; ');

const signIn = async (app: Express, cookie = ''): Promise<{ cookie: string; handle: string; line: string }> => {
  const answer = await request(app).post('/in').set(sameOrigin).set('Cookie', cookie);
  return { cookie: cookieOf(answer), handle: (answer.body as { handle: string }).handle, line: answer.get('Set-Cookie')?.[0] ?? '' };
};

const who = async (app: Express, cookie: string) =>
  (await request(app).get('/who').set('Cookie', cookie)).body as { user: string | null; handle: string | null };

describe('a session', () => {
  it('is an opaque cookie that scripts and other sites cannot use, and a row that names the person', async () => {
    const app = anAppOver(records());
    const { cookie, handle, line } = await signIn(app);
    expect(line).toMatch(/^quarry=s%3A[\w%-]+\.[\w%+/-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(handle);
    expect(await who(app, cookie)).toEqual({ user: person.username, handle });
  });

  it('is held by a __Host- cookie, Secure, where people come by https, whatever a proxy says', async () => {
    const { line } = await signIn(anAppOver(records(), { secure: true }));
    expect(line).toMatch(/^__Host-quarry=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('leaves no row and sets no cookie for anonymous visitors', async () => {
    const app = anAppOver(records());
    const before = await records().count();
    for (const path of ['/who', '/nowhere', '/private', '/details', '/assets/css/quarry.css']) {
      const answer = await request(app).get(path).set('Cookie', 'quarry=s%3Aguess.signature; other=1');
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
    expect(await records().count()).toBe(before);
  });

  it('changes its id at every sign-in, and the old one is dead at once', async () => {
    const app = anAppOver(records());
    const first = await signIn(app);
    const second = await signIn(app, first.cookie);
    expect(second.cookie).not.toBe(first.cookie);
    expect(second.handle).not.toBe(first.handle);
    expect((await who(app, first.cookie)).user).toBeNull();
    expect((await who(app, second.cookie)).handle).toBe(second.handle);
  });

  it('never takes over an id that a visitor brought along', async () => {
    const app = anAppOver(records());
    const planted = cookieOf(await request(app).get('/slow'));
    const { cookie } = await signIn(app, planted);
    expect(cookie).not.toBe(planted);
    expect((await who(app, planted)).user).toBeNull();
  });

  it('keeps what sign-out needs on the server', async () => {
    const app = anAppOver(records());
    const { cookie } = await signIn(app);
    const { roleFacts: _changing, ...lasting } = person;
    expect((await request(app).get('/details').set('Cookie', cookie)).body).toEqual(lasting);
  });

  it('ends after an hour of silence and after twelve hours of use, however old the cookie claims to be', async () => {
    const app = anAppOver(records());
    const { cookie } = await signIn(app);
    const born = now;
    while (now - born < 720 * minute - 59 * minute) {
      now += 58 * minute;
      expect((await who(app, cookie)).user).toBe(person.username);
    }
    now = born + 720 * minute;
    expect((await who(app, cookie)).user).toBeNull();
    const silent = await signIn(app);
    now += 60 * minute;
    expect((await who(app, silent.cookie)).user).toBeNull();
  });

  it('survives a restart and a new cookie key; a retired key ends it', async () => {
    const [old, young] = [aKey(), aKey()];
    const { cookie, handle } = await signIn(anAppOver(records(), { keys: [old] }));
    expect((await who(anAppOver(records(), { keys: [young, old] }), cookie)).handle).toBe(handle);
    expect((await who(anAppOver(records(), { keys: [young] }), cookie)).handle).toBeNull();
  });

  it('stays ended when a slow request that changed it finishes after the sign-out', async () => {
    const app = anAppOver(records());
    const { cookie } = await signIn(app);
    let go = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      slow = { arrived: resolve, go: new Promise((done) => (go = done)) };
    });
    const late = request(app)
      .get('/slow')
      .set('Cookie', cookie)
      .then((answer) => answer);
    await arrived;
    const out = await request(app).post('/out').set(sameOrigin).set('Cookie', cookie);
    expect(out.get('Set-Cookie')?.[0]).toMatch(/^quarry=; Path=\/; Expires=Thu, 01 Jan 1970/);
    go();
    expect((await late).status).toBe(200);
    slow = undefined;
    expect((await who(app, cookie)).user).toBeNull();
    expect((await request(app).get('/private').set('Cookie', cookie)).status).toBe(303);
  });

  it('ends by the session id of the identity service without its cookie', async () => {
    const app = anAppOver(records());
    const { cookie } = await signIn(app);
    await createWebSessions({ records: records(), secure: false }).endByIdentitySid('sid-1', person.tenantId);
    expect((await who(app, cookie)).user).toBeNull();
  });
});

describe('a store that is down', () => {
  const broken = (how: () => Promise<never>): SessionRecords => ({ ...records(), find: how });

  it.each([
    ['fails', () => Promise.reject(new Error('connection refused'))],
    ['does not answer', () => new Promise<never>(() => {})],
  ])('is told from being signed out when it %s: 503, soon, and the cookie stays', async (_how, find) => {
    const { cookie } = await signIn(anAppOver(records()));
    const answer = await request(anAppOver(broken(find)))
      .get('/private')
      .set('Cookie', cookie);
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('You are still signed in');
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect((await who(anAppOver(records()), cookie)).user).toBe(person.username);
  });

  it('does not trouble visitors without a session', async () => {
    const answer = await request(anAppOver(broken(() => Promise.reject(new Error('down'))))).get('/who');
    expect(answer.status).toBe(200);
  });

  it('cannot pretend that a sign-in or a sign-out succeeded', async () => {
    const { cookie } = await signIn(anAppOver(records()));
    const refusing = { ...records(), start: () => Promise.reject(new Error('down')), end: () => Promise.reject(new Error('down')) };
    for (const path of ['/in', '/out']) {
      const answer = await request(anAppOver(refusing)).post(path).set(sameOrigin).set('Cookie', cookie);
      expect(answer.status).toBeGreaterThanOrEqual(500);
    }
  });
});
