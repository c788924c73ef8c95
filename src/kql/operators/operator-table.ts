import { count } from './count';
import { datatable } from './datatable';
import { distinct } from './distinct';
import { evaluate } from './evaluate';
import { extend, serialize } from './extend';
import type { OperatorRow } from './operator-row';
import { find } from './find';
import { graphMatch } from './graph/graph-match';
import { graphToTable } from './graph/graph-to-table';
import { makeGraph } from './graph/make-graph';
import { invoke } from './invoke';
import { join, lookup } from './join';
import { makeSeries } from './make-series';
import { mvApply } from './mv-apply';
import { mvExpand } from './mv-expand';
import { parse, parseWhere } from './parse';
import { parseKv } from './parse-kv';
import { partition } from './partition';
import { print } from './print';
import { project, projectAway, projectByNames, projectKeep, projectRename, projectReorder } from './project';
import { range } from './range';
import { scan } from './scan';
import { search } from './search';
import { as, assertSchema, getSchema, render, sampleDistinct } from './small-operators';
import { sort, top } from './sort';
import { summarize } from './summarize';
import { sample, take } from './take';
import { topNested } from './top-nested';
import { union } from './union';
import { where } from './where';

/** Every operator this engine answers, by its SyntaxKind. */
export const operatorTable: Readonly<Record<string, OperatorRow>> = {
  AsOperator: as,
  AssertSchemaOperator: assertSchema,
  CountOperator: count,
  DataTableExpression: datatable,
  DistinctOperator: distinct,
  EvaluateOperator: evaluate,
  ExtendOperator: extend,
  FilterOperator: where,
  FindOperator: find,
  GetSchemaOperator: getSchema,
  GraphMatchOperator: graphMatch,
  GraphToTableOperator: graphToTable,
  InvokeOperator: invoke,
  JoinOperator: join,
  LookupOperator: lookup,
  MakeGraphOperator: makeGraph,
  MakeSeriesOperator: makeSeries,
  MvApplyOperator: mvApply,
  MvExpandOperator: mvExpand,
  ParseKvOperator: parseKv,
  ParseOperator: parse,
  ParseWhereOperator: parseWhere,
  PartitionOperator: partition,
  PrintOperator: print,
  ProjectAwayOperator: projectAway,
  ProjectByNamesOperator: projectByNames,
  ProjectKeepOperator: projectKeep,
  ProjectOperator: project,
  ProjectRenameOperator: projectRename,
  ProjectReorderOperator: projectReorder,
  RangeOperator: range,
  RenderOperator: render,
  SampleDistinctOperator: sampleDistinct,
  SampleOperator: sample,
  ScanOperator: scan,
  SearchOperator: search,
  SerializeOperator: serialize,
  SortOperator: sort,
  SummarizeOperator: summarize,
  TakeOperator: take,
  TopNestedOperator: topNested,
  TopOperator: top,
  UnionOperator: union,
};
