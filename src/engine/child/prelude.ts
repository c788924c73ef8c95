import { createRequire } from 'node:module';
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
  /** Gives the connection the macros and functions that `sql` names, and those they name in turn; these fail once they are `stopped`. */
  install(connection: DuckDBConnection, sql: string, stopped?: () => boolean): Promise<void>;
}

const words = (sql: string): Set<string> => new Set(sql.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? []);

const macroName = (statement: string): string | undefined =>
  /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP\s+)?(?:MACRO|FUNCTION)\s+([a-z0-9_]+)/i.exec(statement)?.[1]?.toLowerCase();

const load = createRequire(__filename);

/** Loads the module once. Each query then gets the few definitions it needs: all of them would take longer than most queries. */
export function loadPrelude(path: string | undefined): Prelude {
  if (path === undefined) return { install: async () => undefined };
  const { prelude } = load(path) as PreludeModule;
  const macros = prelude.statements.map((statement) => ({ statement, name: macroName(statement), uses: words(statement) }));
  const closure = (sql: string): Set<string> => {
    const wanted = words(sql);
    const open = (macro: (typeof macros)[number]): boolean => macro.name === undefined || wanted.has(macro.name);
    for (let before = -1; before !== wanted.size;) {
      before = wanted.size;
      for (const macro of macros) if (open(macro)) for (const word of macro.uses) wanted.add(word);
    }
    return wanted;
  };
  return {
    async install(connection, sql, stopped = () => false) {
      const wanted = closure(sql);
      for (const definition of prelude.functions)
        if (wanted.has(definition.name.toLowerCase())) connection.registerScalarFunction(scalarFunction(definition, stopped));
      for (const { statement, name } of macros) if (name === undefined || wanted.has(name)) await connection.run(statement);
    },
  };
}

const typeOf = (name: string): DuckDBType => {
  const type = sqlTypes[name.toUpperCase()];
  if (type === undefined) throw new Error(`No such column type for a function of the prelude: ${name}`);
  return type;
};

/** Rows between two looks for the wish to stop. */
const STRIDE = 16;

/** A function sees nulls as null, and an exception in it fails the query that called it. */
function scalarFunction(definition: PreludeFunction, stopped: () => boolean): DuckDBScalarFunction {
  const call = definition.call as (...args: unknown[]) => unknown;
  return DuckDBScalarFunction.create({
    name: definition.name,
    parameterTypes: definition.parameters.map(typeOf),
    returnType: typeOf(definition.returns),
    specialHandling: true,
    mainFunction(_info, input, output) {
      const columns = Array.from({ length: input.columnCount }, (_, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row += 1) {
        if (row % STRIDE === 0 && stopped()) throw new Error('interrupted');
        const result = call(...columns.map((column) => column.getItem(row)));
        output.setItem(row, (result ?? null) as never);
      }
      output.flush();
    },
  });
}
