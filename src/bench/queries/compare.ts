import type { Engine } from '../../engine/engine';
import type { RowsRequest } from '../../engine/requests';
import type { Dataset } from '../../kusto/dataset/dataset';
import type { Kusto, Prepared, Refused } from '../../kusto/kusto';
import { wireSelect } from '../../kusto/store-select';
import { median } from '../numbers';
import type { Hunt } from './hunts.data';

export interface Compared {
  readonly name: string;
  /** Milliseconds, medians of runs in turns in one process. */
  readonly kql: number;
  readonly sql: number;
  /** The median of the ratios of neighbouring runs: what disturbs the machine disturbs both of a pair. */
  readonly ratio: number;
  readonly rows: number;
  /** Whether both gave the same rows. */
  readonly same: boolean;
}

export interface Bench {
  readonly engine: Engine;
  readonly kusto: Kusto;
  readonly dataset: Dataset;
  readonly now: Date;
  readonly runs: number;
}

/** Our SQL and the hand-written SQL of one hunt as requests over the same files, with the same output. */
async function requestsOf(
  hunt: Hunt,
  { kusto, dataset, now }: Bench,
): Promise<{ readonly ours: RowsRequest; readonly theirs: RowsRequest }> {
  const prepared = await kusto.explain(hunt.kql, { dataset, now });
  const ours = requestOf(prepared, dataset);
  const columns = prepared.ok ? prepared.columns : [];
  const byHand = wireSelect({ sql: hunt.sql, columns, physical: columns.map(({ name }) => name) });
  return { ours, theirs: { relations: ours.relations, sql: byHand } };
}

/** A translated query as a request; a query that is refused is a fault of this bench. */
export function requestOf(prepared: Prepared | Refused, dataset: Dataset): RowsRequest {
  if (!prepared.ok) throw new Error(prepared.diagnostics.map(({ message }) => message).join('; '));
  const relations = prepared.tables.flatMap((table) => dataset.relation(table) ?? []);
  return { relations, sql: wireSelect(prepared), parameters: prepared.parameters };
}

/** A hunt by KQL and by hand-written SQL: checked to agree, then timed in turns, each first as often as the other. */
export async function compare(hunt: Hunt, bench: Bench): Promise<Compared> {
  const { ours, theirs } = await requestsOf(hunt, bench);
  const found = await rowsOf(bench.engine, ours);
  const same = sameRows(found, await rowsOf(bench.engine, theirs));
  const times = { kql: [] as number[], sql: [] as number[] };
  const run = async (side: 'kql' | 'sql'): Promise<void> => {
    const started = performance.now();
    await rowsOf(bench.engine, side === 'kql' ? ours : theirs);
    times[side].push(performance.now() - started);
  };
  for (let turn = 0; turn < bench.runs; turn += 1)
    for (const side of turn % 2 === 0 ? (['kql', 'sql'] as const) : (['sql', 'kql'] as const)) await run(side);
  const ratios = times.kql.map((milliseconds, turn) => milliseconds / (times.sql[turn] ?? Number.NaN));
  return { name: hunt.name, kql: median(times.kql), sql: median(times.sql), ratio: median(ratios), rows: found.length, same };
}

async function rowsOf(engine: Engine, request: RowsRequest): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of engine.rows(request)) found.push(...batch);
  return found;
}

const sameRows = (first: readonly string[], second: readonly string[]): boolean =>
  [...first].sort().join('\n') === [...second].sort().join('\n');
