import type { Engine } from '../../engine/engine';
import type { Loaded, Relation } from '../../engine/requests';
import type { Column, Schema } from '../../kql/schema';
import { datasetOf, type Dataset } from '../dataset/dataset';
import { physicalNames, storeRelation, storeType } from '../store-form';
import type { KeptRows } from './view';

/** The table name under which kept rows are asked by KQL. */
const resultsTable = 'Results';

/** The SQL name of a column inside every view, whatever the result calls it. */
export const columnName = (position: number): string => `c${position}`;

/** Kept rows as the relation `kept` with columns c0, c1, ... and `position`, their order. */
export function keptRelation(rows: KeptRows): Relation {
  const physical = physicalNames(rows.columns);
  return {
    name: 'kept',
    files: rows.files,
    ...(rows.whole === undefined ? {} : { whole: rows.whole }),
    position: 'position',
    columns: rows.columns.map((column, position) => ({
      name: columnName(position),
      source: physical[position] ?? column.name,
      sqlType: storeType[column.type],
    })),
  };
}

/**
 * Turns newline-delimited JSON (arrays in column order, or objects) with values in wire form into one store-form file.
 * `misfits` counts, by column, values that were none of their type and became null. Rejects with EngineError.
 */
export async function loadRows(
  engine: Pick<Engine, 'load'>,
  request: {
    readonly from: string | readonly string[];
    readonly to: string;
    readonly columns: readonly Column[];
    readonly signal?: AbortSignal;
    readonly owner?: string;
  },
): Promise<Loaded> {
  const physical = physicalNames(request.columns);
  const columns = request.columns.map((column, index) => ({
    name: physical[index] ?? column.name,
    property: column.name,
    type: column.type,
  }));
  const loaded = await engine.load({ ...request, columns });
  const misfits = columns.flatMap(({ name, property }): [string, number][] =>
    Object.hasOwn(loaded.misfits, name) ? [[property, loaded.misfits[name] ?? 0]] : [],
  );
  return { ...loaded, misfits: Object.fromEntries(misfits) };
}

/** Kept rows as a dataset, to ask KQL of: the table `Results`, and those of another run beside it where given. */
export function resultsDataset(rows: KeptRows, beside?: { readonly name: string; readonly rows: KeptRows }): Dataset {
  const kept = [{ name: resultsTable, rows }, ...(beside ? [beside] : [])];
  const tables = kept.map(({ name, rows: { columns } }) => ({ name, columns }));
  const schema: Schema = { id: `results:${JSON.stringify(tables)}`, tables };
  return datasetOf(schema, new Map(kept.map((table) => [table.name, storeRelation(table.name, table.rows)])), () => undefined);
}
