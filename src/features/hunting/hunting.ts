import type { Router } from 'express';
import type { Database } from '../../database/database';
import type { HuntingProvider } from '../../defender/hunting/provider';
import { createBudget, defaultRules, mdeRules } from './budget';
import { systemClock, type Clock } from './clock';
import { createExports } from './exports';
import { createHandlers } from './handlers';
import { createKeptFolder } from './kept-folder';
import type { AccessTokens, KeptQuery, Language, ResultExports, ResultPages, RowLoader, TenantDirectory } from './ports';
import { createRefineService } from './refine-service';
import { huntingRoutes } from './routes';
import { createRunContinuation } from './run-continuation';
import { createRunExecutor } from './run-executor';
import { createRunService } from './run-service';
import { createRunStore } from './run-store';
import { createSliceWork } from './slice-work';

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
  readonly clock?: Clock;
  /** The service's row limit; an answer of so many rows is cut. */
  readonly rowLimit?: number;
  readonly leastFreeBytes?: number;
}

const staleMs = 45_000;
const sweepEveryMs = 30_000;

/** The hunting feature as one piece: its routes, what must happen at start, and how it stops. */
export const createHunting = (options: HuntingOptions) => {
  const clock = options.clock ?? systemClock;
  const { tenants, pages, language, provider } = options;
  const store = createRunStore(options.db);
  const kept = createKeptFolder({ dataDir: options.dataDir, leastFreeBytes: options.leastFreeBytes ?? 512 * 1024 * 1024 });
  const budget = createBudget(provider.resource === 'mde' ? mdeRules : defaultRules, clock);
  const sliceWork = createSliceWork({
    provider,
    tokens: options.tokens,
    budget,
    loader: options.loader,
    kept,
    clock,
    rowLimit: options.rowLimit ?? 100_000,
  });
  const executor = createRunExecutor({ store, sliceWork, budget, kept, clock, report: options.report });
  const service = createRunService({
    store,
    executor,
    kept,
    language,
    tenants,
    clock,
    provider: provider.resource,
    knowsAllNames: options.knowsAllNames,
  });
  const refine = createRefineService({ store, kept, query: options.keptQuery, clock });
  const continuation = createRunContinuation({ store, executor, kept, clock }, service);
  const deps = { service, continuation, refine, executor, budget, tenants, pages, kept, clock };
  const routes: Router = huntingRoutes(createHandlers(deps), createExports({ ...deps, exports: options.exports }));

  const sweep = (ageMs: number): Promise<number> => store.all.interruptStale(clock.now() - ageMs, clock.now());
  let sweeping: NodeJS.Timeout | undefined;
  return Object.freeze({
    routes,
    executor,
    service,
    /** Marks what a stopped process left behind, and goes on looking for it. */
    start: async (): Promise<void> => {
      await sweep(options.alone ? -1 : staleMs);
      sweeping = setInterval(
        () => void sweep(staleMs).catch((error: unknown) => options.report('sweep-failed', error)),
        sweepEveryMs,
      ).unref();
    },
    stop: async (): Promise<void> => {
      clearInterval(sweeping);
      await executor.stop();
    },
  });
};
