import type { HuntingProvider } from '../../../src/defender/hunting/provider';
import { openDatabase, type Database } from '../../../src/database/database';
import { Abandoned } from '../../../src/features/hunting/budget/gate';
import { createHunting, type HuntingOptions } from '../../../src/features/hunting/hunting';
import type { Clock } from '../../../src/features/hunting/clock';
import type { AccessTokens, HuntEvent, Language, QueryAnalysis } from '../../../src/features/hunting/ports';
import type { SignedInUser, TenantId } from '../../../src/http/current-user';
import { aFolder } from '../../support/a-folder';
import { aUser } from '../../support/an-app';
import { aWorld, type World } from './a-world';
import { fakeEngine } from './fake-engine';

export const tenants = [
  '11111111-1111-4111-8111-111111111111',
  '33333333-3333-4333-8333-333333333333',
  '44444444-4444-4444-8444-444444444444',
].map((id, index) => ({ tenantId: id as TenantId, name: ['Contoso', 'Fabrikam', 'Tailspin'][index]! }));

/** Time that passes only when somebody sleeps. */
export const aClock = (start = Date.parse('2026-01-31T00:00:00Z')) => {
  let now = start;
  const slept: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw new Abandoned();
      slept.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw new Abandoned();
    },
  };
  return { ...clock, slept, pass: (ms: number) => void (now += ms) };
};

const rowWise: QueryAnalysis = { diagnostics: [], tables: ['Events'], rowWise: { timeColumn: 'Timestamp' } };

/** Knows two mistakes and one table. */
const language: Language = {
  analyze: (query) => {
    const column = query.indexOf('|| ') + 1;
    if (column > 0) {
      const span = { start: column - 1, length: 2, line: 1, column };
      return Promise.resolve({
        diagnostics: [{ code: 'syntax', kind: 'syntax', severity: 'error', message: 'Expected: operator', span }],
        tables: [],
      });
    }
    const unknown = { code: 'unknown-table', kind: 'semantic', severity: 'error', message: 'No such table.' } as const;
    if (query.startsWith('Bogus')) return Promise.resolve({ diagnostics: [unknown], tables: [] });
    const take = /\| take (\d+)$/.exec(query)?.[1];
    return Promise.resolve({ ...rowWise, ...(take === undefined ? {} : { userTake: Number(take) }) });
  },
};

/** The token of a tenant is its id, so that the world knows whom a call is for. */
const tokens: AccessTokens = { acquire: ({ tenantId }) => Promise.resolve({ token: tenantId, expiresAt: new Date(0) }) };

export interface Hunt {
  readonly hunting: ReturnType<typeof createHunting>;
  readonly world: World;
  readonly db: Database;
  readonly user: SignedInUser;
  readonly clock: ReturnType<typeof aClock>;
  readonly engine: ReturnType<typeof fakeEngine>;
  readonly dataDir: string;
  readonly reported: unknown[];
  /** What the audit trail was told. */
  readonly recorded: HuntEvent[];
  /** Another process over the same database and folder. */
  readonly again: (provider?: HuntingProvider) => ReturnType<typeof createHunting>;
  readonly close: () => Promise<void>;
}

/** The hunting feature over a world of its own, an in-memory database and an engine that keeps lines. */
export const aHunt = async (overrides: Partial<HuntingOptions> & { readonly cutTo?: number } = {}): Promise<Hunt> => {
  const dataDir = aFolder();
  const { db, close } = await openDatabase({ kind: 'sqlite', file: ':memory:' });
  const rowLimit = overrides.rowLimit ?? 1_000;
  const world = aWorld({ rowLimit, ...(overrides.cutTo === undefined ? {} : { cutTo: overrides.cutTo }) });
  const clock = aClock();
  const engine = fakeEngine();
  const reported: unknown[] = [];
  const recorded: HuntEvent[] = [];
  const options: HuntingOptions = {
    db,
    dataDir,
    provider: world.provider,
    tokens,
    tenants: {
      listFor: () => Promise.resolve(tenants),
      offeredTo: () => Promise.resolve(tenants),
      assertMayHunt: () => Promise.resolve(),
      assertMayRead: () => Promise.resolve(),
    },
    language,
    ...engine,
    knowsAllNames: true,
    alone: true,
    report: (event, error) => void reported.push([event, error]),
    record: async (event) => void recorded.push(event),
    clock,
    rowLimit,
    leastFreeBytes: 0,
    ...overrides,
  };
  const hunting = createHunting(options);
  return {
    hunting,
    world,
    db,
    user: aUser(),
    clock,
    engine,
    dataDir,
    reported,
    recorded,
    again: (provider = options.provider) => createHunting({ ...options, provider }),
    close: async () => {
      await hunting.stop();
      await close();
    },
  };
};

export const eventsBetween = (from: string, count: number, stepMs: number) =>
  Array.from({ length: count }, (_, id) => ({ id, time: new Date(Date.parse(from) + id * stepMs).toISOString().replace('Z', '0000Z') }));
