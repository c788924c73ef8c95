import type { OpenDatabase } from '../../../src/database/database';

/** Opens one more instance's connection to the same, freshly made database. */
export interface Instances {
  readonly open: () => Promise<OpenDatabase>;
}

/** Two instances over one database, closed after the suite. */
export const twoInstances = (make: () => Promise<Instances>) => {
  const opened: OpenDatabase[] = [];
  beforeAll(async () => {
    const instances = await make();
    opened.push(await instances.open(), await instances.open());
  });
  afterAll(() => Promise.all(opened.map((database) => database.close())));
  return {
    first: () => opened[0]!.db,
    second: () => opened[1]!.db,
  };
};

export const someUser = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  objectId: '22222222-2222-4222-8222-222222222222',
  name: 'Ana Lyst',
  username: 'analyst@contoso.example',
  tenantName: 'Contoso',
  roleFacts: '{}',
};
