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

/** The words in the column's order: a row's place in the table, its `rowid`, is the code. */
const wordsOf = ({ column: { identity, value, order }, relation }: IndexTask): string => `CREATE TEMP TABLE words AS
  SELECT id, n FROM (SELECT *, ${order} AS o FROM (SELECT *, ${value} AS v FROM (SELECT ${identity} AS id, count(*) AS n FROM ${identifier(relation.name)} GROUP BY id)))
  ORDER BY o NULLS FIRST, id NULLS FIRST`;

/** Each word with its value. A table is read in the order that it was filled in, as long as nothing else is asked for. */
const valued = ({ column: { value } }: IndexTask): string => `(SELECT rowid AS code, id, n, ${value} AS v FROM words)`;

/** Calls `chunk` with every chunk of an answer. */
async function eachChunk({ connection, execution }: Indexing, sql: string, chunk: (rows: DuckDBDataChunk) => void): Promise<void> {
  const result = await connection.stream(sql);
  for (let rows = await result.fetchChunk(); rows !== null && rows.rowCount > 0; rows = await result.fetchChunk()) {
    execution.check();
    chunk(rows);
  }
}

const wireForms: readonly WireForm[] = ['text', 'quoted', 'capitals', 'own'];

const orderOf = (task: IndexTask): string => `(SELECT code, id, ${task.column.order} AS o FROM ${valued(task)})`;

/** Codes are ranks: nothing that asks an index looks at the order again. */
async function assertOrder({ connection, task }: Indexing): Promise<void> {
  const answer = await connection.runAndReadAll(`SELECT count(*)::INTEGER, coalesce(bool_or(id IS NOT NULL AND o IS NULL), false)
    FROM (SELECT *, lag(o) OVER () AS before, lag(code) OVER () AS previous FROM ${orderOf(task)})
    WHERE o < before OR code <> previous + 1 OR (id IS NOT NULL AND o IS NULL)`);
  const [disorder, orderless] = answer.getRows()[0] ?? [];
  if (orderless === true) throw new EngineError('data', 'a value has no place in the order');
  if (disorder !== 0) throw new EngineError('data', 'values are not in their order');
}

async function factsOf({ connection, task }: Indexing) {
  const { column, counts } = task;
  const ties = column.mayTie ? `(SELECT count(DISTINCT o) < count(id) FROM ${orderOf(task)})` : 'false';
  const answer = await connection.runAndReadAll(`SELECT count(*)::INTEGER, coalesce(bool_or(id IS NULL), false),
    coalesce(bool_or(code = 0 AND (${column.empty})), false), coalesce(bool_or(code = 0 AND t IS NULL), false),
    coalesce(bool_and(w = t) FILTER (WHERE id IS NOT NULL), true), coalesce(bool_and(w = '"' || t || '"') FILTER (WHERE id IS NOT NULL), true),
    coalesce(bool_and(w = '"' || upper(t) || '"' AND strlen(t) = length(t)) FILTER (WHERE id IS NOT NULL), true), ${ties}, coalesce(bool_and(${column.quoted} OR w = CAST(id AS VARCHAR)), true)
    FROM (SELECT *, ${column.text} AS t, ${column.wire} AS w FROM ${valued(task)})`);
  const [distinct, hasNull, blank, textless, isText, isQuoted, isCapitals, hasTies, legible] = answer.getRows()[0] ?? [];
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
  await connection.run(`COPY (SELECT ${expression} FROM ${valued(task)}) TO ${literal(partOf(task.to, task.number, part))} (${plain})`);
}

/** Makes one column's part of an index: its dictionary in the column's order, and the code of every row. */
export async function indexColumn(indexing: Indexing) {
  const { connection, task } = indexing;
  const { column, relation } = task;
  await connection.run(relationStatement(relation, await columnsOf(connection, relation)));
  await connection.run(wordsOf(task));
  await assertOrder(indexing);
  const facts = await factsOf(indexing);
  await writeTexts(indexing, column.text, 'texts');
  if (facts.wire === 'own') await writeTexts(indexing, column.wire, 'wires');
  const writer = createColumnWriter(task.to, task.number, facts);
  const dictionary = `SELECT CAST(code AS INTEGER), CAST(n AS INTEGER), CAST(coalesce(strlen(${column.text}), 0) AS INTEGER), ${column.key} FROM ${valued(task)}`;
  await eachChunk(indexing, dictionary, (chunk) => {
    const [code, n, text, key] = [0, 1, 2, 3].map((at) => chunk.getColumnVector(at));
    for (let at = 0; at < chunk.rowCount; at += 1)
      writer.word(code?.getItem(at) as number, {
        rows: n?.getItem(at) as number,
        textBytes: text?.getItem(at) as number,
        key: (key?.getItem(at) ?? null) as number | bigint | null,
      });
  });
  const before = task.counts.map((_, file) => task.counts.slice(0, file).reduce((sum, count) => sum + count, 0));
  const position = identifier(relation.position);
  // Streamed right out of the join, it takes four times as long.
  await connection.run(`CREATE TEMP TABLE codes AS SELECT CAST(position >> 40 AS INTEGER) AS file, CAST(position & 1099511627775 AS INTEGER) AS place,
    CAST(words.rowid AS INTEGER) AS code
    FROM (SELECT ${position} AS position, ${column.identity} AS id FROM ${identifier(relation.name)}) AS kept JOIN words ON kept.id IS NOT DISTINCT FROM words.id`);
  await connection.run('DROP TABLE words');
  await eachChunk(indexing, 'SELECT file, place, code FROM codes', (chunk) => {
    const [file, row, code] = [0, 1, 2].map((at) => chunk.getColumnVector(at));
    for (let at = 0; at < chunk.rowCount; at += 1)
      writer.place((before[file?.getItem(at) as number] ?? Number.NaN) + (row?.getItem(at) as number), code?.getItem(at) as number);
  });
  // Ours is the memory now.
  await connection.run('DROP TABLE codes');
  writer.finish();
  return { rows: facts.rows, bytes: 0, cut: false, misfits: {} };
}
