import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '../../../src/database/database';
import { AppError } from '../../../src/errors';
import type { SignedInUser, TenantId } from '../../../src/http/current-user';
import { createReach } from '../../../src/features/tenants/reach';
import { createTenantService } from '../../../src/features/tenants/service';
import { createTenantStore, type TenantStore } from '../../../src/features/tenants/store';
import { aFolder } from '../../support/a-folder';
import { aUser } from '../../support/an-app';

const id = (digit: number): TenantId => `${String(digit).repeat(8)}-0000-4000-8000-000000000000` as TenantId;
const [provider, customer, stranger] = [id(1), id(2), id(3)];
const analyst = aUser({ tenantId: provider, objectId: 'oid-1' });

let now: number;
let database: OpenDatabase;
let store: TenantStore;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  database = await openDatabase({ kind: 'sqlite', file: join(aFolder(), 'quarry.db') });
  store = createTenantStore({ db: database.db, clock: () => now });
});

afterEach(() => database.close());

const connectAll = async (): Promise<void> => {
  await store.connect({ tenantId: provider, name: 'provider.example', by: 'x' });
  await store.connect({ tenantId: customer, name: 'customer.example', by: 'x' });
  await store.connect({ tenantId: stranger, name: 'a-stranger.example', by: 'x' });
};

describe('connected organizations', () => {
  it('show a person their own and those where they acted, their own first, and no others', async () => {
    await connectAll();
    await store.recordSuccess(customer, analyst);
    expect((await store.listFor(analyst)).map(({ tenantId }) => tenantId)).toEqual([provider, customer]);
    const namesake = { tenantId: customer, objectId: analyst.objectId };
    expect((await store.listFor(namesake)).map(({ tenantId }) => tenantId)).toEqual([customer]);
    expect(await store.listFor({ tenantId: id(9), objectId: 'nobody' })).toEqual([]);
  });

  it('keep the first connection when it is made again, and forget an old failure', async () => {
    await connectAll();
    await store.recordFailure(customer, 'entra-65001');
    expect((await store.find(customer))?.lastFailure).toEqual({ at: now, code: 'entra-65001' });
    now += 1_000;
    await store.connect({ tenantId: customer, name: 'renamed.example', by: 'y' });
    expect(await store.find(customer)).toMatchObject({ name: 'customer.example', connectedAt: now - 1_000, lastFailure: null });
  });
});

describe('admitting a tenant', () => {
  const arrival = { tenantId: customer, objectId: 'o', username: 'ana@Customer.example', guest: false, consented: true, connecting: false };

  it('connects it when its consent is proven, and only then', async () => {
    const service = createTenantService({ store, allowed: null, clock: () => now });
    expect(await service.admit({ ...arrival, consented: false })).toEqual({ name: 'customer.example' });
    expect(await store.find(customer)).toBeUndefined();
    await service.admit(arrival);
    expect(await store.find(customer)).toMatchObject({ name: 'customer.example' });
  });

  it('does not name it after a guest’s own organization', async () => {
    const service = createTenantService({ store, allowed: null, clock: () => now });
    expect(await service.admit({ ...arrival, guest: true })).toEqual({ name: customer });
  });

  it('refuses one that is not served, and one whose consent is still on its way', async () => {
    await expect(createTenantService({ store, allowed: [provider] }).admit(arrival)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'tenant-not-served',
    });
    const connecting = createTenantService({ store, allowed: null }).admit({ ...arrival, consented: false, connecting: true });
    await expect(connecting).rejects.toMatchObject({ code: 'consent-on-its-way' });
    expect(await store.find(customer)).toBeUndefined();
  });
});

describe('finding out where a person is a guest', () => {
  const asked: string[] = [];
  const reachOf = (answer: (tenantId: string) => Promise<unknown>) => {
    asked.length = 0;
    const acquire = (_user: SignedInUser, tenantId: TenantId) => {
      asked.push(tenantId);
      return answer(tenantId);
    };
    return createReach({ store, acquire, clock: () => now });
  };
  const no = () => Promise.reject(new AppError({ kind: 'forbidden', code: 'entra-50020', publicMessage: '' }));

  it('asks each connected organization once, and shows those that said yes', async () => {
    await connectAll();
    const reach = reachOf((tenantId) => (tenantId === customer ? Promise.resolve() : no()));
    await Promise.all([reach.explore(analyst), reach.explore(analyst)]);
    await reach.explore(analyst);
    expect([...asked].sort()).toEqual([customer, stranger]);
    expect((await store.listFor(analyst)).map(({ tenantId }) => tenantId)).toEqual([provider, customer]);
  });

  it('asks again after a day where the answer was no, and never where it was yes', async () => {
    await connectAll();
    const reach = reachOf((tenantId) => (tenantId === customer ? Promise.resolve() : no()));
    await reach.explore(analyst);
    now += 25 * 60 * 60 * 1000;
    await reach.explore(analyst);
    expect(asked.filter((tenantId) => tenantId === stranger)).toHaveLength(2);
    expect(asked.filter((tenantId) => tenantId === customer)).toHaveLength(1);
  });

  it('takes trouble of the service for no answer at all', async () => {
    await connectAll();
    const away = reachOf(() => Promise.reject(new AppError({ kind: 'upstream', code: 'identity-unreachable', publicMessage: '' })));
    await away.explore(analyst);
    const back = reachOf(() => Promise.resolve());
    await back.explore(analyst);
    expect([...asked].sort()).toEqual([customer, stranger]);
  });

  it('looks again as soon as another organization is connected', async () => {
    const reach = reachOf(() => Promise.resolve());
    await reach.explore(analyst);
    expect(asked).toEqual([]);
    await store.connect({ tenantId: customer, name: 'customer.example', by: 'x' });
    await reach.explore(analyst);
    expect(asked).toEqual([customer]);
  });

  it('keeps no page waiting for an organization that does not answer', async () => {
    await connectAll();
    const reach = reachOf(() => new Promise(() => undefined));
    await reach.explore(analyst);
    expect(asked).toHaveLength(1);
  });
});
