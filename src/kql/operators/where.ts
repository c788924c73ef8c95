import { condition } from '../translate/scalar';
import { exact, type OperatorRow } from './operator-row';
import { hosting, windowSteps } from './windows';

/** T | where predicate: keeps the rows for which it is true; null counts as false (R-6). */
export const where: OperatorRow = {
  name: 'where',
  rule: 'R-6',
  support: exact,
  emit: (node, { translation, input, scope }) => {
    const { columns, ordered, partition, parsed } = input;
    const windows = hosting(scope);
    const test = condition(node.need('Condition'), windows.scope);
    const { from, tail } = windowSteps(windows.host, input, translation);
    const list = [...columns.map((column) => column.sql), ...(partition === undefined ? [] : [partition])];
    const kept = windows.host.helpers.length > 0 ? list.join(', ') : '*';
    return translation.step(`SELECT ${kept} FROM ${from} WHERE ${test}${tail ? ` ${tail}` : ''}`, columns, { ordered, partition, parsed });
  },
};
