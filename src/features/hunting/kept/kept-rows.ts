import type { Column } from '../../../kql/schema';
import type { KeptFolder } from './kept-folder';
import type { KeptRelation } from '../ports';
import type { Slice } from '../runs/run';

/** Columns of several answers as one list: in order of appearance, each once. */
const mergeColumns = (lists: readonly (readonly Column[])[]): readonly Column[] => {
  const merged = new Map<string, Column>();
  for (const column of lists.flat()) if (!merged.has(column.name)) merged.set(column.name, column);
  return [...merged.values()];
};

const sameNames = (own: readonly Column[], all: readonly Column[]): boolean =>
  own.length === all.length && own.every(({ name }, index) => name === all[index]?.name);

/** The kept rows of a run: the files of its answered slices, tenant by tenant and in time order within one. */
export const keptRowsOf = (slices: readonly Slice[], kept: Pick<KeptFolder, 'file'>): KeptRelation => {
  const answered = slices.filter((slice) => slice.state === 'done');
  const filled = answered.filter((slice) => slice.rows > 0);
  const columns = mergeColumns(answered.map((slice) => slice.columns));
  return {
    files: filled.map((slice) => kept.file(slice)),
    columns,
    counts: filled.map((slice) => slice.rows),
    whole: filled.every((slice) => sameNames(slice.columns, columns)),
  };
};
