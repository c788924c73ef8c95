import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/engine-error';
import type { Relation } from '../../engine/requests';
import { wireRow } from '../wire-form';
import { texts, type Asking } from './asking';
import { createBindings } from './bindings';
import { columnName, keptRelation } from './kept-rows';
import type { Bounds, Place } from './places';
import type { KeptRows } from './view';

/** Which columns the texts of rows hold, by position and in this order; all where it does not say. */
export interface Chosen {
  readonly columns?: readonly number[] | undefined;
}

const wireText = ({ columns }: KeptRows, chosen: Chosen['columns']): string => {
  const positions = chosen ?? columns.map((_, position) => position);
  const known = positions.filter((position) => position < columns.length);
  return wireRow(
    known.map((position) => columns[position]!),
    known.map(columnName),
  );
};

/** The files that rows `offset` to `offset + limit` lie in, and where in them; all files where nobody counted their rows. */
const filesOf = (rows: KeptRows, { offset, limit }: Bounds): { readonly rows: KeptRows; readonly offset: number } => {
  if (rows.counts === undefined) return { rows, offset };
  let before = 0;
  let skipped = 0;
  const files: string[] = [];
  for (const [index, file] of rows.files.entries()) {
    const count = rows.counts[index] ?? 0;
    if (before + count <= offset) skipped += count;
    else if (before < offset + limit) files.push(file);
    before += count;
  }
  return { rows: { ...rows, files }, offset: offset - skipped };
};

/** Rows in the order they were kept in. */
export async function readInOrder(
  engine: Pick<Engine, 'rows'>,
  asked: { readonly rows: KeptRows } & Bounds & Chosen,
  asking: Asking,
): Promise<string[]> {
  const limit = Math.trunc(asked.limit);
  const { rows, offset } = filesOf(asked.rows, { offset: Math.max(0, Math.trunc(asked.offset)), limit });
  if (rows.files.length === 0) return [];
  const sql = `SELECT ${wireText(rows, asked.columns)} FROM (SELECT * FROM kept LIMIT ${limit} OFFSET ${offset})`;
  return texts(engine, { rows, sql, bindings: createBindings() }, asking);
}

const lost = (): EngineError => new EngineError('data', 'a row that was found is not where it was found');

/**
 * The rows at `places`, in that order. Each file is read by itself, and of it only the groups that hold them: a page of a
 * sorted view is scattered over the whole result.
 */
export async function readPlaces(
  engine: Pick<Engine, 'rows'>,
  { rows, places, columns }: { readonly rows: KeptRows; readonly places: readonly Place[] } & Chosen,
  asking: Asking,
): Promise<string[]> {
  const byFile = new Map<number, number[]>();
  for (const [file, row] of places) byFile.set(file, [...(byFile.get(file) ?? []), row]);
  const relations = [...byFile].map(([file, numbers]): Relation => ({
    ...keptRelation({ ...rows, files: rows.files.slice(file, file + 1) }),
    name: `kept${file}`,
    filter: `file_row_number IN (${numbers.join(', ')})`,
  }));
  const wire = wireText(rows, columns);
  const parts = [...byFile.keys()].map((file) => `SELECT concat(${file}, ' ', position, ' ', ${wire}) FROM kept${file}`);
  if (parts.length === 0) return [];
  const found = new Map<string, string>();
  for await (const batch of engine.rows({ relations, sql: parts.join(' UNION ALL '), parameters: [], lane: 'page', ...asking }))
    for (const text of batch) {
      const end = text.indexOf(' ', text.indexOf(' ') + 1);
      found.set(text.slice(0, end), text.slice(end + 1));
    }
  return places.map(([file, row]) => {
    const text = found.get(`${file} ${row}`);
    if (text === undefined) throw lost();
    return text;
  });
}
