import type { Engine } from '../../engine/engine';
import type { FileFormat, Relation } from '../../engine/requests';
import { identifier } from '../../engine/sql/quote';
import { DatasetError } from './dataset';

/** A file that holds one table. */
export interface TableFile {
  readonly name: string;
  readonly path: string;
  readonly format: FileFormat;
}

export interface FileColumn {
  readonly name: string;
  /** DuckDB's name of the type it has, or of the one its text looks like. */
  readonly sqlType: string;
}

type Rows = Pick<Engine, 'rows'>;

const relationOf = (file: TableFile): Relation => ({ name: 'file', files: [file.path], format: file.format, columns: [] });

const ask = async (engine: Rows, file: TableFile, sql: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const batch of engine.rows({ relations: [relationOf(file)], sql, lane: 'page' })) found.push(...batch);
  return found;
};

/** DuckDB finds times in CSV by itself, but in JSON only some spellings of them. */
const timesAmong = async (engine: Rows, file: TableFile, names: readonly string[]): Promise<ReadonlySet<string>> => {
  if (names.length === 0) return new Set();
  const looks = names.map(
    (name) =>
      `coalesce(bool_and(regexp_matches(${identifier(name)}, '^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}') AND TRY_CAST(${identifier(name)} AS TIMESTAMP) IS NOT NULL) FILTER (WHERE ${identifier(name)} IS NOT NULL), false)`,
  );
  const [text = ''] = await ask(engine, file, `SELECT concat_ws(',', ${looks.join(', ')}) FROM (SELECT * FROM file LIMIT 1000)`);
  const found = text.split(',');
  return new Set(names.filter((_, index) => found[index] === 'true'));
};

/** The columns of a table file: names, and types as declared or as its text suggests. Rejects with DatasetError. */
export async function describeFile(engine: Rows, file: TableFile): Promise<FileColumn[]> {
  try {
    const described = await ask(engine, file, 'SELECT CAST(json_array(column_name, column_type) AS VARCHAR) FROM (DESCRIBE file)');
    const columns = described.map((text) => JSON.parse(text) as [string, string]).map(([name, sqlType]) => ({ name, sqlType }));
    if (file.format !== 'ndjson') return columns;
    const texts = columns.filter(({ sqlType }) => sqlType === 'VARCHAR').map(({ name }) => name);
    const times = await timesAmong(engine, file, texts);
    return columns.map((column) => (times.has(column.name) ? { ...column, sqlType: 'TIMESTAMP' } : column));
  } catch (error) {
    throw new DatasetError('bad-file', `${file.path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
