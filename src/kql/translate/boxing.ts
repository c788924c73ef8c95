import type { Expression } from './expression';
import { sqlConstant } from './literal';

/**
 * SQL of the dynamic value (JSON) that holds a scalar, as Kusto writes it into arrays and bags: times as text, NaN and infinities as text,
 * null as dynamic null (SQL NULL).
 */
export function boxed(expression: Expression): string {
  const { sql, type } = expression;
  switch (type) {
    case 'dynamic':
      return sql;
    case 'datetime':
      return `to_json(kql_datetime_text(${sql}))`;
    case 'timespan':
      return `to_json(kql_timespan_text(${sql}))`;
    case 'real':
      return expression.constant
        ? `to_json(${sql})`
        : `(CASE WHEN isfinite(${sql}) THEN to_json(${sql}) ELSE to_json(CAST(${sql} AS VARCHAR)) END)`;
    case 'decimal':
      return `to_json(CAST(${sql} AS VARCHAR))`;
    default:
      return `to_json(${sql})`;
  }
}

/** The dynamic null as a SQL constant. */
export const dynamicNull = sqlConstant(null, 'dynamic');
