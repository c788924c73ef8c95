import { visible } from '../kept/cell-view';
import { kqlString } from './kql-condition';
import type { TreeView } from './grid-view';
import { jsonEntries } from './json-entries';

const mostNodes = 2_000;
const deepest = 40;
const longestText = 2_000;

const step = (key: string | number): string => {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${kqlString(key)}]`;
};

const leaf = (json: string): string => visible(json.length > longestText ? `${json.slice(0, longestText)}…` : json);

const childrenOf = (json: string, path: string, budget: { nodes: number; depth: number }): TreeView[] => {
  if (budget.depth >= deepest) return [];
  return jsonEntries(json).flatMap(([key, value]) => {
    if (budget.nodes >= mostNodes) return [];
    budget.nodes += 1;
    return [nodeOf({ key, json: value, path: path + step(key) }, budget)];
  });
};

const nodeOf = (
  { key, json, path }: { key: string | number; json: string; path: string },
  budget: { nodes: number; depth: number },
): TreeView => {
  const compound = json.startsWith('{') || json.startsWith('[');
  budget.depth += 1;
  const children = compound ? childrenOf(json, path, budget) : [];
  budget.depth -= 1;
  return { key: visible(String(key)), path: visible(path), text: compound && children.length > 0 ? null : leaf(json), children };
};

/** JSON kept as text in a string column (as `AdditionalFields` is) also unfolds; KQL reaches it through parse_json. */
const insideText = (json: string): string | null => {
  if (!json.startsWith('"')) return null;
  const text = (JSON.parse(json) as string).trim();
  if (!/^[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
};

/**
 * The tree of one wire-form value, digit for digit, with the KQL path to every node; empty for plain values. `name` is the
 * column as KQL names it.
 */
export const dynamicTree = (json: string, name: string): TreeView[] => {
  const text = insideText(json);
  const root = text ?? json;
  if (!root.startsWith('{') && !root.startsWith('[')) return [];
  return childrenOf(root, text === null ? name : `parse_json(${name})`, { nodes: 0, depth: 0 });
};
