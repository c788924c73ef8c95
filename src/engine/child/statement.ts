import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { EngineError } from '../engine-error';
import type { Query } from '../messages';
import type { Parameter, Relation } from '../requests';
import { relationStatement, reader } from '../sql/relation';

/** Makes the query's relations known to the connection. */
export async function defineRelations(connection: DuckDBConnection, query: Query): Promise<void> {
  for (const relation of query.relations) {
    const present = relation.files.length > 0 ? await columnsOf(connection, relation) : new Set<string>();
    await connection.run(relationStatement(relation, present));
  }
}

export async function columnsOf(connection: DuckDBConnection, relation: Relation): Promise<Set<string>> {
  if (relation.whole === true) return new Set(relation.columns.map(({ name, source = name }) => source.toLowerCase()));
  const described = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE FROM ${reader(relation)})`);
  return new Set(described.getRows().map(([name]) => String(name).toLowerCase()));
}

/** Prepares `sql` after proving that it is exactly one SELECT; anything else is a bug or an attack, and is not run. */
export async function prepareSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new EngineError('invalid', `expected one statement, found ${statements.count}`);
  const prepared = await statements.prepare(0);
  if (prepared.statementType !== StatementType.SELECT) throw new EngineError('invalid', 'only SELECT is run');
  return prepared;
}

const widestBigint = 2n ** 63n;

const bindOne = (statement: DuckDBPreparedStatement, index: number, value: Parameter): void => {
  if (value === null) return statement.bindNull(index);
  if (typeof value === 'boolean') return statement.bindBoolean(index, value);
  if (typeof value === 'number') return statement.bindDouble(index, value);
  if (typeof value === 'string') return statement.bindVarchar(index, value);
  return value >= -widestBigint && value < widestBigint ? statement.bindBigInt(index, value) : statement.bindHugeInt(index, value);
};

/** Binds `$1`, `$2`, ... */
export function bind(statement: DuckDBPreparedStatement, parameters: readonly Parameter[]): void {
  parameters.forEach((value, index) => bindOne(statement, index + 1, value));
}
