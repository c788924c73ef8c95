import { literalValue, ticksPerDay } from '../bind/literals';
import type { SyntaxNode } from '../bind/syntax-node';
import type { Diagnostic } from '../diagnostics';
import { diagnose } from '../diagnostics/diagnose';
import type { SourceText } from '../diagnostics/source-text';
import type { Schema } from '../schema';
import { nodesOf, pipeOf } from './tree';
import { lookBacks, timeColumns, timeFilterOf } from './time-filter';

type Check = (root: SyntaxNode, source: SourceText, schema: Schema) => Diagnostic[];

const spanOf = (node: SyntaxNode, source: SourceText): ReturnType<SourceText['span']> =>
  source.span(node.start, Math.max(node.end - node.start, 1));

const takeBeforeWhere: Check = (root, source) =>
  [...nodesOf(root)]
    .filter((node) => node.kind === 'PipeExpression' && node.need('Operator').kind === 'FilterOperator')
    .flatMap((pipe) => {
      const take = pipeOf(pipe.need('Expression')).operators.findLast((operator) => operator.kind === 'TakeOperator');
      return take ? [diagnose('take-before-where', { count: take.need('Expression').text }, spanOf(take, source))] : [];
    })
    .slice(0, 1);

const joinWithoutKind: Check = (root, source) =>
  [...nodesOf(root)]
    .filter((node) => node.kind === 'JoinOperator' && !node.list('Parameters').some((parameter) => parameter.name.toLowerCase() === 'kind'))
    .map((node) => diagnose('join-without-kind', {}, spanOf(node.need('JoinKeyword'), source)));

const noTimeFilter: Check = (root, source, schema) => {
  const timed = new Set(
    schema.tables.filter((table) => table.columns.some((column) => timeColumns.has(column.name))).map((table) => table.name),
  );
  const first = [...nodesOf(root)].find((node) => node.kind === 'NameReference' && node.symbol?.kind === 'Table' && timed.has(node.name));
  return first && !timeFilterOf(root) ? [diagnose('no-time-filter', {}, spanOf(first, source))] : [];
};

const longLookBack: Check = (root, source) =>
  lookBacks(root)
    .filter(({ ticks }) => ticks > 30n * ticksPerDay)
    .map(({ node, ticks }) => diagnose('long-look-back', { days: String(ticks / ticksPerDay) }, spanOf(node, source)));

const fileProfileLimit: Check = (root, source) =>
  [...nodesOf(root)]
    .filter((node) => node.kind === 'InvokeOperator' && node.need('Function').name === 'FileProfile')
    .map((node) => {
      const count = node.need('Function').need('ArgumentList').list('Expressions')[1];
      const value = count && literalValue(count.kind, count.raw, 0n);
      return diagnose('file-profile-limit', { count: typeof value === 'bigint' ? Number(value) : 100 }, spanOf(node, source));
    });

/** Functions that look something up which is not here. */
const withoutData = new Set(['geo_info_from_ip_address']);

const alwaysNull: Check = (root, source) =>
  [...nodesOf(root)]
    .filter((node) => node.kind === 'FunctionCallExpression' && withoutData.has(node.name))
    .map((node) => diagnose('always-null', { name: node.name }, spanOf(node, source)));

const checks: readonly Check[] = [takeBeforeWhere, joinWithoutKind, noTimeFilter, longLookBack, fileProfileLimit, alwaysNull];

/** The warnings that save a hunter from a wrong conclusion, in the order of the text. */
export function adviceOn(root: SyntaxNode, source: SourceText, schema: Schema): Diagnostic[] {
  return checks.flatMap((check) => check(root, source, schema)).sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
