import { visible } from '../kept/cell-view';
import { isPlainName, kqlString } from './kql-condition';
import type { TreeView } from './grid-view';
import { jsonEntries } from './json-entries';

const mostNodes = 2_000;
const deepest = 40;
const longestText = 2_000;

const step = (key: string | number): string => {
  if (typeof key === 'number') return `[${key}]`;
  return isPlainName(key) ? `.${key}` : `[${kqlString(key)}]`;
};

const leaf = (json: string): string => visible(json.length > longestText ? `${json.slice(0, longestText)}…` : json);

interface Budget {
  nodes: number;
  depth: number;
  /** Whether a node was left out. */
  spent: boolean;
}

const childrenOf = (json: string, path: string, budget: Budget): TreeView[] => {
  if (budget.depth >= deepest) return [];
  const most = mostNodes - budget.nodes;
  const entries = jsonEntries(json, most + 1);
  budget.spent ||= entries.length > most;
  return entries.slice(0, most).flatMap(([key, value]) => {
    if (budget.nodes >= mostNodes) {
      budget.spent = true;
      return [];
    }
    budget.nodes += 1;
    return [nodeOf({ key, json: value, path: path + step(key) }, budget)];
  });
};

const nodeOf = ({ key, json, path }: { key: string | number; json: string; path: string }, budget: Budget): TreeView => {
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
 * column as KQL names it. `note` says when the value has more than the tree.
 */
export const dynamicTree = (json: string, name: string): { readonly tree: TreeView[]; readonly note: string | null } => {
  const text = insideText(json);
  const root = text ?? json;
  if (!root.startsWith('{') && !root.startsWith('[')) return { tree: [], note: null };
  const budget = { nodes: 0, depth: 0, spent: false };
  const tree = childrenOf(root, text === null ? name : `parse_json(${name})`, budget);
  return { tree, note: budget.spent ? `The tree shows the first ${mostNodes.toLocaleString('en-US')} parts of this value.` : null };
};
