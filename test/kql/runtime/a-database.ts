import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  DuckDBScalarFunction,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import { prelude, type RuntimeFunction } from '../../../src/kql/runtime';

const types = { VARCHAR, BIGINT, DOUBLE, BOOLEAN } as const;

function register(connection: DuckDBConnection, runtime: RuntimeFunction): void {
  const scalar = DuckDBScalarFunction.create({
    name: runtime.name,
    parameterTypes: runtime.parameters.map((type) => types[type]),
    returnType: types[runtime.returns],
    specialHandling: true,
    mainFunction: (_info, input, output) => {
      const columns = runtime.parameters.map((_, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row += 1) {
        const args = columns.map((column) => column.getItem(row)) as never[];
        output.setItem(row, runtime.call(...args) as DuckDBValue);
      }
      output.flush();
    },
  });
  connection.registerScalarFunction(scalar);
}

export interface TestDatabase {
  /** The single value of `SELECT sql`, as DuckDB's JSON form of it. */
  value(sql: string): Promise<unknown>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  close(): void;
}

/** A DuckDB in this process with the translator's prelude in it. */
export async function aDatabase(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  prelude.functions.forEach((runtime) => register(connection, runtime));
  for (const statement of prelude.statements) await connection.run(statement);
  const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> => (await connection.runAndReadAll(sql)).getRowsJson();
  return {
    rows,
    value: async (sql) => (await rows(`SELECT ${sql}`))[0]?.[0],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
