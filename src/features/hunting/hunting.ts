import type { Database } from '../../database/database';
import type { HuntingProvider } from '../../defender/hunting/provider';
import type { SignedInUser, TenantId } from '../../http/current-user';
import { createBudget, type Budget } from './budget/budget';
import { defaultRules, mdeRules } from './budget/budget-rules';
import { createCallLedger } from './budget/call-ledger';
import { systemClock, type Clock } from './clock';
import { ownExperience } from './health/own-experience';
import { createShortQuestion } from './health/short-question';
import { createExplainHandler } from './library/explain-handler';
import { createExports } from './exports/exports';
import { createHandlers } from './handlers';
import { createHistory } from './library/history';
import { createHousekeeping } from './kept/housekeeping';
import { createKeptFolder } from './kept/kept-folder';
import { libraryRoutes } from './library/library-routes';
import { createHuntRecords } from './records/hunt-records';
import type { AccessTokens, KeptQuery, Language, RecordHunt, ResultExports, ResultPages, RowLoader, TenantDirectory } from './ports';
import { removeOrphans } from './removal/folders';
import { createTenantRemoval } from './removal/tenant-removal';
import { createRefineService } from './refine/refine-service';
import { createRetention, defaultRetention, type RetentionPolicy } from './kept/retention';
import { huntingRoutes } from './routes';
import { createRunContinuation } from './runs/run-continuation';
import { roomRoutes } from './results/room-routes';
import { createResultsRoom } from './results/results-room';
import { createRunExecutor } from './runs/run-executor';
import { createRunService } from './runs/run-service';
import { createRunStore } from './runs/run-store';
import { createSliceWork } from './slices/slice-work';

export interface HuntingOptions {
  readonly db: Database;
  readonly dataDir: string;
  readonly provider: HuntingProvider;
  readonly tokens: AccessTokens;
  readonly tenants: TenantDirectory;
  readonly language: Language;
  readonly loader: RowLoader;
  readonly pages: ResultPages;
  readonly exports: ResultExports;
  readonly keptQuery: KeptQuery;
  /** True where the lab answers: its schema is exactly ours. */
  readonly knowsAllNames: boolean;
  /** True when no other process shares the database: then whatever is under way at start was interrupted. */
  readonly alone: boolean;
  readonly report: (event: string, error: unknown) => void;
  /** The audit trail. */
  readonly record: RecordHunt;
  readonly clock?: Clock;
  /** The service's row limit; an answer of so many rows is cut. */
  readonly rowLimit?: number;
  readonly leastFreeBytes?: number;
  /** What the disk has left; unset: as the system says. */
  readonly freeBytes?: () => Promise<number>;
  readonly retention?: RetentionPolicy;
}

const healthOf = (
  { db }: HuntingOptions,
  { budget, ask }: { readonly budget: Budget; readonly ask: ReturnType<typeof createShortQuestion> },
) =>
  Object.freeze({
    seen: (user: SignedInUser, tenantId: TenantId) => ownExperience(db, user, tenantId),
    outlook: async (tenantIds: readonly TenantId[]) => {
      await budget.known(tenantIds);
      return tenantIds.map((tenantId) => budget.outlook(tenantId));
    },
    ask,
  });

/** The hunting feature as one piece: its routes, what must happen at start, and how it stops. */
export const createHunting = (options: HuntingOptions) => {
  const clock = options.clock ?? systemClock;
  const { tenants, pages, language, provider } = options;
  const store = createRunStore(options.db);
  const { dataDir, leastFreeBytes = 512 * 1024 * 1024, freeBytes } = options;
  const kept = createKeptFolder({ dataDir, leastFreeBytes, freeBytes });
  const rules = provider.resource === 'mde' ? mdeRules : defaultRules;
  const calls = createCallLedger(options.db, rules);
  const budget = createBudget({ rules, ledger: calls, clock, report: options.report });
  const { tokens, loader, rowLimit = 100_000 } = options;
  const sliceWork = createSliceWork({ provider, tokens, budget, loader, kept, clock, rowLimit });
  const records = createHuntRecords(options.record);
  const executor = createRunExecutor({ store, sliceWork, budget, kept, clock, records, report: options.report });
  const runs = { store, executor, kept, clock, records };
  const service = createRunService({ ...runs, language, tenants, provider: provider.resource, knowsAllNames: options.knowsAllNames });
  const refine = createRefineService({ store, kept, query: options.keptQuery, clock, records });
  const continuation = createRunContinuation(runs, service);
  const room = createResultsRoom({ views: pages });
  const deps = { service, continuation, refine, executor, budget, tenants, pages, room, kept, clock, records };
  const routes = huntingRoutes(createHandlers(deps), {
    exports: createExports({ ...deps, exports: options.exports }),
    room: roomRoutes({ ...deps, store, exports: options.exports }),
  });

  const history = createHistory({ store, clock });
  routes.use(libraryRoutes({ history, explain: createExplainHandler({ ...runs, service }) }));
  const pruneRows = createRetention({ store, kept, clock, policy: options.retention ?? defaultRetention, records });
  const prune = (): Promise<number> =>
    calls
      .prune(clock.now())
      .then(() => removeOrphans(kept.root, options.db))
      .then(pruneRows);
  const housekeeping = createHousekeeping({ store, clock, prune, records, alone: options.alone, report: options.report });
  return Object.freeze({
    routes,
    /** How hunting goes in each organization, for its health board. */
    health: healthOf(options, { budget, ask: createShortQuestion({ provider, tokens, budget, kept, clock }) }),
    /** What is kept of one organization, and how it goes when the organization is disconnected. */
    removal: createTenantRemoval({ db: options.db, store, kept, executor, clock }),
    executor,
    service,
    continuation,
    prune,
    /** Marks what a stopped process left behind, and goes on looking for it. */
    start: housekeeping.start,
    stop: async (): Promise<void> => {
      housekeeping.stop();
      await executor.stop();
    },
  });
};
