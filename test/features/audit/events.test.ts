import type { Request } from 'express';
import { sql } from 'kysely';
import { AppError } from '../../../src/errors';
import { openDatabase } from '../../../src/database/database';
import { recordsOfAccount, type AccountEvent } from '../../../src/features/audit/account-events';
import type { AuditEvent } from '../../../src/features/audit/audit-event';
import { createChainReader } from '../../../src/features/audit/chain-reader';
import { createDenials } from '../../../src/features/audit/denials';
import { createNotes } from '../../../src/features/audit/notes';
import { unknownKeys } from '../../../src/features/audit/unknown-keys';
import { createWriter } from '../../../src/features/audit/writer';
import { attachUser, type TenantId } from '../../../src/http/current-user';
import { aUser } from '../../support/an-app';
import { sealsOf } from './a-chain';

const [home, elsewhere, stranger] = ['tenant-home', 'tenant-elsewhere', 'tenant-stranger'];

const ports = {
  nameOf: async (_tenantId: string, objectId: string) => ({ tenantId: home!, objectId, name: 'Ana', username: 'ana@contoso.example' }),
  hasChain: async (tenantId: string) => tenantId !== stranger,
};

const chainsOf = async (event: AccountEvent): Promise<readonly string[]> =>
  (await recordsOfAccount(event, ports)).map(({ chain, action, ownData }) => `${chain} ${action} ${ownData}`);

describe('the records of an event of signing in and connecting', () => {
  it.each([
    ['sign-in', { tenantId: home, objectId: 'ana' }, ['tenant-home sign-in true']],
    ['sign-in', { tenantId: elsewhere, objectId: 'ana', code: 'reach' }, ['tenant-elsewhere sign-in true', 'tenant-home sign-in false']],
    ['sign-in-refused', { code: 'AADSTS53003' }, ['installation sign-in-refused true']],
    ['sign-in-refused', { tenantId: stranger, objectId: 'x' }, ['installation sign-in-refused true']],
    ['sign-out', { tenantId: home, objectId: 'ana' }, ['tenant-home sign-out true']],
    ['session-ended', { tenantId: home, objectId: 'ana', code: 'sign-in-again' }, ['tenant-home session-ended true']],
    ['roles-changed', { tenantId: home, objectId: 'ana', code: 'hunter -> none' }, ['tenant-home roles-changed true']],
    ['consent-asked', { tenantId: home, bundles: 'hunt' }, ['tenant-home consent-asked true']],
    ['consent-asked', { tenantId: stranger }, ['installation consent-asked true']],
    ['consent-given', { tenantId: home, objectId: 'ana' }, ['tenant-home consent-given true']],
    ['consent-refused', { code: 'AADSTS65004' }, ['installation consent-refused true']],
    [
      'consent-withdrawn',
      { tenantId: elsewhere, objectId: 'ana' },
      ['tenant-elsewhere consent-withdrawn true', 'tenant-home consent-withdrawn false'],
    ],
    ['tenant-connected', { tenantId: home, objectId: 'ana' }, ['tenant-home tenant-connected true']],
    ['tenant-disconnected', { tenantId: home, code: 'operator' }, ['tenant-home tenant-disconnected true']],
  ])('%s of %j', async (action, facts, chains) => {
    expect(await chainsOf({ action, ...facts } as AccountEvent)).toEqual(chains);
  });

  it('are written also where a name cannot be looked up', async () => {
    const failing = { ...ports, nameOf: () => Promise.reject(new Error('no database')) };
    expect(await recordsOfAccount({ action: 'sign-out', tenantId: home!, objectId: 'ana' }, failing)).toMatchObject([
      { chain: home, actor: { tenantId: home, objectId: 'ana' } },
    ]);
  });
});

