import { conditionalFunctions } from './conditional-functions';
import { conversionFunctions } from './conversion-functions';
import { dynamicFunctionRows } from './dynamic-functions';
import { encodingFunctionRows } from './encoding-functions';
import type { FunctionRow } from './function-row';
import { geoFunctionRows } from './geo-functions';
import { mathFunctions } from './math-functions';
import { networkFunctionRows } from './network-functions';
import { parsingFunctionRows } from './parsing-functions';
import { refusedFunctions } from './refused-functions';
import { regexFunctions } from './regex-functions';
import { seriesFunctionRows } from './series-functions';
import { sketchFunctionRows } from './sketch-functions';
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
  ...encodingFunctionRows,
  ...networkFunctionRows,
  ...seriesFunctionRows,
  ...parsingFunctionRows,
  ...sketchFunctionRows,
  ...geoFunctionRows,
  ...refusedFunctions,
];

/** Every scalar function the translator knows, refused ones included, by KQL's spelling. */
export const functionTable: ReadonlyMap<string, FunctionRow> = new Map(rows.map((row) => [row.name, row]));
