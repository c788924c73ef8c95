import { moment } from '../board/moment';
import type { Told } from './disconnect-service';
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
  /** Whether everything is deleted. */
  readonly finished: boolean;
  readonly began: string;
  readonly ended: string;
  readonly lines: readonly (CountLine & { readonly left: string })[];
  readonly next: { readonly href: string; readonly label: string };
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

const text = (count: number): string => count.toLocaleString('en-US');

export const countLines = (counts: Counts): readonly CountLine[] => {
  const known = words.map(([name, what]) => ({ what, count: text(counts[name] ?? 0) }));
  const named = new Set(words.map(([name]) => name));
  const more = Object.entries(counts).filter(([name]) => !named.has(name));
  return [...known, ...more.map(([what, count]) => ({ what, count: text(count) }))];
};

/** What there was and what is left of it. `signedIn`: the reader has a session still. */
export const disconnectedView = ({ disconnection, left }: Told, signedIn: boolean): DisconnectedView => {
  const { name, counts, requestedAt, finishedAt } = disconnection;
  const remaining = countLines(Object.fromEntries(Object.keys(counts).map((key) => [key, left?.[key] ?? 0])));
  return {
    name,
    finished: finishedAt !== null,
    began: moment(requestedAt),
    ended: finishedAt === null ? '' : moment(finishedAt),
    lines: countLines(counts).map((line, index) => ({ ...line, left: remaining[index]?.count ?? '0' })),
    next: signedIn ? { href: '/tenants', label: 'To the organizations' } : { href: '/', label: 'To the start page' },
  };
};
