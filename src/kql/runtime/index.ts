import { schemaFunctions } from './arrays/build-schema';
import { dynamicFunctions } from './arrays/functions';
import { encodingFunctions } from './encoding/functions';
import { geoFunctions } from './geo/functions';
import { shapeFunctions } from './geo/shape-functions';
import { convertMacros } from './macros/convert.data';
import { dynamicMacros } from './macros/dynamic.data';
import { networkMacros } from './macros/network.data';
import { numberMacros } from './macros/number.data';
import { textMacros } from './macros/text.data';
import { timeMacros } from './macros/time.data';
import { mathFunctions } from './math/functions';
import { networkFunctions } from './network/functions';
import type { RuntimeFunction } from './runtime-function';
import { seriesFunctions } from './series/functions';
import { sketchFunctions } from './sketches/functions';
import { parsingFunctions } from './text/parsing';
import { userAgentFunctions } from './text/user-agent';
import { xmlFunctions } from './text/xml';
import { searchFunctions } from './text/search';
import { urlFunctions } from './text/urls';
import { keyValueFunctions } from './text/parse-kv';
import { timeFunctions } from './time/functions';
import { sessionFunctions } from './time/sessions';

export type { RuntimeFunction, RuntimeType, RuntimeValue } from './runtime-function';

/**
 * What translated SQL builds on. The engine registers `functions` as scalar functions (nulls are handed over, not skipped) and then runs
 * `statements` in order, before it locks the configuration.
 */
export const prelude: { readonly statements: readonly string[]; readonly functions: readonly RuntimeFunction[] } = {
  statements: [...timeMacros, ...convertMacros, ...numberMacros, ...textMacros, ...dynamicMacros, ...networkMacros],
  functions: [
    ...timeFunctions,
    ...sessionFunctions,
    ...searchFunctions,
    ...keyValueFunctions,
    ...urlFunctions,
    ...dynamicFunctions,
    ...mathFunctions,
    ...networkFunctions,
    ...encodingFunctions,
    ...seriesFunctions,
    ...parsingFunctions,
    ...xmlFunctions,
    ...userAgentFunctions,
    ...schemaFunctions,
    ...sketchFunctions,
    ...geoFunctions,
    ...shapeFunctions,
  ],
};
