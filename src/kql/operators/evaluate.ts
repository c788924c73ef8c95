import type { SyntaxNode } from '../bind/syntax-node';
import type { Support } from '../functions/function-row';
import type { Relation } from '../translate/relation';
import { bagUnpack } from './plugins/bag-unpack';
import { dcountIntersect } from './plugins/dcount-intersect';
import { ipLookup } from './plugins/ip-lookup';
import { narrow } from './plugins/narrow';
import { pivot } from './plugins/pivot';
import { rowsNear } from './plugins/rows-near';
import { schemaMerge } from './plugins/schema-merge';
import { exact, type OperatorContext, type OperatorRow } from './operator-row';

/** A plugin of evaluate. */
export interface PluginRow {
  readonly name: string;
  readonly rule: string;
  readonly support: Support;
  readonly emit: (call: SyntaxNode, node: SyntaxNode, context: OperatorContext) => Relation;
}

const remote = [
  'http_request',
  'http_request_post',
  'sql_request',
  'mysql_request',
  'postgresql_request',
  'cosmosdb_sql_request',
  'python',
  'r',
  'ai_embed_text',
  'azure_digital_twins_query_request',
];

const plugins: readonly PluginRow[] = [
  bagUnpack,
  pivot,
  narrow,
  rowsNear,
  schemaMerge,
  dcountIntersect,
  ...ipLookup,
  ...remote.map((name): PluginRow => ({
    name,
    rule: 'R-38',
    support: { state: 'refused', reason: 'it reaches outside the rows of the query' },
    emit: (_call, node, { translation, environment }) => translation.refuse('remote-plugin', { name }, { node, environment }),
  })),
];

/** Every plugin, by name. */
export const pluginTable: ReadonlyMap<string, PluginRow> = new Map(plugins.map((plugin) => [plugin.name, plugin]));

/** T | evaluate plugin(...) */
export const evaluate: OperatorRow = {
  name: 'evaluate',
  rule: 'R-38',
  support: exact,
  emit: (node, context) => {
    const call = node.need('FunctionCall');
    const plugin = pluginTable.get(call.name);
    if (!plugin)
      return context.translation.refuse('plugin-unsupported', { name: call.name }, { node: call, environment: context.environment });
    return plugin.emit(call, node, context);
  },
};
