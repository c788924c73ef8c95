import type { Column, KqlType } from '../kql/schema';
import type { Relation, RelationColumn } from '../engine/requests';

/** How a KQL value lies in our Parquet files and in DuckDB: times as 100 ns ticks, decimals as exact text, strings never null. */
export const storeType: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'VARCHAR',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'VARCHAR',
  dynamic: 'JSON',
};

/**
 * The names of `columns` inside a store-form file and in translated SQL: KQL tells `LogonId` from `LogonID` and DuckDB
 * does not, so a later name that differs from an earlier one by case alone gets a suffix. So does a name that DuckDB does not
 * take (none at all) or gives to the place of a row in its file.
 */
export function physicalNames(columns: readonly Column[]): readonly string[] {
  const taken = new Set(['', 'file_index', 'file_row_number']);
  return columns.map(({ name }) => {
    // SQL ends at a NUL.
    const own = name.replaceAll('\0', '\u2400');
    let physical = own;
    for (let turn = 2; taken.has(physical.toLowerCase()); turn += 1) physical = `${own}#${turn}`;
    taken.add(physical.toLowerCase());
    return physical;
  });
}

/** Store-form files as the relation `name`, under the physical names of their columns. */
export function storeRelation(name: string, rows: { readonly files: readonly string[]; readonly columns: readonly Column[] }): Relation {
  const physical = physicalNames(rows.columns);
  return {
    name,
    files: rows.files,
    columns: rows.columns.map((column, index): RelationColumn => ({
      name: physical[index] ?? column.name,
      sqlType: storeType[column.type],
    })),
  };
}
