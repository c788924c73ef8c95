import type { HandlerDeps } from '../handlers';
import type { KeptRelation, ResultExports } from '../ports';
import { runJson } from '../runs/run-json';
import { countingLines, countingRows, type RowCount } from '../records/count-rows-sent';
import type { RunWithSlices } from '../runs/stored-runs';

export interface ExportDeps extends HandlerDeps {
  readonly exports: ResultExports;
}

/** One download: whose rows, and whether spreadsheet formulas are made harmless. */
export interface Export {
  readonly found: RunWithSlices;
  readonly rows: KeptRelation;
  readonly safe: boolean;
  readonly signal: AbortSignal;
  /** Counted as they go out: never fewer than the reader can have got. */
  readonly sent: RowCount;
}

export type Texts = AsyncIterable<string>;

/** The kept rows in wire form, batch after batch. */
export async function* batches(deps: ExportDeps, { rows, found, signal, sent }: Export): AsyncIterable<readonly string[]> {
  if (rows.files.length > 0) yield* countingRows(deps.exports.rows(rows, { signal, owner: found.run.owner.objectId }), sent);
}

/** The engine writes the lines itself; here they only pass through. */
const asNdjson = (deps: ExportDeps, { rows, found, signal, sent }: Export): Texts =>
  countingLines(deps.exports.ndjson(rows, { signal, owner: found.run.owner.objectId }), sent);

const asCsv = (deps: ExportDeps, { rows, found, safe, signal, sent }: Export): Texts =>
  countingLines(deps.exports.csv(rows, { safe, signal, owner: found.run.owner.objectId }), sent);

async function* asJson(deps: ExportDeps, work: Export): Texts {
  const run = runJson(work.found, deps.executor.progressOf(work.found.run.id), deps.clock.now());
  yield `{"run":${JSON.stringify(run)},"columns":${JSON.stringify(work.rows.columns)},"rows":[`;
  let before = '';
  for await (const batch of batches(deps, work)) {
    if (batch.length === 0) continue;
    yield `${before}${batch.join(',\n')}`;
    before = ',\n';
  }
  yield ']}\n';
}

/** The text formats: each streams every kept row. */
export const writers = { csv: asCsv, json: asJson, ndjson: asNdjson };
