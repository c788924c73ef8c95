import { join } from 'node:path';
import type { Router } from 'express';
import type { Config } from './config';
import type { Database } from './database/database';
import { createGraphHunting } from './defender/hunting/graph-hunting';
import { createLegacyHunting } from './defender/hunting/legacy-hunting';
import type { HuntingProvider } from './defender/hunting/provider';
import { createUpstream } from './defender/upstream/upstream';
import { createEngine, type Engine } from './engine/engine';
import type { ProcessEnd } from './engine/process-end';
import { batchesInOurWords, inOurWords } from './engine-failures';
import { warmCharts } from './features/hunting/charts/draw-chart';
import { createHunting } from './features/hunting/hunting';
import type { TenantRemoval } from './features/hunting/removal/tenant-removal';
import type {
  AccessTokens,
  KeptQuery,
  Language,
  RecordHunt,
  ResultExports,
  ResultPages,
  RowLoader,
  TenantDirectory,
} from './features/hunting/ports';
import { huntingSchema } from './kql/hunting-schema';
import { createKusto, type Kusto } from './kusto/kusto';
import { createLanguage, LanguageError, type Language as KqlLanguage } from './kusto/language/language';
import { createAskIndex } from './kusto/results/indexed/ask-index';
import { createResultIndex, type ResultIndex } from './kusto/results/indexed/result-index';
import { loadRows, resultsDataset } from './kusto/results/kept-rows';
import { createResultExports } from './kusto/results/result-exports';
import { createResultViews } from './kusto/results/result-views';
import { runtimeModule } from './kusto/runtime-module';
import { rememberAnswers, rememberViews } from './remembered-views';
import type { Facts } from './logging';
import type { Upstreams } from './upstreams';

export interface HuntingParts {
  readonly config: Pick<Config, 'dataDir' | 'database' | 'engine' | 'huntingProvider' | 'serviceRowLimit' | 'keeping' | 'proxy'>;
  readonly upstreams: Pick<Upstreams, 'graph' | 'xdr' | 'mde'>;
  readonly db: Database;
  readonly tokens: AccessTokens;
  readonly tenants: TenantDirectory;
  /** The lab answers: its schema is exactly ours. */
  readonly knowsAllNames: boolean;
  readonly report: (event: string, error: unknown, facts?: Facts) => void;
  /** The audit trail. */
  readonly record: RecordHunt;
}

