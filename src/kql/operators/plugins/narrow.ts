import { textOf } from '../../functions/coerce';
import { sqlString } from '../../translate/literal';
import { physicalColumns } from '../../translate/relation';
import { boundColumns, exact } from '../operator-row';
import type { PluginRow } from '../evaluate';

/** evaluate narrow(): a row for each cell. */
export const narrow: PluginRow = {
  name: 'narrow',
  rule: 'R-38',
  support: exact,
  emit: (_call, node, { translation, input }) => {
    const columns = physicalColumns(boundColumns(node));
    const row = translation.fresh('n');
    const numbered = translation.step(`SELECT *, row_number() OVER () - 1 AS ${row} FROM ${input.from}`, input.columns);
    const cells = input.columns.map((column) => `{'c': ${sqlString(column.name)}, 'v': ${textOf(column)}}`);
    const names = columns.map((column) => column.sql);
    return translation.step(
      `SELECT ${row} AS ${names[0]}, _c.c AS ${names[1]}, _c.v AS ${names[2]} FROM (SELECT ${row}, unnest([${cells.join(', ')}]) AS _c FROM ${numbered.from})`,
      columns,
    );
  },
};
