import { DuckDBScalarFunction, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api';
import { sqlTypes } from './sql-types';

/** What a prelude module exports: SQL that defines macros, and scalar functions written in JavaScript. */
interface PreludeModule {
  readonly prelude: {
    readonly statements: readonly string[];
    readonly functions: readonly PreludeFunction[];
  };
}

interface PreludeFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  call(...args: never[]): unknown;
}

export interface Prelude {
  install(connection: DuckDBConnection): Promise<void>;
}

/** Loads the module once; each sandbox then gets its macros and functions. */
export async function loadPrelude(path: string | undefined): Promise<Prelude> {
  if (path === undefined) return { install: async () => undefined };
  const { prelude } = (await import(path)) as PreludeModule;
  return {
    async install(connection) {
      for (const definition of prelude.functions) connection.registerScalarFunction(scalarFunction(definition));
      for (const statement of prelude.statements) await connection.run(statement);
    },
  };
}

const typeOf = (name: string): DuckDBType => {
  const type = sqlTypes[name.toUpperCase()];
  if (type === undefined) throw new Error(`No such column type for a function of the prelude: ${name}`);
  return type;
};

/** A function sees nulls as null, and an exception in it fails the query that called it. */
function scalarFunction(definition: PreludeFunction): DuckDBScalarFunction {
  const call = definition.call as (...args: unknown[]) => unknown;
  return DuckDBScalarFunction.create({
    name: definition.name,
    parameterTypes: definition.parameters.map(typeOf),
    returnType: typeOf(definition.returns),
    specialHandling: true,
    mainFunction(_info, input, output) {
      const columns = Array.from({ length: input.columnCount }, (_, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row += 1) {
        const result = call(...columns.map((column) => column.getItem(row)));
        output.setItem(row, (result ?? null) as never);
      }
      output.flush();
    },
  });
}
