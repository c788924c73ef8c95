import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchLoad } from './load/load';
import { benchQueries } from './queries/compare';
import { benchNeighbours } from './neighbours/neighbours';
import { benchWeb } from './web';
import { benchExports } from './exports/exports';

const usage = `npm run bench -- [queries] [load] [exports] [neighbours] [web] [--rows N] [--runs N] [--folder DIR]

  queries   twelve hunting queries by KQL against hand-written SQL over N rows (default 1,000,000)
  load      100,000 rows x 20 columns from the answer's last byte to the first page, against DuckDB alone on NDJSON
  exports   CSV, NDJSON and Parquet of N rows, with the memory they take
  neighbours  what others feel while four heavy queries run, and how long a cancel takes
  web       signed-in pages against a bare Express app, and the time to start
  Without names: all of them. --folder keeps the telemetry made for queries, so that a second run starts at once.
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
}

const parts: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  async queries({ folder, rows, runs }) {
    const bench = await benchQueries(folder, { rows, runs });
    print(`Queries over ${rows.toLocaleString('en')} rows, milliseconds`, bench.queries);
    console.log(`  geometric mean ${bench.geometricMean.toFixed(2)}; analysis and translation ${bench.translationMs.toFixed(0)} ms`);
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
  async web() {
    const { pages, listeningMs } = await benchWeb();
    print('Signed-in pages, requests a second', pages);
    console.log(`  listening after ${Math.round(listeningMs).toLocaleString('en')} ms`);
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '5' },
      folder: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return void process.stdout.write(usage);
  const rows = Number(values.rows);
  const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'quarry-bench-')) : resolve(values.folder, String(rows));
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, run] of Object.entries(parts))
      if (positionals.length === 0 || positionals.includes(name)) await run({ folder, rows, runs: Number(values.runs) });
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
