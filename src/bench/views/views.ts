import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../engine/engine';
import { createResultsRoom } from '../../features/hunting/results/results-room';
import { plainView, type ViewState } from '../../features/hunting/results/view-state';
import type { KeptRelation } from '../../features/hunting/ports';
import { createAskIndex } from '../../kusto/results/indexed/ask-index';
import { buildIndex } from '../../kusto/results/indexed/index-builder';
import { isWhole, placeOfIndex } from '../../kusto/results/indexed/index-files';
import { createResultIndex, type ResultIndex } from '../../kusto/results/indexed/result-index';
import { createResultViews } from '../../kusto/results/result-views';
import { rememberAnswers } from '../../remembered-views';
import { median } from '../numbers';
import { keptResult } from './kept-result';
import { looks } from './looks';

/** Milliseconds; `processor` is what both sides worked for one look, which a busy machine does not stretch. */
export interface ViewBench {
  readonly view: string;
  readonly first: number;
  readonly median: number;
  readonly worst: number;
  readonly processor: number;
  readonly 'without index'?: number;
  readonly 'its processor'?: number;
}

/** `seconds`: 0 where it lay there already. */
interface IndexBench {
  readonly seconds: number;
  readonly megabytes: number;
  readonly rowsMegabytes: number;
}

/** As a server has it. */
const leastIndexed = 500_000;

const tickMs = 10;

/** Processor time of the engine's processes so far and of this one; NaN where the system does not tell. */
const processorMs = (engine: Engine): number => {
  const { user, system } = process.cpuUsage();
  const children = engine.health().page.map(({ pid }) => {
    try {
      const [, , , , , , , , , , , own = '', kernel = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return (Number(own) + Number(kernel)) * tickMs;
    } catch {
      return Number.NaN;
    }
  });
  return (user + system) / 1000 + children.reduce((sum, each) => sum + each, 0);
};

/** Looks at a kept result, each with a memory of its own: what is measured is a view that nobody has looked at before. */
const looker =
  (engine: Engine, { kept, rows, index }: { kept: KeptRelation; rows: number; index: ResultIndex | undefined }) =>
  async (change: Partial<ViewState>): Promise<number> => {
    const indexed = index && createAskIndex({ engine, index });
    const room = createResultsRoom({ views: createResultViews({ engine, once: rememberAnswers(), indexed }) });
    const started = performance.now();
    await room.look({ rows: kept, state: { ...plainView, ...change }, render: undefined, total: rows, owner: 'bench' });
    return performance.now() - started;
  };

type Look = ReturnType<typeof looker>;

const measure = async (engine: Engine, look: Look, { change, runs }: { change: Partial<ViewState>; runs: number }) => {
  const times: number[] = [];
  const before = processorMs(engine);
  for (let run = 0; run < runs; run += 1) times.push(await look(change));
  return { times, processor: (processorMs(engine) - before) / runs };
};

const folderBytes = (folder: string): number => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** Makes the index of a large result, or finds it; nothing for a result that gets none. */
async function indexOf(engine: Engine, kept: KeptRelation, rows: number): Promise<{ index: ResultIndex; built: IndexBench } | undefined> {
  const index = createResultIndex({ engine, leastFreeBytes: 0 });
  const place = rows < leastIndexed ? undefined : placeOfIndex(kept);
  if (place === undefined) return undefined;
  const started = performance.now();
  if (!isWhole(place)) await buildIndex({ engine, leastFreeBytes: 0 }, { rows: kept, place, signal: new AbortController().signal });
  const seconds = (performance.now() - started) / 1000;
  return { index, built: { seconds, megabytes: folderBytes(place.folder) / 1e6, rowsMegabytes: place.bytes / 1e6 } };
}

/**
 * How long the server looks at a kept result of `rows` rows, view by view: everything below the words of the page. A large result
 * is looked at without its index too, in the same run.
 */
export async function benchViews(folder: string, { rows, runs }: { readonly rows: number; readonly runs: number }) {
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    const kept = await keptResult(engine, folder, rows);
    const found = await indexOf(engine, kept, rows);
    const files = looker(engine, { kept, rows, index: undefined });
    const look = found ? looker(engine, { kept, rows, index: found.index }) : files;
    // The processes start with the first question, which a running server has behind it.
    await Promise.all([look({}), look({ search: 'x' }), look({})]);
    const lines: ViewBench[] = [];
    for (const [view, change] of looks(Math.ceil(rows / 100))) {
      const { times, processor } = await measure(engine, look, { change, runs });
      // A look at the files alone may take longer than the engine allows.
      const without = found && (await measure(engine, files, { change, runs: 1 }).catch(() => undefined));
      const own = { view, first: times[0] ?? Number.NaN, median: median(times), worst: Math.max(...times), processor };
      lines.push(without ? { ...own, 'without index': without.times[0]!, 'its processor': without.processor } : own);
    }
    return { lines, index: found?.built };
  } finally {
    await engine.stop();
  }
}
