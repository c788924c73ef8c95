import { strict, type RuntimeFunction } from '../runtime-function';
import { betaCdf, betaInverse, betaPdf, erf, erfc, gamma, logGamma, welchTest } from './special';

const one = { takes: ['DOUBLE'], gives: 'DOUBLE' } as const;
const three = { takes: ['DOUBLE', 'DOUBLE', 'DOUBLE'], gives: 'DOUBLE' } as const;
const six = { takes: ['DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE'], gives: 'DOUBLE' } as const;

/** Special functions and distributions. */
export const mathFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_gamma', one, gamma),
  strict('kql_js_loggamma', one, (x) => (x <= 0 ? NaN : logGamma(x))),
  strict('kql_js_erf', one, erf),
  strict('kql_js_erfc', one, erfc),
  strict('kql_js_beta_cdf', three, betaCdf),
  strict('kql_js_beta_inv', three, betaInverse),
  strict('kql_js_beta_pdf', three, betaPdf),
  strict('kql_js_welch_test', six, (...[mean1, variance1, count1, mean2, variance2, count2]) =>
    welchTest({ mean: mean1, variance: variance1, count: count1 }, { mean: mean2, variance: variance2, count: count2 }),
  ),
];
