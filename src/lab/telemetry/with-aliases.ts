import { huntingAliases, huntingTable } from '../../kql/hunting-schema';
import type { StoreManifest } from '../../kusto/dataset/store-folder';

/** Lets the second name of a table lead to the rows of the first. */
export const withAliases = (tables: StoreManifest['tables']): StoreManifest['tables'] => {
  const aliases = Object.entries(huntingAliases).flatMap(([alias, name]) => {
    const own = Object.hasOwn(tables, name) ? tables[name] : undefined;
    const columns = huntingTable(alias)?.columns;
    return own && columns && !Object.hasOwn(tables, alias) ? [[alias, { ...own, columns: [...columns] }] as const] : [];
  });
  return { ...tables, ...(Object.fromEntries(aliases) as StoreManifest['tables']) };
};
