import type { Column } from '../../../kql/schema';
import type { RunWithSlices } from '../runs/run-store';
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
 * The run's query, with the condition that `add` names (`<column position>.<is|not>.<value in wire form>`) as its last
 * step. What is no such thing leaves the query as it was: opening a link never fails for it, and never runs anything.
 */
export const conditionFor = ({ run }: RunWithSlices, columns: readonly Column[], add: string | undefined): string => {
  const [, position, test, json = ''] = /^(\d{1,5})\.(is|not)\.([\s\S]*)$/.exec(add ?? '') ?? [];
  const column = position === undefined ? undefined : columns[Number(position)];
  if (!column || !isJson(json)) return run.query;
  return withCondition(run.query, kqlCondition(column, json, test === 'not'));
};
