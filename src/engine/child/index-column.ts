import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { createColumnWriter } from '../../columns/column-writer';
import { partOf, type WireForm } from '../../columns/layout';
import { EngineError } from '../engine-error';
import type { Task } from '../messages';
import { identifier, literal } from '../sql/quote';
import { relationStatement } from '../sql/relation';
import type { Execution } from './execution';
import { columnsOf } from './statement';

type IndexTask = Extract<Task, { kind: 'index' }>;

interface Indexing {
  readonly connection: DuckDBConnection;
  readonly execution: Execution;
  readonly task: IndexTask;
}

/** The files that SQL writes itself; all other parts come through here. */
export const writtenBySql = ({ to, number }: IndexTask): string[] => [partOf(to, number, 'texts'), partOf(to, number, 'wires')];

/** A text a line, as it stands: where each ends is told by its length. */
const plain = `FORMAT csv, HEADER false, DELIMITER '\u0001', QUOTE '', ESCAPE '', NULLSTR '', USE_TMP_FILE false`;

const wordsOf = ({ column: { identity, value, order }, relation }: IndexTask): string => `CREATE TEMP TABLE words AS
  SELECT CAST(row_number() OVER (ORDER BY o NULLS FIRST, id NULLS FIRST) - 1 AS INTEGER) AS code, id, v, n, o
  FROM (SELECT *, ${order} AS o FROM (SELECT *, ${value} AS v FROM (SELECT ${identity} AS id, count(*) AS n FROM ${identifier(relation.name)} GROUP BY id)))`;

/** Calls `chunk` with every chunk of an answer. */
async function eachChunk({ connection, execution }: Indexing, sql: string, chunk: (rows: DuckDBDataChunk) => void): Promise<void> {
  const result = await connection.stream(sql);
  for (let rows = await result.fetchChunk(); rows !== null && rows.rowCount > 0; rows = await result.fetchChunk()) {
    execution.check();
    chunk(rows);
  }
}

const wireForms: readonly WireForm[] = ['text', 'quoted', 'capitals', 'own'];

async function factsOf({ connection, task: { column, counts } }: Indexing) {
  const ties = column.mayTie ? 'count(DISTINCT o) < count(id)' : 'false';
  const answer = await connection.runAndReadAll(`SELECT count(*)::INTEGER, coalesce(bool_or(id IS NULL), false),
    coalesce(bool_or(code = 0 AND (${column.empty})), false), coalesce(bool_or(code = 0 AND t IS NULL), false),
    coalesce(bool_and(w = t) FILTER (WHERE id IS NOT NULL), true), coalesce(bool_and(w = '"' || t || '"') FILTER (WHERE id IS NOT NULL), true),
    coalesce(bool_and(w = '"' || upper(t) || '"' AND strlen(t) = length(t)) FILTER (WHERE id IS NOT NULL), true), ${ties}, coalesce(bool_and(${column.quoted} OR w = CAST(id AS VARCHAR)), true), coalesce(bool_or(id IS NOT NULL AND o IS NULL), false)
    FROM (SELECT *, ${column.text} AS t, ${column.wire} AS w FROM words)`);
  const [distinct, hasNull, blank, textless, isText, isQuoted, isCapitals, hasTies, legible, orderless] = answer.getRows()[0] ?? [];
  if (orderless === true) throw new EngineError('data', 'a value has no place in the order');
  return {
    rows: counts.reduce((sum, count) => sum + count, 0),
    distinct: Number(distinct),
    hasNull: hasNull === true,
    blank: blank === true,
    textless: textless === true,
    wire: wireForms.find((_, at) => [isText, isQuoted, isCapitals, true][at] === true) ?? 'own',
    keys: column.keys,
    ties: hasTies === true,
    quoted: column.quoted,
    legible: legible === true,
  };
}

async function writeTexts(indexing: Indexing, expression: string, part: 'texts' | 'wires'): Promise<void> {
  const { connection, execution, task } = indexing;
  execution.check();
  await connection.run(`COPY (SELECT ${expression} FROM words ORDER BY code) TO ${literal(partOf(task.to, task.number, part))} (${plain})`);
}

/** Makes one column's part of an index: its dictionary in the column's order, and the code of every row. */
export async function indexColumn(indexing: Indexing) {
  const { connection, task } = indexing;
  const { column, relation } = task;
  await connection.run(relationStatement(relation, await columnsOf(connection, relation)));
  await connection.run(wordsOf(task));
  const facts = await factsOf(indexing);
  await writeTexts(indexing, column.text, 'texts');
  if (facts.wire === 'own') await writeTexts(indexing, column.wire, 'wires');
  const writer = createColumnWriter(task.to, task.number, facts);
  const dictionary = `SELECT CAST(n AS INTEGER), CAST(coalesce(strlen(${column.text}), 0) AS INTEGER), ${column.key} FROM words ORDER BY code`;
  await eachChunk(indexing, dictionary, (chunk) => {
    const [n, text, key] = [0, 1, 2].map((at) => chunk.getColumnVector(at));
    for (let at = 0; at < chunk.rowCount; at += 1)
      writer.word({
        rows: n?.getItem(at) as number,
        textBytes: text?.getItem(at) as number,
        key: (key?.getItem(at) ?? null) as number | bigint | null,
      });
  });
  const before = task.counts.map((_, file) => task.counts.slice(0, file).reduce((sum, count) => sum + count, 0));
  const position = identifier(relation.position);
  const codes = `SELECT CAST(position >> 40 AS INTEGER), CAST(position & 1099511627775 AS INTEGER), code
    FROM (SELECT ${position} AS position, ${column.identity} AS id FROM ${identifier(relation.name)}) AS kept JOIN words ON kept.id IS NOT DISTINCT FROM words.id`;
  await eachChunk(indexing, codes, (chunk) => {
    const [file, row, code] = [0, 1, 2].map((at) => chunk.getColumnVector(at));
    for (let at = 0; at < chunk.rowCount; at += 1)
      writer.place((before[file?.getItem(at) as number] ?? Number.NaN) + (row?.getItem(at) as number), code?.getItem(at) as number);
  });
  writer.finish();
  return { rows: facts.rows, bytes: 0, cut: false, misfits: {} };
}
