import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from './folders';
import { benchLoad } from './load/load';
import { benchQueries, type Side } from './queries/queries';
import { benchNeighbours } from './neighbours/neighbours';
import { benchWeb } from './web';
import { benchExports } from './exports/exports';
import { benchViews } from './views/views';

const usage = `npm run bench -- [queries] [load] [exports] [neighbours] [views] [web] [--rows N] [--runs N] [--folder DIR] [--captures DIR]

  queries   hunting queries by KQL against hand-written SQL, over N simulated rows and over captures scaled up to N rows
            (default 10,000,000); the time to translate fifty lines; how soon a cancelled query is gone
  load      100,000 rows x 20 columns from the answer's last byte to the first page, against DuckDB alone on NDJSON
  exports   CSV, NDJSON and Parquet of N rows, with the memory they take
  neighbours  what others feel while four heavy queries run, and how long a cancel takes
  views     how long the server looks at a kept result, view by view, cold: 100,000 rows, and N rows in files of 100,000
            (default 10,000,000), these with their index and without; more than 700 ms are answered by "still looking" meanwhile
  web       signed-in pages against a bare Express app, and the time to start
  Without names: all of them, over 1,000,000 rows where not said otherwise. What is made is kept among the temporary files, or below
  --folder, so that a second run starts at once. --captures (or BENCH_CAPTURES) names a folder of captured telemetry, one file a table.
`;

const text = (value: unknown): string =>
  typeof value === 'number' ? (Math.abs(value) < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')) : String(value);

/** Objects of one shape as aligned lines. */
function print(title: string, lines: readonly object[]): void {
  const names = Object.keys(lines[0] ?? {});
  const cells = [names, ...lines.map((line) => Object.values(line).map(text))];
  const widths = names.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  console.log(`\n${title}`);
  for (const line of cells)
    console.log(
      `  ${line.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  ')}`,
    );
}

interface Options {
  readonly folder: string;
  readonly rows: number;
  readonly runs: number;
  readonly captures: string | undefined;
}

function printSide(title: string, { rows, queries, geometricMean }: Side): void {
  print(`${title}, ${rows.toLocaleString('en')} rows, milliseconds`, queries);
  const worst = Math.max(...queries.map(({ ratio }) => ratio));
  console.log(`  geometric mean ${geometricMean.toFixed(2)}, worst ${worst.toFixed(2)}`);
}

const parts: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  async queries({ folder, rows, runs, captures }) {
    const folders = { simulated: folder, captured: join(folder, 'captured') };
    const bench = await benchQueries({ rows, runs, captures, folders });
    printSide('Hunts over simulated telemetry', bench.simulated);
    if (bench.captured) {
      printSide('Hunts over captures scaled up', bench.captured);
      console.log('  Copies repeat their texts: dictionaries flatter size and speed, for both sides.');
    } else console.log('\nNo captures were measured: name their folder by --captures or BENCH_CAPTURES.');
    console.log(`\nFifty lines analysed and translated in ${bench.translationMs.toFixed(1)} ms`);
    print('From a cancel to its caller, and to a free process, milliseconds', bench.cancelled);
  },
  async load({ folder, runs }) {
    print('From the last byte of an answer to the first page, milliseconds', [await benchLoad(folder, { rows: 100_000, runs })]);
  },
  async exports({ folder, rows }) {
    print(`Exports of ${rows.toLocaleString('en')} rows`, await benchExports(folder, { rows }));
  },
  async neighbours({ folder, rows }) {
    print('Beside four heavy queries, milliseconds', await benchNeighbours(folder, { rows }));
  },
  async views({ folder, rows, runs }) {
    for (const count of new Set([100_000, rows])) {
      const { lines, index } = await benchViews(folder, { rows: count, runs });
      print(`Views of ${count.toLocaleString('en')} rows, milliseconds; load ${loadavg()[0]?.toFixed(1)}`, lines);
      if (index) print('Its index (0 seconds: it lay there)', [{ '': 'index', ...index }]);
    }
  },
  async web() {
    const { pages, listeningMs } = await benchWeb();
    print('Signed-in pages, requests a second', pages);
    console.log(`  listening after ${Math.round(listeningMs).toLocaleString('en')} ms`);
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      rows: { type: 'string' },
      runs: { type: 'string', default: '5' },
      folder: { type: 'string' },
      captures: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return void process.stdout.write(usage);
  const rowsOf = (name: string): number => Number(values.rows ?? (name === 'queries' || name === 'views' ? 10_000_000 : 1_000_000));
  const wanted = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const folder = dataFolder(
    values.folder,
    Object.keys(parts).map((name) => rowsOf(name)),
  );
  const captures = values.captures ?? process.env['BENCH_CAPTURES'];
  for (const [name, run] of wanted) await run({ folder: folder(rowsOf(name)), rows: rowsOf(name), runs: Number(values.runs), captures });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
