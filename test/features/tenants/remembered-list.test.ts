import { rememberList } from '../../../src/features/tenants/remembered-list';
import type { TenantId } from '../../../src/http/current-user';
import { aUser } from '../../support/an-app';

const setUp = () => {
  const state = { now: 0, connections: 0, asked: 0, fails: false };
  const list = rememberList({
    list: async (user) => {
      state.asked += 1;
      if (state.fails) throw new Error('the database is away');
      return [user.objectId, state.asked];
    },
    connections: () => state.connections,
    clock: () => state.now,
  });
  return { state, list };
};

describe('a remembered list of organizations', () => {
  it('is looked up once in five seconds a person', async () => {
    const { state, list } = setUp();
    await list(aUser());
    state.now = 4_999;
    expect(await list(aUser())).toEqual([aUser().objectId, 1]);
    state.now = 5_001;
    expect(await list(aUser())).toEqual([aUser().objectId, 2]);
  });

  it('is never another person’s, nor the same object id’s of another tenant', async () => {
    const { list } = setUp();
    const other = aUser({ tenantId: '33333333-3333-4333-8333-333333333333' as TenantId });
    expect(await list(aUser())).not.toEqual(await list(other));
  });

  it('is looked up again as soon as an organization was connected', async () => {
    const { state, list } = setUp();
    await list(aUser());
    state.connections = 1;
    expect(await list(aUser())).toEqual([aUser().objectId, 2]);
  });

  it('does not remember a failure', async () => {
    const { state, list } = setUp();
    state.fails = true;
    await expect(list(aUser())).rejects.toThrow('the database is away');
    state.fails = false;
    expect(await list(aUser())).toEqual([aUser().objectId, 2]);
  });
});
