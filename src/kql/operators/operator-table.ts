import { count } from './count';
import { datatable } from './datatable';
import { distinct } from './distinct';
import { extend, serialize } from './extend';
import type { OperatorRow } from './operator-row';
import { join, lookup } from './join';
import { mvExpand } from './mv-expand';
import { print } from './print';
import { project, projectAway, projectByNames, projectKeep, projectRename, projectReorder } from './project';
import { range } from './range';
import { sort, top } from './sort';
import { summarize } from './summarize';
import { sample, take } from './take';
import { union } from './union';
import { where } from './where';

/** Every operator this engine answers, by its SyntaxKind. */
export const operatorTable: Readonly<Record<string, OperatorRow>> = {
  CountOperator: count,
  DataTableExpression: datatable,
  DistinctOperator: distinct,
  ExtendOperator: extend,
  FilterOperator: where,
  JoinOperator: join,
  LookupOperator: lookup,
  MvExpandOperator: mvExpand,
  PrintOperator: print,
  ProjectAwayOperator: projectAway,
  ProjectByNamesOperator: projectByNames,
  ProjectKeepOperator: projectKeep,
  ProjectOperator: project,
  ProjectRenameOperator: projectRename,
  ProjectReorderOperator: projectReorder,
  RangeOperator: range,
  SampleOperator: sample,
  SerializeOperator: serialize,
  SortOperator: sort,
  SummarizeOperator: summarize,
  TakeOperator: take,
  TopOperator: top,
  UnionOperator: union,
};
