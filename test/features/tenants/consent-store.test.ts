import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '../../../src/database/database';
import { createConsentStore, type ConsentStore } from '../../../src/features/tenants/consent-store';
import { noteRefusal } from '../../../src/features/tenants/note-refusal';
import { createTenantService } from '../../../src/features/tenants/service';
import { createTenantStore } from '../../../src/features/tenants/store';
import type { TenantId } from '../../../src/http/current-user';
import { aFolder } from '../../support/a-folder';

const id = (digit: number): TenantId => `${String(digit).repeat(8)}-0000-4000-8000-000000000000` as TenantId;
const [customer, other] = [id(1), id(2)];
const hunting = 'https://graph.microsoft.com/ThreatHunting.Read.All';
const indicators = 'https://api.securitycenter.microsoft.com/Ti.ReadWrite';

let now: number;
let database: OpenDatabase;
let consents: ConsentStore;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  database = await openDatabase({ kind: 'sqlite', file: join(aFolder(), 'quarry.db') });
  consents = createConsentStore({ db: database.db, clock: () => now });
});

afterEach(() => database.close());

const states = async (tenantId = customer): Promise<Record<string, string>> =>
  Object.fromEntries((await consents.of(tenantId)).map(({ permission, state }) => [permission, state]));

describe('what an administrator was seen to have granted', () => {
  it('is told by the scopes of a token’s answer, for that organization and that API alone', async () => {
    await consents.seen(customer, 'graph', [hunting, 'openid', 'profile']);
    expect(await states()).toEqual({ 'graph/ThreatHunting.Read.All': 'granted' });
    expect(await states(other)).toEqual({});
    await consents.seen(customer, 'mde', [indicators]);
    expect(await states()).toMatchObject({
      'mde/Ti.ReadWrite': 'granted',
      'mde/Machine.Isolate': 'missing',
      'mde/AdvancedQuery.Read': 'missing',
    });
    expect(await states()).not.toHaveProperty('mde/Event.Write');
  });

  it('grows when consent is extended, and knows when it was last seen', async () => {
    await consents.seen(customer, 'mde', [indicators]);
    now += 60_000;
    await consents.seen(customer, 'mde', [indicators, 'https://api.securitycenter.microsoft.com/Machine.Isolate']);
    const isolate = (await consents.of(customer)).find(({ permission }) => permission === 'mde/Machine.Isolate');
    expect(isolate).toEqual({ permission: 'mde/Machine.Isolate', state: 'granted', seenAt: now, code: null, correlationId: null });
  });

  it('is withdrawn where it was granted, and missing where it never was', async () => {
    await consents.seen(customer, 'graph', [hunting]);
    await consents.seen(customer, 'mde', [indicators]);
    await consents.withdrawn(customer, { code: 'entra-65001', correlationId: 'c-1' });
    expect(await states()).toMatchObject({
      'graph/ThreatHunting.Read.All': 'withdrawn',
      'mde/Ti.ReadWrite': 'withdrawn',
      'mde/Machine.Isolate': 'missing',
    });
    await consents.seen(customer, 'graph', [hunting]);
    expect(await states()).toMatchObject({ 'graph/ThreatHunting.Read.All': 'granted', 'mde/Ti.ReadWrite': 'withdrawn' });
    await consents.forget(customer);
    expect(await states()).toEqual({});
  });

  it.each([
    [65001, 'consent', 'missing'],
    [700016, 'consent', 'missing'],
    [650052, 'blocked', 'no-service'],
    [500011, 'blocked', 'no-service'],
    [50020, 'wrong-account', undefined],
    [53003, 'blocked', undefined],
    [90094, 'consent', undefined],
    [undefined, 'transient', undefined],
  ] as const)('follows a refusal with AADSTS%s as far as it concerns the organization', async (aadsts, failure, state) => {
    const refusal = { aadsts, failure, code: `entra-${aadsts}`, correlationId: 'c-9' };
    await noteRefusal(consents)(customer, { resource: 'mde', scope: indicators }, refusal);
    const [seen] = await consents.of(customer);
    expect(seen?.state).toBe(state);
    if (seen) expect(seen).toMatchObject({ permission: 'mde/Ti.ReadWrite', code: `entra-${aadsts}`, correlationId: 'c-9' });
  });

  it('takes it for a withdrawal after a grant where the organization knows the app no more', async () => {
    const refuse = noteRefusal(consents);
    const refusal = { aadsts: 700016, failure: 'configuration', code: 'entra-700016', correlationId: undefined } as const;
    await consents.seen(customer, 'graph', [hunting]);
    await refuse(customer, { resource: 'graph' }, refusal);
    await refuse(customer, { resource: 'graph' }, refusal);
    expect(await states()).toEqual({ 'graph/ThreatHunting.Read.All': 'withdrawn' });
  });

  it('leaves what others were seen to hold as it is where one person lacks it', async () => {
    await consents.seen(customer, 'graph', [hunting]);
    await noteRefusal(consents)(
      customer,
      { resource: 'graph' },
      { aadsts: 65001, failure: 'consent', code: 'entra-65001', correlationId: undefined },
    );
    expect(await states()).toEqual({ 'graph/ThreatHunting.Read.All': 'granted' });
  });
});

describe('the name of an organization', () => {
  it.each([
    ['ana@contoso.example', 'contoso.example'],
    ['ana@CONTOSO.Example', 'contoso.example'],
    ['ana@cоntoso.example', 'xn--cntoso-wqf.example'],
    ['ana@<b>contoso</b>.example', customer],
    ['ana@evil.example"><script>', customer],
    ['ana@organizations', customer],
    ['ana', customer],
  ])('of %s is %s', async (username, name) => {
    const store = createTenantStore({ db: database.db, clock: () => now });
    const arrival = { tenantId: customer, objectId: 'o', username, guest: false, consented: true, connecting: true };
    expect(await createTenantService({ store, allowed: null }).admit(arrival)).toEqual({ name });
  });
});
