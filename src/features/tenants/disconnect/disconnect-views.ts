import type { Counts } from './disconnection-store';

export interface CountLine {
  readonly what: string;
  readonly count: string;
}

/** `views/pages/tenants/disconnect.ejs`. */
export interface DisconnectView {
  readonly name: string;
  readonly tenantId: string;
  readonly own: boolean;
  readonly action: string;
  /** The connection that is meant. */
  readonly connectedAt: string;
  readonly lines: readonly CountLine[];
  readonly problem: string | null;
}

/** `views/pages/tenants/disconnected.ejs`. */
export interface DisconnectedView {
  readonly name: string;
  readonly lines: readonly CountLine[];
  readonly own: boolean;
}

/** In the order in which they are read; the names are those that each room counts by. */
const words: readonly (readonly [name: string, what: string])[] = [
  ['sessions', 'sessions of its people, with their tokens'],
  ['visits', 'sessions of guests, which lose their tokens for it'],
  ['runs', 'runs of its people: their queries, ledgers and kept rows'],
  ['refinedRuns', 'runs that others made from rows of it'],
  ['partsOfRuns', 'parts of runs in which others asked it beside other organizations'],
  ['rows', 'kept rows'],
  ['reach', 'notes of who could act in it'],
  ['notes', 'notes of its permissions and checks'],
  ['budgets', 'notes of calls made to its service'],
];

export const countLines = (counts: Counts): readonly CountLine[] => {
  const known = words.map(([name, what]) => ({ what, count: (counts[name] ?? 0).toLocaleString('en-US') }));
  const named = new Set(words.map(([name]) => name));
  const more = Object.entries(counts).filter(([name]) => !named.has(name));
  return [...known, ...more.map(([what, count]) => ({ what, count: count.toLocaleString('en-US') }))];
};
