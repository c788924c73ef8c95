import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Fields of a raw row: what the wide table cannot derive. Datetimes are ticks of the window; dynamic values are JSON text. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Takes raw rows, one NDJSON file a table. */
export interface Sink {
  /** Writes one row; `keys` are the references (time, device, process, file), `fields` the rest. */
  write(table: string, keys: string, fields?: Fields): void;
  /** What was written: rows and the fields that any of them had, by table. */
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly fields: ReadonlySet<string>; readonly path: string }>;
  close(): void;
}

interface Open {
  readonly descriptor: number;
  readonly path: string;
  readonly fields: Set<string>;
  rows: number;
  text: string;
}
const chunk = 1 << 18;

/** A sink into `folder`, which is made. */
export const createSink = (folder: string): Sink => {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, Open>();
  const open = (table: string): Open => {
    const known = files.get(table);
    if (known) return known;
    const path = join(folder, `${table}.ndjson`);
    const made = { descriptor: openSync(path, 'w'), path, fields: new Set<string>(), rows: 0, text: '' };
    files.set(table, made);
    return made;
  };
  const flush = (file: Open): void => {
    if (file.text !== '') writeSync(file.descriptor, file.text);
    file.text = '';
  };
  return {
    tables: files,
    write: (table, keys, fields) => {
      const file = open(table);
      const rest = fields === undefined ? '{}' : JSON.stringify(fields);
      file.text += rest.length > 2 ? `{${keys},${rest.slice(1)}\n` : `{${keys}}\n`;
      file.rows += 1;
      for (const name in fields) file.fields.add(name);
      if (file.text.length > chunk) flush(file);
    },
    close: () => {
      for (const file of files.values()) {
        flush(file);
        closeSync(file.descriptor);
      }
    },
  };
};
