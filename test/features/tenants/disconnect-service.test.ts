import { join } from 'node:path';
import { openDatabase, type OpenDatabase } from '../../../src/database/database';
import { createDisconnectService, type DisconnectOptions } from '../../../src/features/tenants/disconnect/disconnect-service';
import { createDisconnectionStore } from '../../../src/features/tenants/disconnect/disconnection-store';
import { createTenantStore } from '../../../src/features/tenants/store';
import type { TenantId } from '../../../src/http/current-user';
import { aFolder } from '../../support/a-folder';

const tenantId = '11111111-aaaa-4aaa-8aaa-111111111111' as TenantId;
const folder = aFolder();
let database: OpenDatabase;
let recorded: string[];
let reported: string[];

beforeEach(async () => {
  database = await openDatabase({ kind: 'sqlite', file: join(folder, `${expect.getState().currentTestName?.length}.db`) });
  await createTenantStore({ db: database.db }).connect({ tenantId, name: 'contoso.example', by: 'ana' });
  [recorded, reported] = [[], []];
});
afterEach(() => database.close());

/** So many rows, which go when the test lets them. */
const rows = (count: number) => {
  let [left, open] = [count, (): void => undefined];
  const gate = new Promise<void>((resolve) => (open = resolve));
  return {
    letGo: () => open(),
    count: () => Promise.resolve({ rows: left }),
    remove: () => gate.then(() => void (left = 0)),
  };
};

const serviceOver = (data: DisconnectOptions['data']) =>
  createDisconnectService({
    store: createDisconnectionStore(database),
    find: createTenantStore(database).find,
    data,
    record: ({ action }) => void recorded.push(action),
    report: (event) => void reported.push(event),
  });

const begin = async (service: ReturnType<typeof serviceOver>) => {
  const tenant = await createTenantStore(database).find(tenantId);
  return service.begin(tenantId, { by: 'ana', connectedAt: tenant?.connectedAt ?? 0 });
};

describe('disconnecting an organization of which much is kept', () => {
  it('ends the connection at once, says how far the deletion is, and goes on by itself', async () => {
    const kept = rows(5_000);
    const service = serviceOver([kept]);
    const { receipt, counts, done } = await begin(service);
    expect(await createTenantStore(database).find(tenantId)).toBeUndefined();
    expect([counts, recorded]).toEqual([{ rows: 5_000 }, ['tenant-disconnected']]);
    expect(await service.told(receipt)).toMatchObject({ disconnection: { finishedAt: null }, left: { rows: 5_000 } });
    kept.letGo();
    await done;
    expect(await service.told(receipt)).toMatchObject({ disconnection: { finishedAt: expect.any(Number) }, left: null });
    expect(recorded).toEqual(['tenant-disconnected', 'data-deleted']);
  });

  it('has ended whatever lets people in before anybody is told', async () => {
    const [sessions, kept] = [{ ...rows(1), atOnce: () => Promise.resolve(void recorded.push('sessions ended')) }, rows(1)];
    await begin(serviceOver([sessions, kept]));
    expect(recorded).toEqual(['tenant-disconnected', 'sessions ended']);
  });

  it('is finished by the next start where the process ended meanwhile, under the same address', async () => {
    const stopped = serviceOver([rows(7)]);
    const { receipt } = await begin(stopped);
    const kept = rows(7);
    kept.letGo();
    const next = serviceOver([kept]);
    await next.start();
    await next.stop();
    expect(await next.told(receipt)).toMatchObject({ disconnection: { finishedAt: expect.any(Number) }, left: null });
    expect(recorded).toEqual(['tenant-disconnected', 'data-deleted']);
  });

  it('says so where something cannot be deleted, and stays under way', async () => {
    const kept = rows(3);
    const service = serviceOver([{ ...kept, remove: () => Promise.reject(new Error('a disk that is gone')) }]);
    const { receipt, done } = await begin(service);
    await expect(done).rejects.toThrow('a disk that is gone');
    expect(reported).toEqual(['disconnecting-not-finished']);
    expect(await service.told(receipt)).toMatchObject({ disconnection: { finishedAt: null }, left: { rows: 3 } });
  });

  it('tells nobody of it by another receipt', async () => {
    const kept = rows(1);
    kept.letGo();
    const service = serviceOver([kept]);
    await (
      await begin(service)
    ).done;
    for (const receipt of ['', 'null', 'x'.repeat(32)]) expect(await service.told(receipt)).toBeUndefined();
  });
});
