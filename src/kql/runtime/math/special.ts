const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The natural logarithm of the gamma function (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  const series = lanczos.reduce((sum, coefficient, index) => (index === 0 ? coefficient : sum + coefficient / (shifted + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/** The gamma function; exact factorials for small whole numbers. */
export function gamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Number.isInteger(x)) {
    if (x <= 0) return NaN;
    if (x <= 171) return Array.from({ length: x - 1 }, (_, index) => index + 1).reduce((product, factor) => product * factor, 1);
    return Infinity;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  return Math.exp(logGamma(x));
}

/** The lower regularized incomplete gamma function, by series or continued fraction. */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 500 && Math.abs(term) > Math.abs(sum) * 1e-17; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  return 1 - front * continuedGamma(a, x);
}

function continuedGamma(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 500; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
}

/** The error function. */
export function erf(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? NaN : Math.sign(x);
  return Math.sign(x) * lowerGamma(0.5, x * x);
}

/** 1 - erf(x), without cancellation in the tail. */
export function erfc(x: number): number {
  if (x < 1.3 || !Number.isFinite(x)) return 1 - erf(x);
  const square = x * x;
  return Math.exp(-square + 0.5 * Math.log(square) - logGamma(0.5)) * continuedGamma(0.5, square);
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
}

/** The cumulative distribution of the beta distribution; NaN outside its domain. */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1) || !(a > 0) || !(b > 0)) return NaN;
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The density of the beta distribution; NaN outside its domain. */
export function betaPdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1) || !(a > 0) || !(b > 0)) return NaN;
  return Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b)) * Math.pow(x, a - 1) * Math.pow(1 - x, b - 1);
}

/** The x at which betaCdf reaches a probability, by bisection. */
export function betaInverse(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1) || !(a > 0) || !(b > 0)) return NaN;
  let [low, high] = [0, 1];
  for (let step = 0; step < 200 && high - low > 0; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (betaCdf(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface Sample {
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
}

/** The two-sided p-value of Welch's t-test between two samples. */
export function welchTest(first: Sample, second: Sample): number {
  const [a, b] = [first.variance / first.count, second.variance / second.count];
  const squared = (first.mean - second.mean) ** 2 / (a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1));
  return betaCdf(freedom / (freedom + squared), freedom / 2, 0.5);
}
