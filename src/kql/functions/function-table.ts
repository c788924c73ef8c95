import { conditionalFunctions } from './conditional-functions';
import { conversionFunctions } from './conversion-functions';
import { dynamicFunctionRows } from './dynamic-functions';
import type { FunctionRow } from './function-row';
import { mathFunctions } from './math-functions';
import { regexFunctions } from './regex-functions';
import { stringFunctions } from './string-functions';
import { timeFunctionRows } from './time-functions';

const rows: readonly FunctionRow[] = [
  ...conditionalFunctions,
  ...conversionFunctions,
  ...stringFunctions,
  ...regexFunctions,
  ...timeFunctionRows,
  ...mathFunctions,
  ...dynamicFunctionRows,
];

/** Every scalar function the translator knows, refused ones included, by KQL's spelling. */
export const functionTable: ReadonlyMap<string, FunctionRow> = new Map(rows.map((row) => [row.name, row]));
