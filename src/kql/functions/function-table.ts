import type { FunctionRow } from './function-row';
import { regexFunctions } from './regex-functions';
import { stringFunctions } from './string-functions';

const rows: readonly FunctionRow[] = [...stringFunctions, ...regexFunctions];

/** Every scalar function the translator knows, refused ones included, by KQL's spelling. */
export const functionTable: ReadonlyMap<string, FunctionRow> = new Map(rows.map((row) => [row.name, row]));
