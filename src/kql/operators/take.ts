import { exact, wholeConstant, type OperatorRow } from './operator-row';

/** T | take n, T | limit n: any n rows; the first n where the rows are sorted. */
export const take: OperatorRow = {
  name: 'take',
  rule: 'R-11',
  support: exact,
  emit: (node, context) => {
    const { translation, input } = context;
    const count = wholeConstant(node.need('Expression'), 'The number of rows of take', context);
    return translation.step(`SELECT * FROM ${input.from} LIMIT ${count < 0n ? 0n : count}`, input.columns, { ordered: input.ordered });
  },
};

/** T | sample n: chance decides; any n rows are a sample. */
export const sample: OperatorRow = {
  ...take,
  name: 'sample',
  support: { state: 'limited', limit: 'the rows are the first ones met, not drawn at random' },
};
