import { identifier } from '../../engine/sql/quote';
import type { Dataset } from '../../kusto/dataset/dataset';
import { timeColumn } from '../telemetry/time-column';
import type { Timespan } from './timespan';

const epochTicks = 621_355_968_000_000_000n;
const ticks = (milliseconds: number): bigint => epochTicks + BigInt(Math.round(milliseconds)) * 10_000n;

/** The same tables with the rows of a stretch of time alone; a table without a time column keeps all of its rows. */
export const withinTimespan = (dataset: Dataset, { from, until }: Timespan): Dataset => {
  const columns = new Map(dataset.schema.tables.map((table) => [table.name, timeColumn(table)]));
  const filterOf = (table: string): string | undefined => {
    const column = columns.get(table);
    if (!column || (from === undefined && until === undefined)) return undefined;
    const name = identifier(column.name);
    return [
      ...(from === undefined ? [] : [`${name} >= ${ticks(from)}`]),
      ...(until === undefined ? [] : [`${name} < ${ticks(until)}`]),
    ].join(' AND ');
  };
  return Object.freeze({
    schema: dataset.schema,
    relation: (table: string) => {
      const relation = dataset.relation(table);
      const filter = filterOf(table);
      return relation && filter !== undefined && relation.files.length > 0 ? { ...relation, filter } : relation;
    },
  });
};
