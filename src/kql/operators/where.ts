import { condition } from '../translate/scalar';
import { exact, type OperatorRow } from './operator-row';
import { hosting, windowSteps } from './windows';

/** T | where predicate: keeps the rows for which it is true; null counts as false (R-6). */
export const where: OperatorRow = {
  name: 'where',
  rule: 'R-6',
  support: exact,
  emit: (node, { translation, input, scope }) => {
    const windows = hosting(scope);
    const test = condition(node.need('Condition'), windows.scope);
    const { from, tail } = windowSteps(windows.host, input, translation);
    const list = windows.host.helpers.length > 0 ? input.columns.map((column) => column.sql).join(', ') : '*';
    return translation.step(`SELECT ${list} FROM ${from} WHERE ${test}${tail ? ` ${tail}` : ''}`, input.columns, {
      ordered: input.ordered,
    });
  },
};
