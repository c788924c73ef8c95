import type { Schema } from '../../kql/schema';
import type { Relation } from '../../engine/requests';

/** Tables to ask KQL of: what they are called and made of, and where their rows lie. */
export interface Dataset {
  readonly schema: Schema;
  /** The rows of a table as a relation in store form; an empty one when the table has no rows, undefined when there is no such table. */
  relation(table: string): Relation | undefined;
}

/** What a folder of tables cannot be: `code` is stable, the message names the file. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  constructor(
    readonly code: 'no-folder' | 'no-tables' | 'bad-schema' | 'bad-file',
    message: string,
  ) {
    super(message);
  }
}

/** A dataset out of relations by table name; tables without one are empty. */
export function datasetOf(
  schema: Schema,
  relations: ReadonlyMap<string, Relation>,
  empty: (table: string) => Relation | undefined,
): Dataset {
  return Object.freeze({ schema, relation: (table: string) => relations.get(table) ?? empty(table) });
}
