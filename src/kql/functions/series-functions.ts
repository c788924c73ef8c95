import type { KqlType } from '../schema';
import { sqlString } from '../translate/literal';
import type { Expression } from '../translate/expression';
import { castTo, dynamicOf } from './coerce';
import { aliases, gives, limited, refused, row, type Emit } from './define';
import type { FunctionRow } from './function-row';

const dynamic = { returns: gives('dynamic') };
const real = { returns: gives('real') };

/** A series or a number as the JSON text a runtime function takes. */
const json = (arg: Expression | undefined): string => (arg === undefined ? 'NULL::VARCHAR' : `CAST(${dynamicOf(arg)} AS VARCHAR)`);
const optional = (arg: Expression | undefined, type: KqlType, otherwise: string): string =>
  arg === undefined ? otherwise : castTo(arg, type);

const series =
  (name: string): Emit =>
  (args) =>
    `CAST(kql_js_series_${name}(${args.map(json).join(', ')}) AS JSON)`;
const scalar =
  (name: string): Emit =>
  (args) =>
    `kql_js_series_${name}(${args.map(json).join(', ')})`;

const fill = (name: string): FunctionRow =>
  row(`series_fill_${name}`, 'R-50', (args) => `CAST(kql_js_series_fill_${name}(${json(args[0])}, ${json(args[1])}) AS JSON)`, dynamic);

const fillConst: Emit = (args) =>
  `CAST(kql_js_series_fill_const(${json(args[0])}, ${args[1] ? json(args[1]) : `'0'`}, ${json(args[2])}) AS JSON)`;
const fillLinear: Emit = (args) =>
  `CAST(kql_js_series_fill_linear(${json(args[0])}, ${json(args[1])}, ${optional(args[2], 'bool', 'true')}, ${args[3] ? json(args[3]) : `'0'`}) AS JSON)`;

const fir: Emit = (args) =>
  `CAST(kql_js_series_fir(${json(args[0])}, ${json(args[1])}, ${optional(args[2], 'bool', 'NULL::BOOLEAN')}, ${optional(args[3], 'bool', 'false')}) AS JSON)`;

const cosine: Emit = (args) =>
  `kql_js_series_cosine_similarity(${json(args[0])}, ${json(args[1])}, ${optional(args[2], 'real', 'NULL::DOUBLE')}, ${optional(args[3], 'real', 'NULL::DOUBLE')})`;

const outliers: Emit = (args) => {
  const numbers = [2, 3, 4].map((index) => optional(args[index], 'real', 'NULL::DOUBLE'));
  return `CAST(kql_js_series_outliers(${json(args[0])}, ${optional(args[1], 'string', sqlString('ctukey'))}, ${numbers.join(', ')}) AS JSON)`;
};

const seasonal: Emit = (args) =>
  `CAST(kql_js_series_seasonal(${json(args[0])}, ${optional(args[1], 'long', '-1')}, ${optional(args[2], 'long', '0')}) AS JSON)`;

type ColumnsRow = readonly [
  name: string,
  types: readonly KqlType[],
  packedCall: (args: readonly Expression[]) => string,
  support?: FunctionRow['support'],
];

/** Several results in one JSON array: a column each, or the first one where a single value is asked for. */
function columnsOf(...[name, types, packedCall, support = { state: 'exact' }]: ColumnsRow): FunctionRow {
  const column = (args: readonly Expression[], index: number): Expression => {
    const type = types[index] ?? 'dynamic';
    const item: Expression = { sql: `nullif(json_extract(${packedCall(args)}, '$[${index}]'), 'null'::JSON)`, type: 'dynamic' };
    return { sql: castTo(item, type), type };
  };
  return {
    name,
    rule: 'R-50',
    support,
    returns: () => types[0] ?? 'dynamic',
    emit: (args) => column(args, 0),
    columns: (args) => types.map((_, index) => column(args, index)),
  };
}

/** The same results in one bag, under the names of the columns. */
function bagOf(name: string, keys: readonly string[], packedCall: (args: readonly Expression[]) => string): FunctionRow {
  const emit: Emit = (args, context) =>
    context.once(
      packedCall(args),
      (call) =>
        `(CASE WHEN ${call} IS NOT NULL THEN json_object(${keys.map((key, index) => `'${key}', json_extract(${call}, '$[${index}]')`).join(', ')}) END)`,
    );
  return row(name, 'R-50', emit, dynamic);
}

const packedJson =
  (name: string): ((args: readonly Expression[]) => string) =>
  (args) =>
    `CAST(kql_js_series_${name}(${args.map(json).join(', ')}) AS JSON)`;

const stats = (args: readonly Expression[]): string =>
  `CAST(kql_js_series_stats(${json(args[0])}, ${optional(args[1], 'bool', 'false')}) AS JSON)`;
const poly = (args: readonly Expression[]): string =>
  `CAST(kql_js_series_fit_poly(${json(args[0])}, ${json(args[1])}, ${optional(args[2], 'long', '1')}) AS JSON)`;
const fourier = (name: string) => (args: readonly Expression[]) =>
  `CAST(kql_js_series_${name}(${json(args[0])}, ${json(args[1])}) AS JSON)`;

