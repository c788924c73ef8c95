import type { AggregateRow } from './aggregate-row';
import { listAggregates } from './list-aggregates';
import { countAggregates, numberAggregates } from './number-aggregates';
import { percentileAggregates } from './percentile-aggregates';
import { sketchAggregates } from './sketch-aggregates';

const rows: readonly AggregateRow[] = [
  ...countAggregates,
  ...numberAggregates,
  ...listAggregates,
  ...percentileAggregates,
  ...sketchAggregates,
];

/** Every aggregate the translator knows, refused ones included, by KQL's spelling. */
export const aggregateTable: ReadonlyMap<string, AggregateRow> = new Map(rows.map((row) => [row.name, row]));
