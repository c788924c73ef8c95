import { copyFile, readFile, writeFile } from 'node:fs/promises';
import type { KeptQuery, KeptRelation, ResultExports, ResultPages, RowLoader } from '../../../src/features/hunting/ports';

const linesOf = async (rows: KeptRelation): Promise<readonly string[]> => {
  const texts = await Promise.all(rows.files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
};

/** Keeps rows as the lines they came in: what hunting needs of the engine, without DuckDB. */
export const fakeEngine = () => {
  const loader: RowLoader = {
    load: async ({ from, to }) => {
      await copyFile(from, to);
      const text = await readFile(to, 'utf8');
      return { rows: text.split('\n').length - 1, bytes: text.length, misfits: {} };
    },
  };
  const pages: ResultPages = {
    page: async (view, { offset, limit }) => {
      const lines = await linesOf(view.rows);
      return { rows: lines.slice(offset, offset + limit), more: lines.length > offset + limit };
    },
    count: async (view) => (await linesOf(view.rows)).length,
    facet: () => Promise.reject(new Error('not faked')),
    chart: async (view) => ({ rows: await linesOf(view.rows), joined: null, cut: false, seriesInAll: null }),
    constants: (rows) => Promise.resolve(rows.columns.map(() => false)),
  };
  const exports: ResultExports = {
    rows: async function* (rows) {
      yield await linesOf(rows);
    },
    csv: async function* (rows) {
      yield `${rows.columns.map((column) => column.name).join(',')}\r\n`;
      for (const line of await linesOf(rows)) yield `${line.slice(1, -1)}\r\n`;
    },
    ndjson: async function* (rows) {
      for (const line of await linesOf(rows)) yield `${line}\n`;
    },
    parquet: (rows, to) => copyFile(rows.files[0]!, to),
  };
  const keptQuery: KeptQuery = {
    answer: async ({ rows, to, query }) => {
      if (query.includes('bad'))
        return { ok: false, diagnostics: [{ code: 'x', kind: 'semantic', severity: 'error', message: 'A bad query.' }] };
      await writeFile(to, `[${(await linesOf(rows)).length}]\n`);
      const notes = [{ code: 'n', kind: 'advice', severity: 'note', message: 'A note on the query.' }] as const;
      const render = { kind: 'columnchart', properties: { title: 'A title' } };
      return {
        ok: true,
        columns: [{ name: 'Count', type: 'long' }],
        rows: 1,
        bytes: 4,
        notes,
        ...(query.includes('render') ? { render } : {}),
      };
    },
  };
  return { loader, pages, exports, keptQuery, linesOf };
};
