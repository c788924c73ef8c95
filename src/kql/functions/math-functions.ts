import type { KqlType } from '../schema';
import type { Expression } from '../translate/expression';
import { castTo, constantNumber } from './coerce';
import { aliases, at, call, gives, macro, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const isReal = (type: KqlType): boolean => type === 'real' || type === 'decimal';
const isWhole = (type: KqlType): boolean => type === 'int' || type === 'long';

/** The type of bin(): that of the value, real when either number is. */
function binType(args: readonly Expression[]): KqlType {
  const [value, step] = [at(args, 0).type, args[1]?.type ?? 'long'];
  if (value === 'datetime' || value === 'timespan') return value;
  if (value === 'decimal' || step === 'decimal') return 'decimal';
  return isReal(value) || isReal(step) || !isWhole(value) ? 'real' : value === 'int' && step === 'int' ? 'int' : 'long';
}

/** A positive whole step known while translating: the guard against steps of zero is not needed. */
function constantStep(step: Expression): bigint | undefined {
  const value = step.constant?.value;
  return typeof value === 'bigint' && value > 0n ? value : undefined;
}

/** The steps of bin() in ticks: a number beside a datetime or timespan counts days. */
const stepOf = (value: Expression, step: Expression): Expression =>
  (value.type === 'datetime' || value.type === 'timespan') && step.type !== 'timespan' && step.type !== 'datetime'
    ? { sql: `CAST(${castTo(step, 'real')} * 864000000000 AS BIGINT)`, type: 'timespan' }
    : step;

const bin: Emit = (args, context) => {
  const type = binType(args);
  const value = at(args, 0);
  const step = args[1] === undefined ? { sql: '1::BIGINT', type: 'long' as KqlType, constant: { value: 1n } } : stepOf(value, args[1]);
  if (type === 'real' || type === 'decimal') {
    return context.onceAll([castTo(value, type), castTo(step, type)], ([x, s]) => `(kql_bin_real(${x}, ${s}))`);
  }
  const size = constantStep(step);
  if (size !== undefined) {
    return context.once(value.sql, (x) =>
      type === 'datetime' ? `(${x} - ${x} % ${size})` : `(${x} - ((${x} % ${size}) + ${size}) % ${size})`,
    );
  }
  return context.onceAll([value.sql, step.sql], ([x, s]) => `(kql_bin_${type === 'datetime' ? 'datetime' : 'long'}(${x}, ${s}))`);
};

const binAt: Emit = (args, context) => {
  const type = binType(args);
  const [value, point] = [at(args, 0), at(args, 2)];
  const step = stepOf(value, at(args, 1));
  const kind = isReal(type) || isReal(point.type) ? 'real' : 'long';
  const sqls = kind === 'real' ? [value, step, point].map((arg) => castTo(arg, 'real')) : [value.sql, step.sql, point.sql];
  const emitted = context.onceAll(sqls, (names) => `(kql_bin_at_${kind}(${names.join(', ')}))`);
  return type === 'datetime' ? context.once(emitted, (x) => `(kql_clip(${x}))`) : emitted;
};

const binAtType = (args: readonly Expression[]): KqlType => (isReal(at(args, 2).type) && isWhole(binType(args)) ? 'real' : binType(args));

/** Rounding half away from zero; a precision counts digits after the point. */
const round: Emit = (args, context) => {
  const digits = args[1] ? `, CAST(${args[1].sql} AS INTEGER)` : '';
  const rounded = `round(${castTo(at(args, 0), context.bound === 'decimal' ? 'decimal' : 'real')}${digits})`;
  return isWhole(context.bound) ? `CAST(${rounded} AS BIGINT)` : rounded;
};

const abs: Emit = (args) => (at(args, 0).type === 'long' ? `TRY(abs(${at(args, 0).sql}))` : `abs(${at(args, 0).sql})`);
const numberType = (args: readonly Expression[]): KqlType => (isWhole(at(args, 0).type) ? 'long' : at(args, 0).type);

const real = { returns: gives('real') };
const long = { returns: gives('long') };
const bool = { returns: gives('bool') };

/** A function of DuckDB over one real, with what it throws at turned into NaN or null. */
const total = (name: string): Emit => call(name, 'real');
const guarded =
  (name: string, guard: (x: string) => string): Emit =>
  (args, context) =>
    context.once(
      castTo(at(args, 0), 'real'),
      (x) => `(CASE WHEN ${guard(x)} THEN ${name}(${x}) WHEN ${x} IS NOT NULL THEN 'NaN'::DOUBLE END)`,
    );

const power: Emit = (args) => `TRY(pow(${castTo(at(args, 0), 'real')}, ${castTo(at(args, 1), 'real')}))`;
const bits =
  (write: (a: string, b: string) => string): Emit =>
  (args) =>
    write(castTo(at(args, 0), 'long'), args[1] ? castTo(args[1], 'long') : '');

/** What is neither a number nor infinite; a whole number never is. */
const nonFinite =
  (name: string): Emit =>
  (args) =>
    `${name}(${castTo(at(args, 0), 'real')})`;

const random: Emit = (args) => {
  const bound = constantNumber(args[0]);
  return bound === undefined ? 'random()' : `floor(random() * ${bound})`;
};

const trigonometric: readonly FunctionRow[] = [
  ...['sin', 'cos', 'tan'].map((name) =>
    row(
      name,
      'R-44',
      guarded(name, (x) => `isfinite(${x})`),
      real,
    ),
  ),
  row(
    'cot',
    'R-44',
    guarded('cot', (x) => `isfinite(${x}) AND ${x} <> 0`),
    real,
  ),
  row(
    'asin',
    'R-44',
    guarded('asin', (x) => `abs(${x}) <= 1`),
    real,
  ),
  row(
    'acos',
    'R-44',
    guarded('acos', (x) => `abs(${x}) <= 1`),
    real,
  ),
  row('atan', 'R-44', total('atan'), real),
  row('atan2', 'R-44', total('atan2'), real),
  row('pi', 'R-44', () => 'pi()', real),
  row('degrees', 'R-44', total('degrees'), real),
  row('radians', 'R-44', total('radians'), real),
];

const transcendental: readonly FunctionRow[] = [
  row('sqrt', 'R-44', macro('kql_sqrt', 'real'), real),
  row('exp', 'R-44', total('exp'), real),
  row('exp2', 'R-44', (args) => `pow(2.0::DOUBLE, ${castTo(at(args, 0), 'real')})`, real),
  row('exp10', 'R-44', (args) => `pow(10.0::DOUBLE, ${castTo(at(args, 0), 'real')})`, real),
  row('log', 'R-44', macro('kql_log', 'real'), real),
  row('log2', 'R-44', macro('kql_log2', 'real'), real),
  row('log10', 'R-44', macro('kql_log10', 'real'), real),
  row('pow', 'R-44', power, real),
  row('gamma', 'R-44', total('kql_js_gamma'), real),
  row('loggamma', 'R-44', total('kql_js_loggamma'), real),
  row('erf', 'R-44', total('kql_js_erf'), real),
  row('erfc', 'R-44', total('kql_js_erfc'), real),
  row('beta_cdf', 'R-44', total('kql_js_beta_cdf'), real),
  row('beta_inv', 'R-44', total('kql_js_beta_inv'), real),
  row('beta_pdf', 'R-44', total('kql_js_beta_pdf'), real),
  row('welch_test', 'R-44', total('kql_js_welch_test'), real),
];

const binary: readonly FunctionRow[] = [
  row(
    'binary_and',
    'R-43',
    bits((a, b) => `(${a} & ${b})`),
    long,
  ),
  row(
    'binary_or',
    'R-43',
    bits((a, b) => `(${a} | ${b})`),
    long,
  ),
  row(
    'binary_xor',
    'R-43',
    bits((a, b) => `xor(${a}, ${b})`),
    long,
  ),
  row(
    'binary_not',
    'R-43',
    bits((a) => `(~${a})`),
    long,
  ),
  row('binary_shift_left', 'R-43', macro('kql_shift_left', 'long'), long),
  row('binary_shift_right', 'R-43', macro('kql_shift_right', 'long'), long),
  row(
    'bitset_count_ones',
    'R-43',
    bits((a) => `CAST(bit_count(${a}) AS BIGINT)`),
    long,
  ),
];

/** Numbers: bin and its relatives, reals with NaN and infinities, bits in 64-bit two's complement. */
export const mathFunctions: readonly FunctionRow[] = [
  ...aliases(row('bin', 'R-43', bin, { returns: binType }), 'floor'),
  row('bin_at', 'R-43', binAt, { returns: binAtType }),
  row('round', 'R-44', round),
  row('ceiling', 'R-44', (args) => `ceil(${castTo(at(args, 0), 'real')})`, real),
  row('abs', 'R-43', abs, { returns: numberType }),
  row('sign', 'R-44', macro('kql_sign', 'real'), real),
  row('rand', 'R-44', random, real),
  row('isnan', 'R-44', nonFinite('isnan'), bool),
  row('isinf', 'R-44', nonFinite('isinf'), bool),
  row('isfinite', 'R-44', nonFinite('isfinite'), bool),
  ...trigonometric,
  ...transcendental,
  ...binary,
];