describe('the records of refusals', () => {
  const requestOf = (path: string, user?: Parameters<typeof attachUser>[1]): Request => {
    const req = { path, method: 'POST', baseUrl: '', route: undefined } as unknown as Request;
    if (user) attachUser(req, user);
    return req;
  };
  const refusal = (kind: 'forbidden' | 'too-many' | 'not-found', code: string, detail = {}): AppError =>
    new AppError({ kind, code, publicMessage: 'No.', detail });
  const denials = () => createDenials({ recordedElsewhere: ['/auth/redirect'], clock: () => 0 });

  it('name the person, the role and the route, never the address', () => {
    const path = '/hunting/runs/5f0c/results.csv';
    expect(denials()(refusal('forbidden', 'role-needed', { role: 'hunter' }), requestOf(path, aUser()))).toMatchObject({
      chain: aUser().tenantId,
      action: 'access-denied',
      actor: { objectId: aUser().objectId, username: 'analyst@contoso.example' },
      facts: { code: 'role-needed', role: 'hunter', route: '/hunting', method: 'POST' },
    });
  });

  it('are none for what is missing, and for what is recorded as a refused sign-in', () => {
    expect(denials()(refusal('not-found', 'no-such-run'), requestOf('/x', aUser()))).toBeUndefined();
    expect(denials()(refusal('forbidden', 'blocked'), requestOf('/auth/redirect', aUser()))).toBeUndefined();
    expect(denials()(refusal('forbidden', 'tenant-not-served'), requestOf('/connect'))).toBeUndefined();
  });

  it('of strangers stand in the installation’s chain, so many a minute', () => {
    const denied = denials();
    const flood = Array.from({ length: 500 }, () => denied(refusal('too-many', 'too-many-requests'), requestOf('/auth/signin')));
    expect(flood.filter((event) => event?.chain === 'installation' && event.action === 'rate-limited')).toHaveLength(60);
    const unconnected = aUser({ tenantId: stranger as TenantId, connected: false });
    expect(denials()(refusal('forbidden', 'not-connected'), requestOf('/hunting', unconnected))).toMatchObject({ chain: 'installation' });
  });
});

describe('a key that is not at hand', () => {
  it('is named, as long as the ends of chains are sealed with it', async () => {
    const { db, close } = await openDatabase({ kind: 'sqlite', file: ':memory:' });
    const reader = createChainReader(db);
    const [older, newer] = [sealsOf('an older key'), sealsOf('a newer key')];
    const write = (seals: typeof older) =>
      createWriter({ db, seals, checkpoints: { note: () => {} }, clock: Date.now }).append([
        { chain: 'a', action: 'sign-in', ownData: true },
      ]);
    expect(await unknownKeys(reader, newer)).toEqual([]);
    await write(older);
    expect(await unknownKeys(reader, older)).toEqual([]);
    expect(await unknownKeys(reader, newer)).toEqual([older.keyId]);
    await write(newer);
    expect(await unknownKeys(reader, newer)).toEqual([]);
    await close();
  });
});

describe('records that the database does not take', () => {
  const event: AuditEvent = { chain: 'a', action: 'sign-out', ownData: true, query: 'x'.repeat(100_000) };

  const aFullDatabase = async () => {
    const database = await openDatabase({ kind: 'sqlite', file: ':memory:' });
    const { db } = database;
    const writer = createWriter({ db, seals: sealsOf(), checkpoints: { note: () => {} }, clock: Date.now });
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 2}`).execute(db);
    const makeRoom = () => sql.raw('pragma max_page_count = 100000').execute(db);
    const count = async () => (await createChainReader(db).page('a', 0, 100)).length;
    return { writer, makeRoom, count, head: () => createChainReader(db).head('a'), close: database.close };
  };

  it('are refused on a full disk, leave nothing behind, and are taken when there is room', async () => {
    const { writer, makeRoom, count, head, close } = await aFullDatabase();
    const both = [writer.append([event]), writer.append([event])];
    for (const append of both) await expect(append).rejects.toMatchObject({ kind: 'unavailable', code: 'audit-unavailable' });
    expect(await head()).toBeUndefined();
    await makeRoom();
    await writer.append([event]);
    expect(await count()).toBe(1);
    expect(await head()).toMatchObject({ seq: 1 });
    await close();
  });

  it('of what has happened already wait and are tried again, at the latest at the end', async () => {
    const { writer, makeRoom, count, close } = await aFullDatabase();
    const reported: string[] = [];
    const notes = createNotes({ writer, clock: () => 5, report: (name) => void reported.push(name), againAfterMs: 5 });
    await notes.note([event]);
    await notes.note([event]);
    expect(reported[0]).toBe('audit-records-wait');
    await makeRoom();
    while ((await count()) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await notes.close();
    expect(reported).not.toContain('audit-records-lost');
    await close();
  });

  it('are counted as lost when nothing helps', async () => {
    const reported: unknown[] = [];
    const writer = { append: () => Promise.reject(new Error('gone')) };
    const notes = createNotes({ writer, clock: () => 5, report: (name, _error, facts) => void reported.push([name, facts]) });
    await notes.note([event, event]);
    await notes.close();
    expect(reported.at(-1)).toEqual(['audit-records-lost', { records: 2 }]);
  });
});
