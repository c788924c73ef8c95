import type { Column } from '../../../kql/schema';
import type { Run } from '../runs/run';
import { kqlCondition, withCondition } from './kql-condition';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * A run's query, with the condition that `add` names (`<column position>.<is|not>.<value in wire form>`) as its last
 * step. What is no such thing leaves the query as it was: opening a link never fails for it, and never runs anything.
 */
export const conditionFor = (query: string, columns: readonly Column[], add: string | undefined): string => {
  const [, position, test, json = ''] = /^(\d{1,5})\.(is|not)\.([\s\S]*)$/.exec(add ?? '') ?? [];
  const column = position === undefined ? undefined : columns[Number(position)];
  if (!column || !isJson(json)) return query;
  return withCondition(query, kqlCondition(column, json, test === 'not'));
};

/**
 * Where the query of a run is edited that asked kept rows: such a query means nothing to the service. With a condition, the
 * rows of the run itself are asked; without one, its query comes back to the rows it asked.
 */
export const editRefinedHref = ({ id, parentId }: Run, add: string | undefined): string => {
  const change = new URLSearchParams(add === undefined ? { refine: id } : { add });
  return `/hunting/runs/${add === undefined && parentId !== null ? parentId : id}?${change.toString()}#refine-query`;
};