export interface Hunting {
  readonly routes: Router;
  /** What is kept of one organization, and how it is deleted. */
  readonly removal: TenantRemoval;
  /** How hunting goes in each organization, for its health board. */
  readonly health: ReturnType<typeof createHunting>['health'];
  /** Takes up what a stopped process left, and warms the parts that are slow to start; never rejects. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Hunting may take the service's own 200 seconds; connecting and silence may not. */
const deadlines = { connect: 10_000, headers: 205_000, idle: 30_000, total: 210_000 };

const providerOf = ({ config, upstreams }: HuntingParts, upstream: ReturnType<typeof createUpstream>): HuntingProvider => {
  const resource = config.huntingProvider;
  return resource === 'graph'
    ? createGraphHunting(upstream, upstreams.graph)
    : createLegacyHunting(upstream, { resource, baseUrl: upstreams[resource] });
};

const languageOf = (kql: KqlLanguage): Language => ({
  analyze: (query, schema) => inOurWords(async () => kql.analyze(query, schema === 'hunting' ? huntingSchema : schema)),
});

const loaderOf = (engine: Engine): RowLoader => ({ load: (request) => inOurWords(() => loadRows(engine, request)) });

/** An operator hears why an index was not made. */
const indexOf = (engine: Engine, { config, report }: HuntingParts): ResultIndex =>
  createResultIndex({
    engine,
    leastFreeBytes: config.keeping.leastFreeBytes,
    report: (event, { error, ...facts }) => (event === 'index-not-built' ? report(event, error, facts) : undefined),
  });

const pagesOf = (engine: Engine, index: ResultIndex): ResultPages => {
  const once = rememberAnswers();
  const views = createResultViews({ engine, once, indexed: createAskIndex({ engine, index }) });
  const inWords: ResultPages = {
    page: (view, bounds, asking) => inOurWords(() => views.page(view, bounds, asking)),
    count: (view, near, asking) => inOurWords(() => views.count(view, near, asking)),
    facet: (view, asked, asking) => inOurWords(() => views.facet(view, asked, asking)),
    chart: (view, ask, asking) => inOurWords(() => views.chart(view, ask, asking)),
    constants: (rows, asking) => inOurWords(() => views.constants(rows, asking)),
  };
  return rememberViews(inWords, once);
};

const exportsOf = (engine: Engine): ResultExports => {
  const exporter = createResultExports({ engine });
  return {
    rows: (rows, asking) => batchesInOurWords(() => exporter.rows({ rows }, asking)),
    csv: (rows, { safe, ...asking }) => batchesInOurWords(() => exporter.csv({ rows }, { safe }, asking)),
    ndjson: (rows, asking) => batchesInOurWords(() => exporter.ndjson({ rows }, asking)),
    parquet: (rows, to, asking) => inOurWords(async () => void (await exporter.parquet({ rows }, to, asking))),
  };
};

const keptQueryOf = (kusto: Kusto): KeptQuery => ({
  answer: ({ query, rows, beside, ...question }) =>
    inOurWords(async () => kusto.answerToFile(query, { ...question, dataset: resultsDataset(rows, beside) })),
});

/** An operator hears of processes that broke or had to be stopped; those that are replaced in good order are no news. */
const tellEnds =
  (report: HuntingParts['report']) =>
  (lane: string, { wanted, ...end }: ProcessEnd): void => {
    if (wanted === undefined || wanted === 'memory' || wanted === 'hung')
      report('engine-process-ended', undefined, { lane, reason: wanted ?? 'unexpected', ...end });
  };

/** What the first reader would otherwise wait for. */
const warm = async (kql: KqlLanguage, report: HuntingParts['report']): Promise<void> => {
  await kql.ready().catch((error: unknown) => {
    if (!(error instanceof LanguageError && error.code === 'stopped')) report('language-not-ready', error);
  });
  await warmCharts().catch((error: unknown) => report('charts-not-ready', error));
};

/** Hunting over one of Microsoft's services (or the lab's), with the local engine that keeps and reads its results. */
export const composeHunting = (parts: HuntingParts): Hunting => {
  const { config, db, tokens, tenants, knowsAllNames, report, record } = parts;
  const upstream = createUpstream(deadlines, config.proxy);
  const engine = createEngine({
    preludeModule: runtimeModule,
    readable: [],
    writable: [join(config.dataDir, 'runs')],
    memoryMb: config.engine.memoryMb,
    threads: config.engine.threads,
    onProcessEnd: tellEnds(report),
  });
  const index = indexOf(engine, parts);
  const kql = createLanguage();
  const hunting = createHunting({
    db,
    dataDir: config.dataDir,
    provider: providerOf(parts, upstream),
    tokens,
    tenants,
    language: languageOf(kql),
    loader: loaderOf(engine),
    pages: pagesOf(engine, index),
    exports: exportsOf(engine),
    keptQuery: keptQueryOf(createKusto({ engine, language: kql })),
    knowsAllNames,
    alone: config.database.kind === 'sqlite',
    rowLimit: config.serviceRowLimit,
    retention: config.keeping,
    leastFreeBytes: config.keeping.leastFreeBytes,
    report,
    record,
  });
  return Object.freeze({
    routes: hunting.routes,
    health: hunting.health,
    removal: hunting.removal,
    start: async () => {
      engine.warm();
      await hunting.start().catch((error: unknown) => report('runs-not-recovered', error));
      await warm(kql, report);
    },
    close: async () => {
      await hunting.stop();
      await index.stop();
      await Promise.all([engine.stop(), kql.stop(), upstream.close()]);
    },
  });
};
