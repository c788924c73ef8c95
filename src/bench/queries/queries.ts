import { mkdirSync } from 'node:fs';
import { createEngine, type Engine } from '../../engine/engine';
import type { Dataset } from '../../kusto/dataset/dataset';
import { createKusto } from '../../kusto/kusto';
import { createLanguage, type Language } from '../../kusto/language/language';
import { runtimeModule } from '../../kusto/runtime-module';
import { geometricMean } from '../numbers';
import { cancelOne, type Cancelled } from './cancel';
import { captureHunts } from './capture-hunts.data';
import { compare, requestOf, type Compared } from './compare';
import { hunts, type Hunt } from './hunts.data';
import { makeTelemetry } from './make-telemetry';
import { newestTicks, scaleCaptures } from './scale-captures';
import { endless } from './endless.data';
import { until } from './telemetry.data';
import { translationTime } from './translation';

export interface Side {
  readonly rows: number;
  readonly queries: readonly Compared[];
  readonly geometricMean: number;
}

export interface QueryBench {
  readonly simulated: Side;
  /** Undefined where no folder of captures was named. */
  readonly captured: Side | undefined;
  readonly translationMs: number;
  readonly cancelled: readonly Cancelled[];
}

export interface QueryOptions {
  readonly rows: number;
  readonly runs: number;
  /** A folder of captured telemetry, one Parquet, CSV or NDJSON file a table, to be scaled up. */
  readonly captures?: string | undefined;
  /** Where the files made for each kind lie. */
  readonly folders: { readonly simulated: string; readonly captured: string };
}

const instant = (ticks: bigint): Date => new Date(Number((ticks - 621_355_968_000_000_000n) / 10_000n));

interface Tools {
  readonly engine: Engine;
  readonly language: Language;
  readonly runs: number;
}

async function side({ engine, language, runs }: Tools, dataset: Dataset, asked: { readonly hunts: readonly Hunt[]; readonly now: bigint }) {
  const kusto = createKusto({ engine, language });
  const queries: Compared[] = [];
  for (const hunt of asked.hunts) queries.push(await compare(hunt, { engine, kusto, dataset, now: instant(asked.now), runs }));
  return { queries, geometricMean: geometricMean(queries.map(({ ratio }) => ratio)) };
}

async function cancels({ engine, language }: Tools, dataset: Dataset): Promise<Cancelled[]> {
  const kusto = createKusto({ engine, language });
  const cancelled: Cancelled[] = [];
  for (const { name, kql } of endless) {
    const request = requestOf(await kusto.explain(kql, { dataset, now: instant(until) }), dataset);
    cancelled.push(await cancelOne(engine, { name, request }));
  }
  return cancelled;
}

/** Hunts by KQL and by hand-written SQL over the same files, the time of translation, and how soon a cancelled query is gone. */
export async function benchQueries(options: QueryOptions): Promise<QueryBench> {
  const { rows, captures, folders } = options;
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const engine = createEngine({
    readable: captures === undefined ? [] : [captures],
    writable: Object.values(folders),
    preludeModule: runtimeModule,
    memoryMb: 6144,
    temporaryMb: 32_768,
    timeoutMs: 600_000,
    lanes: { query: 1 },
  });
  const language = createLanguage();
  try {
    await language.ready();
    const tools: Tools = { engine, language, runs: options.runs };
    // First, while nothing else has filled the machine's memory: it is no question of rows.
    const translationMs = await translationTime(language, until);
    const simulated = await side(tools, await makeTelemetry(engine, folders.simulated, rows), { hunts, now: until });
    let captured: Side | undefined;
    if (captures !== undefined) {
      const dataset = await scaleCaptures(engine, captures, { folder: folders.captured, rows });
      const now = (await newestTicks(engine, dataset)) + 1n;
      captured = { rows, ...(await side(tools, dataset, { hunts: captureHunts(now), now })) };
    }
    const cancelled = await cancels(tools, await makeTelemetry(engine, folders.simulated, rows));
    return { simulated: { rows, ...simulated }, captured, translationMs, cancelled };
  } finally {
    await Promise.all([engine.stop(), language.stop()]);
  }
}