/** series, seasonality, trend, test points, seasonality threshold: the order of the runtime functions. */
function decomposition(args: readonly Expression[], places: readonly [number, number, number, number]): string {
  const [season, trend, points, limit] = places.map((place) => args[place]);
  return [
    json(args[0]),
    optional(season, 'long', '-1'),
    optional(trend, 'string', sqlString('avg')),
    optional(points, 'long', '0'),
    optional(limit, 'real', '0.6'),
  ].join(', ');
}

const decompose = (args: readonly Expression[]): string => `CAST(kql_js_series_decompose(${decomposition(args, [1, 2, 3, 4])}) AS JSON)`;
const forecast = (args: readonly Expression[]): string => `CAST(kql_js_series_decompose(${decomposition(args, [2, 3, 1, 4])}) AS JSON)`;
const anomalies = (args: readonly Expression[]): string =>
  `CAST(kql_js_series_decompose_anomalies(${decomposition(args, [2, 3, 4, 6])}, ${optional(args[1], 'real', '1.5')}, ${optional(args[5], 'string', sqlString('ctukey'))}) AS JSON)`;

const lineKeys = ['rsquare', 'slope', 'variance', 'rvariance', 'interception', 'line_fit'];
const lineTypes: readonly KqlType[] = ['real', 'real', 'real', 'real', 'real', 'dynamic'];
const sideKeys = ['rsquare', 'slope', 'interception', 'variance', 'rvariance'];
const twoLineKeys = [
  'rsquare',
  'split_idx',
  'variance',
  'rvariance',
  'line_fit',
  ...['right', 'left'].flatMap((side) => sideKeys.map((key) => `${side}_${key}`)),
];
const twoLineTypes: readonly KqlType[] = [
  'real',
  'long',
  'real',
  'real',
  'dynamic',
  ...sideKeys.map((): KqlType => 'real'),
  ...sideKeys.map((): KqlType => 'real'),
];
const statKeys = ['min', 'min_idx', 'max', 'max_idx', 'avg', 'stdev', 'variance'];
const statTypes: readonly KqlType[] = ['real', 'long', 'real', 'long', 'real', 'real', 'real'];

const guessed = limited(
  'The period is found by autocorrelation and percentiles are interpolated; the engine’s own search is not published, so scores may differ.',
);

const unary = ['abs', 'acos', 'asin', 'atan', 'ceiling', 'cos', 'exp', 'floor', 'log', 'sign', 'sin', 'tan'];
const binary = ['add', 'subtract', 'multiply', 'divide', 'pow', 'greater', 'greater_equals', 'less', 'less_equals', 'equals', 'not_equals'];

/** Series (R-50): dynamic arrays of numbers. */
export const seriesFunctionRows: readonly FunctionRow[] = [
  ...[...unary, ...binary].map((name) => row(`series_${name}`, 'R-50', series(name), dynamic)),
  row('series_dot_product', 'R-50', scalar('dot_product'), real),
  row('series_magnitude', 'R-50', scalar('magnitude'), real),
  row('series_product', 'R-50', scalar('product'), real),
  row('series_cosine_similarity', 'R-50', cosine, real),
  row('series_pearson_correlation', 'R-50', scalar('pearson'), real),
  fill('forward'),
  fill('backward'),
  row('series_fill_const', 'R-50', fillConst, dynamic),
  row('series_fill_linear', 'R-50', fillLinear, dynamic),
  row('series_fir', 'R-50', fir, dynamic),
  row('series_iir', 'R-50', series('iir'), dynamic),
  columnsOf('series_fft', ['dynamic', 'dynamic'], fourier('fft')),
  columnsOf('series_ifft', ['dynamic', 'dynamic'], fourier('ifft')),
  columnsOf('series_stats', statTypes, stats),
  bagOf('series_stats_dynamic', statKeys, stats),
  columnsOf('series_fit_line', lineTypes, packedJson('fit_line')),
  bagOf('series_fit_line_dynamic', lineKeys, packedJson('fit_line')),
  columnsOf('series_fit_2lines', twoLineTypes, packedJson('fit_2lines')),
  bagOf('series_fit_2lines_dynamic', twoLineKeys, packedJson('fit_2lines')),
  columnsOf('series_fit_poly', ['real', 'dynamic', 'real', 'real', 'dynamic'], poly),
  row('series_outliers', 'R-50', outliers, { ...dynamic, support: guessed }),
  row('series_seasonal', 'R-50', seasonal, { ...dynamic, support: guessed }),
  refused('series_periods_detect', 'R-50', 'how the engine scores a period is not published.'),
  refused('series_periods_validate', 'R-50', 'how the engine scores a period is not published.'),
  columnsOf('series_decompose', ['dynamic', 'dynamic', 'dynamic', 'dynamic'], decompose, guessed),
  columnsOf('series_decompose_anomalies', ['dynamic', 'dynamic', 'dynamic'], anomalies, guessed),
  ...aliases(columnsOf('series_decompose_forecast', ['dynamic', 'dynamic', 'dynamic', 'dynamic'], forecast, guessed)),
];
