import type { Question } from '../columns/question';

/** A value bound to `$n` in the SQL: bigint is BIGINT (HUGEINT beyond), number DOUBLE, string VARCHAR. */
export type Parameter = string | number | bigint | boolean | null;

/** A named set of rows that a query may read: files of one shape, or an empty table of that shape when there is no file. */
export interface Relation {
  readonly name: string;
  readonly files: readonly string[];
  /** Parquet when absent. */
  readonly format?: FileFormat;
  /** The columns a query sees; of several files each may lack some, which then read as null (or '' for VARCHAR). None at all: whatever the files hold. */
  readonly columns: readonly RelationColumn[];
  /** The name of an extra BIGINT column that numbers the rows in the order of the files and of the rows in them. */
  readonly position?: string;
  /** Every file is known to have every column: then none has to be opened to find out. */
  readonly whole?: boolean;
  /** A condition over the files' columns (and `file_row_number`) that rows must meet, written by our own code. */
  readonly filter?: string;
}

export interface RelationColumn {
  readonly name: string;
  readonly sqlType: string;
  /** The column's name in the files, when it differs. */
  readonly source?: string;
  /** SQL over the files' columns that makes the value, written by our own code; the text columns of CSV and NDJSON need one. */
  readonly expression?: string;
}

/** What bounds one request; absent values are the engine's own. */
export interface Limits {
  /** Engine time in milliseconds; the time a slow reader takes is not counted. */
  readonly timeoutMs?: number;
  readonly memoryMb?: number;
  readonly threads?: number;
}

/** Which children serve a request: `page` is short and must stay quick, `query` is anything an analyst wrote, `file` loads and writes, `export` sends rows at the pace of whoever downloads them, `index` yields to all of them. */
export type Lane = 'page' | 'query' | 'file' | 'export' | 'index';

interface Request {
  readonly relations: readonly Relation[];
  /** Exactly one SELECT statement. */
  readonly sql: string;
  readonly parameters?: readonly Parameter[];
  readonly limits?: Limits;
  readonly lane?: Lane;
  readonly signal?: AbortSignal | undefined;
  /** Requests of one owner never take the whole lane while another owner waits. */
  readonly owner?: string;
}

/** A query whose single VARCHAR column is the text of a row; without line breaks for `rows`, anything for `text`. */
export interface RowsRequest extends Request {
  /** Stop after this many rows and say `cut`. */
  readonly maxRows?: number;
}

/** `fields` of a row separator and header belong to the SQL; `text` only joins rows with `separator`. */
export interface TextRequest extends Request {
  readonly separator?: string;
}

export type FileFormat = 'parquet' | 'csv' | 'ndjson';

export interface WriteRequest extends Request {
  readonly to: string;
  readonly format: FileFormat;
}

/** How one column of files becomes a part of their index (src/columns): SQL written by our own code. */
export interface IndexColumn {
  /** What tells two values apart, over the relation's columns; and the value `v` from that, over `id`. */
  readonly identity: string;
  readonly value: string;
  /** Over `v`: its place in the order, whether it is the empty value, the lower-case text that is looked into, what a page writes. */
  readonly order: string;
  readonly empty: string;
  readonly text: string;
  readonly wire: string;
  /** Over `v`: its number, BIGINT for `whole` and DOUBLE for `real`. */
  readonly key: string;
  readonly keys: 'none' | 'whole' | 'real';
  /** Whether values that differ may be equal in the order. */
  readonly mayTie: boolean;
  /** Whether a page writes its texts in quotes. */
  readonly quoted: boolean;
}

/** One column of an index to be written into the folder `to`. `counts` are the rows of the relation's files. */
export interface IndexRequest {
  readonly relation: Relation & { readonly position: string };
  readonly counts: readonly number[];
  readonly column: IndexColumn;
  readonly number: number;
  readonly to: string;
  readonly limits?: Limits;
  readonly signal?: AbortSignal | undefined;
}

/** One question to an index of so many rows. */
export interface LookRequest {
  readonly folder: string;
  readonly rows: number;
  readonly question: Question;
  readonly signal?: AbortSignal | undefined;
  readonly owner?: string;
}

/** How a JSON value becomes a column: see `sql/load.ts`. */
export type LoadType = 'bool' | 'int' | 'long' | 'real' | 'decimal' | 'string' | 'datetime' | 'timespan' | 'guid' | 'dynamic';

export interface LoadColumn {
  /** The column's name in the file written. */
  readonly name: string;
  readonly type: LoadType;
  /** The property of each line to read; the column's name when absent. */
  readonly property?: string;
}

export interface LoadRequest {
  /** Newline-delimited JSON objects; several files are read in order. */
  readonly from: string | readonly string[];
  readonly columns: readonly LoadColumn[];
  readonly to: string;
  readonly limits?: Limits;
  readonly signal?: AbortSignal | undefined;
  readonly owner?: string;
}

export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

export interface Loaded extends Written {
  /** Cells that did not fit their column's type and were kept as null, by column; empty in the normal case. */
  readonly misfits: Readonly<Record<string, number>>;
}

/** Rows in batches; `outcome` settles when reading has ended and never rejects. */
export interface RowStream extends AsyncIterable<readonly string[]> {
  readonly outcome: Promise<{ readonly rows: number; readonly cut: boolean }>;
}
