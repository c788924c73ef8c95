import type { KqlType } from '../schema';
import { sqlString } from '../translate/literal';
import { physicalColumns } from '../translate/relation';
import { renderingOf } from './rendering';
import { boundColumns, exact, wholeConstant, type OperatorRow } from './operator-row';

const systemTypes: Readonly<Record<KqlType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

/** T | getschema */
export const getSchema: OperatorRow = {
  name: 'getschema',
  rule: 'R-39',
  support: exact,
  emit: (node, { translation, environment, input }) => {
    const columns = physicalColumns(boundColumns(node));
    if (columns.length !== 4)
      return translation.refuse(
        'construct-unsupported',
        { what: 'getschema of this kind is not supported by this engine.' },
        { node, environment },
      );
    const rows = input.columns.map(
      (column, index) =>
        `(${[sqlString(column.name), `${index}::BIGINT`, sqlString(systemTypes[column.type]), sqlString(column.type)].join(', ')})`,
    );
    if (rows.length === 0) return translation.step(`SELECT '' AS a, 0::BIGINT AS b, '' AS c, '' AS d WHERE false`, columns);
    return translation.step(`SELECT * FROM (VALUES ${rows.join(', ')}) AS _t(${columns.map((column) => column.sql).join(', ')})`, columns, {
      ordered: true,
    });
  },
};

/** T | as Name: the rows under a name, for what follows in the pipe. */
export const as: OperatorRow = {
  name: 'as',
  rule: 'R-4',
  support: exact,
  emit: (node, { input }) => ({ ...input, source: node.need('Name').name }),
};

/** T | render chart with (...): kept beside the result, which it does not change. */
export const render: OperatorRow = {
  name: 'render',
  rule: 'R-39',
  support: exact,
  emit: (node, { translation, input }) => {
    translation.render(renderingOf(node));
    return input;
  },
};

/** T | sample-distinct n of e: any n of the distinct values. */
export const sampleDistinct: OperatorRow = {
  name: 'sample-distinct',
  rule: 'R-9',
  support: exact,
  emit: (node, context) => {
    const { translation, input, scope } = context;
    const count = wholeConstant(node.need('Expression'), 'The number of values of sample-distinct', context);
    const value = translation.scalar(node.need('OfExpression'), scope);
    const name = boundColumns(node)[0]?.name ?? 'Column1';
    return translation.select([{ name, type: value.type, expression: value.sql }], input, { distinct: true, tail: `LIMIT ${count}` });
  },
};

/** T | consume, T | assert-schema and hints that change no row. */
export const assertSchema: OperatorRow = { name: 'assert-schema', rule: 'R-39', support: exact, emit: (_node, { input }) => input };
