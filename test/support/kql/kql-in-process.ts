import {
  DuckDBInstance,
  DuckDBScalarFunction,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import { translate, type Column, type Diagnostic, type Schema } from '../../../src/kql/index';
import { prelude } from '../../../src/kql/runtime/index';
import { wireSelect } from '../../../src/kusto/store-select';

/** What a query answers here: rows in wire form, or the diagnostics that refuse it. */
export type Answer =
  | { readonly columns: readonly Column[]; readonly rows: readonly (readonly unknown[])[]; readonly sql: string; readonly ordered: boolean }
  | { readonly diagnostics: readonly Diagnostic[] };

export const noTables: Schema = { id: 'no-tables', tables: [] };

/** 2026-01-01T00:00:00Z */
export const defaultNow = 639028224000000000n;

const types: Readonly<Record<string, DuckDBType>> = { VARCHAR, BIGINT, DOUBLE, BOOLEAN };

function register(connection: DuckDBConnection): void {
  for (const definition of prelude.functions) {
    const call = definition.call as (...args: unknown[]) => unknown;
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name: definition.name,
        parameterTypes: definition.parameters.map((name) => types[name] ?? VARCHAR),
        returnType: types[definition.returns] ?? VARCHAR,
        specialHandling: true,
        mainFunction(_info, input, output) {
          const columns = Array.from({ length: input.columnCount }, (_, index) => input.getColumnVector(index));
          for (let row = 0; row < input.rowCount; row += 1)
            output.setItem(row, (call(...columns.map((column) => column.getItem(row))) ?? null) as never);
          output.flush();
        },
      }),
    );
  }
}

/** A DuckDB connection with the runtime's macros and functions, in this process: for unit tests of the translator. */
export async function createKqlInProcess(): Promise<{
  readonly connection: DuckDBConnection;
  answer(query: string, options?: { schema?: Schema; nowTicks?: bigint }): Promise<Answer>;
  close(): void;
}> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone='UTC'");
  register(connection);
  for (const statement of prelude.statements) await connection.run(statement);
  const texts = async (sql: string): Promise<string[]> => {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRows().map((row) => (row[0] === null || row[0] === undefined ? '' : String(row[0])));
  };
  return {
    connection,
    async answer(query, { schema = noTables, nowTicks = defaultNow } = {}) {
      const answers = new Map<string, unknown>();
      for (;;) {
        const translation = translate(query, { schema, nowTicks, answers });
        if (translation.state === 'refused') return { diagnostics: translation.diagnostics };
        if (translation.state === 'ready') {
          const rows = await texts(wireSelect(translation));
          return {
            columns: translation.columns,
            rows: rows.map((row) => JSON.parse(row) as unknown[]),
            sql: translation.sql,
            ordered: translation.ordered,
          };
        }
        for (const question of translation.questions) answers.set(question.id, await texts(question.sql));
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
