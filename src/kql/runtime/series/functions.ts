import type { RuntimeFunction } from '../runtime-function';
import { elementwiseFunctions } from './elementwise';
import { fillFunctions } from './fill';
import { filterFunctions } from './filters';
import { fitFunctions } from './fits';
import { seasonFunctions } from './season-functions';

/** Series: arrays of numbers as JSON text. */
export const seriesFunctions: readonly RuntimeFunction[] = [
  ...elementwiseFunctions,
  ...fillFunctions,
  ...filterFunctions,
  ...fitFunctions,
  ...seasonFunctions,
];
