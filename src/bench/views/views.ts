import { readFileSync } from 'node:fs';
import { createEngine, type Engine } from '../../engine/engine';
import { createResultsRoom } from '../../features/hunting/results/results-room';
import { plainView, type ViewState } from '../../features/hunting/results/view-state';
import { createResultViews } from '../../kusto/results/result-views';
import { rememberAnswers } from '../../remembered-views';
import { median } from '../numbers';
import { columns, keptResult } from './kept-result';

/** Milliseconds; `processor` is what both sides worked for one look, which a busy machine does not stretch. */
export interface ViewBench {
  readonly view: string;
  readonly first: number;
  readonly median: number;
  readonly worst: number;
  readonly processor: number;
}

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

const at = (name: string): number => columns.findIndex((column) => column.name === name);
const by = (...names: readonly string[]): ViewState['sort'] => names.map((name, index) => ({ column: at(name), descending: index % 2 === 0 }));
const where = (name: string, test: ViewState['filters'][number]['test'], value: string): ViewState['filters'][number] => ({
  column: at(name),
  test,
  value,
});

/** Views as readers choose them; `far` is the last page of the whole result, `middle` the one half-way. */
const looks = (pages: number): readonly (readonly [string, Partial<ViewState>])[] => [
  ['the first page', {}],
  ['the last page', { page: pages }],
  ['sorted by time', { sort: by('Timestamp') }],
  ['sorted by three columns', { sort: by('DeviceName', 'FileName', 'Timestamp') }],
  ['sorted by time, half-way', { sort: by('Timestamp'), page: Math.ceil(pages / 2) }],
  ['sorted by a text, half-way', { sort: by('ProcessCommandLine'), page: Math.ceil(pages / 2) }],
  ['sorted by three, half-way', { sort: by('DeviceName', 'FileName', 'Timestamp'), page: Math.ceil(pages / 2) }],
  ['sorted by three, the last page', { sort: by('DeviceName', 'FileName', 'Timestamp'), page: pages }],
  ['one value', { filters: [where('DeviceName', 'is', 'host-7.contoso.example')] }],
  ['a text contains', { filters: [where('ProcessCommandLine', 'has', 'task42.ps1')] }],
  ['a range, sorted', { filters: [where('FileSize', 'from', '80000000')], sort: by('FileSize', 'DeviceName') }],
  ['filled and not a value', { filters: [where('FileSize', 'filled', ''), where('FileName', 'not', 'cmd.exe')] }],
  ['search: in every row', { search: 'contoso' }],
  ['search: in few rows', { search: 'user217 task13.ps1' }],
  ['search: nowhere', { search: 'mimikatz' }],
  ['search, sorted', { search: 'host-99', sort: by('Timestamp') }],
  ['facet of few values', { facet: at('ActionType') }],
  ['facet of 40,000 values', { facet: at('SHA1') }],
  ['facet of a different value each', { facet: at('ProcessCommandLine') }],
  ['facet of numbers', { facet: at('LogonId') }],
  ['facet of a filtered view', { facet: at('AccountName'), filters: [where('FileName', 'is', 'cmd.exe')] }],
  ['without empty and constant columns', { lean: true }],
  ['without those, filtered', { lean: true, filters: [where('FileName', 'is', 'cmd.exe')] }],
  ['a row far down', { page: Math.ceil(pages / 2), row: Math.ceil(pages / 2) * 100 - 50 }],
  ['a chart of the rows', { chart: 'timechart' }],
];

/** How long the server looks at a kept result of `rows` rows, view by view: everything below the words of the page. */
export async function benchViews(folder: string, { rows, runs }: { readonly rows: number; readonly runs: number }): Promise<ViewBench[]> {
  const engine = createEngine({ readable: [], writable: [folder] });
  try {
    const kept = await keptResult(engine, folder, rows);
    const look = async (change: Partial<ViewState>): Promise<number> => {
      // Each look with a memory of its own: what is measured is a view that nobody has looked at before.
      const room = createResultsRoom({ views: createResultViews({ engine, once: rememberAnswers() }) });
      const started = performance.now();
      await room.look({ rows: kept, state: { ...plainView, ...change }, render: undefined, total: rows, owner: 'bench' });
      return performance.now() - started;
    };
    // The processes start with the first question, which a running server has behind it.
    await Promise.all([look({}), look({ search: 'x' }), look({})]);
    const lines: ViewBench[] = [];
    for (const [view, change] of looks(Math.ceil(rows / 100))) {
      const times: number[] = [];
      const before = processorMs(engine);
      for (let run = 0; run < runs; run += 1) times.push(await look(change));
      const processor = (processorMs(engine) - before) / runs;
      lines.push({ view, first: times[0] ?? Number.NaN, median: median(times), worst: Math.max(...times), processor });
    }
    return lines;
  } finally {
    await engine.stop();
  }
}
