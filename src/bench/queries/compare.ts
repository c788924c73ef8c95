import { createEngine } from '../../engine/engine';
import type { RowsRequest } from '../../engine/requests';
import type { Dataset } from '../../kusto/dataset/dataset';
import { createKusto } from '../../kusto/kusto';
import { createLanguage } from '../../kusto/language/language';
import { runtimeModule } from '../../kusto/runtime-module';
import { wireSelect } from '../../kusto/store-select';
import { geometricMean, median } from '../numbers';
import { hunts, type Hunt } from './hunts.data';
import { makeTelemetry } from './make-telemetry';
import { until } from './telemetry.data';

export interface Compared {
  readonly name: string;
  /** Milliseconds, medians of alternating runs in one process lane. */
  readonly kql: number;
  readonly sql: number;
  readonly ratio: number;
  readonly rows: number;
  /** Whether both gave the same rows; where `top` breaks ties freely, they may not. */
  readonly same: boolean;
}

export interface QueryBench {
  readonly rows: number;
  readonly queries: readonly Compared[];
  readonly geometricMean: number;
  readonly translationMs: number;
}

const now = new Date(Number((until - 621_355_968_000_000_000n) / 10_000n));

/** The twelve hunts by KQL and by hand-written SQL over the same files: same engine, same output, runs alternating. */
export async function benchQueries(folder: string, options: { readonly rows: number; readonly runs: number }): Promise<QueryBench> {
  const engine = createEngine({
    readable: [],
    writable: [folder],
    preludeModule: runtimeModule,
    memoryMb: 4096,
    timeoutMs: 600_000,
    lanes: { query: 1 },
  });
  const language = createLanguage();
  try {
    await language.ready();
    const dataset = await makeTelemetry(engine, folder, options.rows);
    const bench = { engine, kusto: createKusto({ engine, language }), dataset, runs: options.runs };
    const queries: Compared[] = [];
    for (const hunt of hunts) queries.push(await compare(hunt, bench));
    return {
      rows: options.rows,
      queries,
      geometricMean: geometricMean(queries.map(({ ratio }) => ratio)),
      translationMs: await translation(bench),
    };
  } finally {
    await Promise.all([engine.stop(), language.stop()]);
  }
}

interface Bench {
  readonly engine: ReturnType<typeof createEngine>;
  readonly kusto: ReturnType<typeof createKusto>;
  readonly dataset: Dataset;
  readonly runs: number;
}

async function compare(hunt: Hunt, bench: Bench): Promise<Compared> {
  const prepared = await bench.kusto.explain(hunt.kql, { dataset: bench.dataset, now });
  if (!prepared.ok) throw new Error(`${hunt.name}: ${prepared.diagnostics.map(({ message }) => message).join('; ')}`);
  const relations = prepared.tables.flatMap((table) => bench.dataset.relation(table) ?? []);
  const byHand = wireSelect({ sql: hunt.sql, columns: prepared.columns, physical: prepared.columns.map(({ name }) => name) });
  const ours = { relations, sql: wireSelect(prepared), parameters: prepared.parameters };
  const theirs = { relations, sql: byHand };
  const same = sameRows(await rowsOf(bench, ours), await rowsOf(bench, theirs));
  const times = { kql: [] as number[], sql: [] as number[] };
  let rows = 0;
  for (let run = 0; run < bench.runs; run += 1) {
    times.kql.push(await timed(async () => void (rows = (await rowsOf(bench, ours)).length)));
    times.sql.push(await timed(() => rowsOf(bench, theirs)));
  }
  const [kql, sql] = [median(times.kql), median(times.sql)];
  return { name: hunt.name, kql, sql, ratio: kql / sql, rows, same };
}

async function rowsOf(bench: Bench, request: RowsRequest): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of bench.engine.rows(request)) found.push(...batch);
  return found;
}

const sameRows = (first: readonly string[], second: readonly string[]): boolean =>
  [...first].sort().join('\n') === [...second].sort().join('\n');

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** The median of what analysis and translation take over the twelve, once warm. */
const translation = async (bench: Bench): Promise<number> => {
  const times: number[] = [];
  for (const hunt of hunts) times.push(await timed(() => bench.kusto.explain(hunt.kql, { dataset: bench.dataset, now })));
  return median(times);
};
