import type { SyntaxNode } from '../bind/syntax-node';
import { scalarTypeNamed } from '../bind/type-names';
import type { Column } from '../schema';
import { converted } from '../translate/conversion';
import { physicalColumns, type Relation } from '../translate/relation';
import { sqlConstant } from '../translate/literal';
import { exact, type OperatorContext, type OperatorRow } from './operator-row';

/** The columns that a row schema such as (a:string, b:long) declares. */
export function declaredColumns(schema: SyntaxNode): Column[] {
  return schema.list('Columns').map((column) => ({ name: column.name, type: scalarTypeNamed(column.need('Type').text) }));
}

function rowsSql(values: readonly string[], width: number): string[] {
  const rows: string[] = [];
  for (let at = 0; at + width <= values.length; at += width) rows.push(`(${values.slice(at, at + width).join(', ')})`);
  return rows;
}

function emit(node: SyntaxNode, { translation, environment }: OperatorContext): Relation {
  const columns = declaredColumns(node.need('Schema'));
  const physical = physicalColumns(columns);
  const names = physical.map((column) => column.sql).join(', ');
  const cells = node
    .list('Values')
    .map(
      (value, index) =>
        converted(translation.scalar(value, { translation, environment }), columns[index % columns.length]?.type ?? 'dynamic').sql,
    );
  const rows = rowsSql(cells, columns.length);
  if (rows.length === 0) {
    const empty = physical.map((column) => `${sqlConstant(null, column.type)} AS ${column.sql}`).join(', ');
    return translation.step(`SELECT ${empty} WHERE false`, physical);
  }
  return translation.step(`SELECT * FROM (VALUES ${rows.join(', ')}) AS _t(${names})`, physical, { ordered: false });
}

/** datatable (name:type, ...) [values]: a value that does not convert to its column's type is null. */
export const datatable: OperatorRow = { name: 'datatable', rule: 'R-32', support: exact, emit };
