import { BIGINT, BOOLEAN, DOUBLE, INTEGER, LIST, VARCHAR, type DuckDBType } from '@duckdb/node-api';

/** The types that functions of the prelude may take and return; JSON travels as its text. */
export const sqlTypes: Readonly<Record<string, DuckDBType>> = {
  BOOLEAN,
  INTEGER,
  BIGINT,
  DOUBLE,
  VARCHAR,
  JSON: VARCHAR,
  'VARCHAR[]': LIST(VARCHAR),
  'BIGINT[]': LIST(BIGINT),
  'DOUBLE[]': LIST(DOUBLE),
};
