import type { Expression } from '../translate/expression';
import type { EmitContext } from '../translate/emit-context';
import { sqlString } from '../translate/literal';
import { castTo, dynamicOf, textOf } from './coerce';
import { aliases, at, dynamicCall, gives, limited, refused, row, settledText, type Emit } from './define';
import type { FunctionRow } from './function-row';
import { units } from './units.data';

const dynamic = { returns: gives('dynamic') };

/** A JSON path of Kusto, `$.a[0].b` or `$['a'][0]`, as DuckDB writes it. */
function duckPath(path: string, context: EmitContext): string {
  const steps = [
    ...path
      .replace(/^\$/, '')
      .matchAll(/\.?\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\.?\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(-?\d+)\s*\]|\.([^.[\]]+)/g),
  ];
  const read = steps.map(([whole]) => whole).join('');
  if (`$${read}` !== path.trim() || /"/.test(steps.map((step) => step[1] ?? step[2] ?? step[4] ?? '').join(''))) {
    return context.refuse(
      `The JSON path '${path}' has a form that is not read here.`,
      'Use parse_json() and members: parse_json(x).a[0].b',
    );
  }
  return `$${steps.map(([, single, double, index, name]) => (index === undefined ? `."${single ?? double ?? name}"` : index.startsWith('-') ? `[#${index}]` : `[${index}]`)).join('')}`;
}

const extractJson: Emit = (args, context) => {
  const path = duckPath(settledText(args, 0, context), context);
  const member: Expression = { sql: `json_extract(TRY_CAST(${textOf(at(args, 1))} AS JSON), ${sqlString(path)})`, type: 'dynamic' };
  return castTo(member, args.length < 3 ? 'string' : context.bound);
};

const byCommandLine: Emit = (args, context) => {
  const parser = settledText(args, 1, context);
  if (parser.toLowerCase() !== 'windows') return context.refuse(`'${parser}' is no parser of parse_command_line().`, `Use "windows".`);
  return `CAST(kql_js_parse_command_line(${textOf(at(args, 0))}) AS JSON)`;
};

/** The parts of an address as parse_url() takes it apart (runtime/text/urls.ts), by the group that is one. */
const urlParts = ['Scheme', '', 'Host', 'Port', 'Path', '', 'Fragment'];
const urlPattern =
  '(?s)^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://(?:([^/?#@]*)@)?(\\[[^\\]]*\\]|[^/?#:]*)(?::([0-9]*))?)?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$';

const parseUrl: Emit = (args) => {
  const url = textOf(at(args, 0));
  const part = (group: number): string => `regexp_extract(${url}, ${sqlString(urlPattern)}, ${group})`;
  const members = urlParts.flatMap((name, index): [string, string][] => (name === '' ? [] : [[name, part(index + 1)]]));
  return { sql: `CAST(kql_js_parse_url(${url}) AS JSON)`, type: 'dynamic', members: new Map(members) };
};

/** Sums of versions reach 32 digits: all of a decimal's digits stand before the point. */
const parseVersion: Emit = (args) => `CAST(kql_js_parse_version(${textOf(at(args, 0))}) AS DECIMAL(38,0))`;

const formatBytes: Emit = (args) =>
  `coalesce(kql_js_format_bytes(${castTo(at(args, 0), 'real')}, ${args[1] ? castTo(args[1], 'long') : '0'}, ${args[2] ? textOf(args[2]) : `''`}), '')`;

/** Unknown units give null, as in Kusto. */
const converter =
  (kind: string): Emit =>
  (args, context) => {
    const [from, to] = [1, 2].map((index) => units[kind]?.[settledText(args, index, context)]);
    return from === undefined || to === undefined ? 'NULL::DOUBLE' : `(${castTo(at(args, 0), 'real')} * ${from}::DOUBLE / ${to}::DOUBLE)`;
  };

const sizes: Readonly<Record<string, number>> = { bool: 1, int: 4, long: 8, real: 8, datetime: 8, timespan: 8, guid: 16, decimal: 17 };

const estimateSize: Emit = (args, context) => {
  const each = args.map((arg) => {
    if (arg.type === 'string') return `strlen(${arg.sql})`;
    return String(
      sizes[arg.type] ?? context.refuse('estimate_data_size() of a dynamic value: its size inside the engine is not published.'),
    );
  });
  return `(${each.join(' + ') || '0'})`;
};

const assertion: Emit = (args, context) =>
  context.once(at(args, 0).sql, (test) => `(CASE WHEN ${test} THEN true ELSE CAST(error(${textOf(at(args, 1))}) AS BOOLEAN) END)`);

const factors = limited('By the factors of common unit tables; the last digits may differ.');
const environment = [
  'current_cluster_endpoint',
  'current_database',
  'current_principal',
  'current_principal_details',
  'current_principal_is_member_of',
  'current_node_id',
];
const storage = [
  'extent_id',
  'extentid',
  'extent_tags',
  'row_id',
  'cursor_after',
  'cursor_before_or_at',
  'cursor_current',
  'current_cursor',
  'rowstore_ordinal_range',
];

/** Texts with a structure of their own (R-54), and what asks about the surroundings of a query (R-55). */
export const parsingFunctionRows: readonly FunctionRow[] = [
  ...aliases(row('extract_json', 'R-54', extractJson, { returns: (args, bound) => (args.length < 3 ? 'string' : bound) }), 'extractjson'),
  row('parse_csv', 'R-54', dynamicCall('kql_js_parse_csv', 'string'), dynamic),
  row('parse_command_line', 'R-54', byCommandLine, dynamic),
  row(
    'parse_user_agent',
    'R-54',
    ([agent, parts], context) =>
      parts
        ? `CAST(kql_js_parse_user_agent(${textOf(agent as Expression)}, CAST(${dynamicOf(parts)} AS VARCHAR)) AS JSON)`
        : context.refuse('parse_user_agent() needs the parts to look for.', 'Add them: parse_user_agent(x, dynamic(["browser", "os"])).'),
    { ...dynamic, support: limited('By the patterns of uap-core 0.18.0; the engine may carry others.') },
  ),
  row('parse_xml', 'R-54', dynamicCall('kql_js_parse_xml', 'string'), dynamic),
  row('parse_path', 'R-54', dynamicCall('kql_js_parse_path', 'string'), dynamic),
  ...aliases(row('parse_url', 'R-54', parseUrl, dynamic), 'parseurl'),
  ...aliases(row('parse_urlquery', 'R-54', dynamicCall('kql_js_parse_urlquery', 'string'), dynamic), 'parseurlquery'),
  row('parse_version', 'R-54', parseVersion, { returns: gives('decimal') }),
  row('format_bytes', 'R-54', formatBytes, { returns: gives('string') }),
  ...Object.keys(units).map((kind) => row(`convert_${kind}`, 'R-54', converter(kind), { returns: gives('real'), support: factors })),
  refused('convert_temperature', 'R-54', 'the engine’s own answers are not those of physics.', 'Compute it: celsius = kelvin - 273.15.'),
  row('estimate_data_size', 'R-55', estimateSize, { returns: gives('long'), support: limited('Not for dynamic values.') }),
  row('new_guid', 'R-55', () => `CAST(uuid() AS VARCHAR)`, { returns: gives('guid') }),
  row('assert', 'R-55', assertion, { returns: gives('bool') }),
  ...environment.map((name) => refused(name, 'R-55', 'there is no cluster behind this engine.')),
  ...storage.map((name) => refused(name, 'R-55', 'it asks about the storage of a cluster.')),
  refused('datetime_list_timezones', 'R-49', 'the list of names differs between engines.'),
];
