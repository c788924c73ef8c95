import type { Column, KqlType } from '../../kql/schema';
import { fit, pad, visible, widthOf } from './text-width';
import { splitRow, cellText } from './wire-row';

const GAP = '  ';
const NARROWEST = 8;
const numeric = new Set<KqlType>(['int', 'long', 'real', 'decimal', 'timespan']);

/** Widths that fill the line: the widest columns give way first, and none goes below what still says something. */
function columnWidths(natural: readonly number[], available: number): readonly number[] | undefined {
  const gaps = GAP.length * (natural.length - 1);
  const smallest = natural.reduce((sum, width) => sum + Math.min(width, NARROWEST), gaps);
  if (smallest > available) return undefined;
  let cap = Math.max(...natural, 1);
  const total = (limit: number): number => natural.reduce((sum, width) => sum + Math.min(width, limit), gaps);
  while (total(cap) > available) cap -= 1;
  const widths = natural.map((width) => Math.min(width, cap));
  let spare = available - total(cap);
  return widths.map((width, index) => {
    const more = Math.min(spare, (natural[index] ?? width) - width);
    spare -= more;
    return width + more;
  });
}

const texts = (columns: readonly Column[], row: string): string[] =>
  splitRow(row).map((cell, index) => visible(cellText(cell, columns[index]?.type ?? 'string')));

/** When the columns do not fit side by side, each row becomes a block of its own. */
const asBlocks = (columns: readonly Column[], rows: readonly string[][], width: number): string[] => {
  const names = columns.map((column) => visible(column.name));
  const widest = Math.max(...names.map(widthOf), 1);
  return rows.flatMap((cells, index) => [
    `-- row ${index + 1} --`,
    ...cells.map((cell, at) => fit(`${pad(names[at] ?? '', widest, false)}  ${cell}`, width)),
  ]);
};

/** Rows in wire form as the lines of a table no wider than `width`. */
export function tableLines(columns: readonly Column[], rows: readonly string[], width: number): string[] {
  if (columns.length === 0) return [];
  const names = columns.map((column) => visible(column.name));
  const cells = rows.map((row) => texts(columns, row));
  const natural = names.map((name, index) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), Math.max(widthOf(name), 1)),
  );
  const widths = columnWidths(natural, width);
  if (widths === undefined) return asBlocks(columns, cells, width);
  const line = (values: readonly string[], right: (index: number) => boolean): string =>
    values
      .map((value, index) => pad(fit(value, widths[index] ?? 1), widths[index] ?? 1, right(index)))
      .join(GAP)
      .trimEnd();
  const toTheRight = (index: number): boolean => numeric.has(columns[index]?.type ?? 'string');
  return [
    line(names, toTheRight),
    line(
      widths.map((each) => '-'.repeat(each)),
      () => false,
    ),
    ...cells.map((row) => line(row, toTheRight)),
  ];
}
