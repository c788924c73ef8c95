import { condition } from '../../translate/scalar';
import { exact, wholeConstant } from '../operator-row';
import type { PluginRow } from '../evaluate';

/** evaluate rows_near(condition, n [, after]): the rows at most n before, and n or `after` behind, one that meets the condition. */
export const rowsNear: PluginRow = {
  name: 'rows_near',
  rule: 'R-38',
  support: exact,
  emit: (call, node, context) => {
    const { translation, environment, input, scope } = context;
    const [test, before, after] = call.need('ArgumentList').list('Expressions');
    if (!test || !before)
      return translation.refuse('semantic-type', { what: 'rows_near needs a condition and a number of rows.' }, { node, environment });
    const near = wholeConstant(before, 'The number of rows of rows_near', context);
    const behind = after ? wholeConstant(after, 'The number of rows after of rows_near', context) : near;
    const flag = translation.fresh('f');
    const marked = translation.step(
      `SELECT *, bool_or(coalesce(${condition(test, scope)}, false)) OVER (ROWS BETWEEN ${behind} PRECEDING AND ${near} FOLLOWING) AS ${flag} FROM ${input.from}`,
      input.columns,
    );
    return translation.step(
      `SELECT ${input.columns.map((column) => column.sql).join(', ')} FROM ${marked.from} WHERE ${flag}`,
      input.columns,
      { ordered: input.ordered },
    );
  },
};
