import type { TenantFacts } from './board-facts';
import type { CheckResult } from './check-store';
import { testCall } from './check-tables.data';
import type { Mark } from './consent-rows';
import { moment } from './moment';

/** One table of an organization, as the person's own calls found it. */
export interface TableRow {
  readonly name: string;
  readonly state: string;
  readonly mark: Mark;
  readonly detail: string;
  readonly answers: boolean;
}

const outcomes = {
  rows: { state: 'answers', mark: 'good', answers: true, says: 'it has rows' },
  empty: { state: 'answers, empty', mark: 'good', answers: true, says: 'no rows in the last day, or none that you may see' },
  absent: {
    state: 'not there',
    mark: 'warn',
    answers: false,
    says: 'the service does not know this table here (licence, or a product that is not set up)',
  },
  refused: { state: 'refused', mark: 'bad', answers: false, says: 'you may not ask: a Defender role or the consent is missing' },
  failed: { state: 'no answer', mark: 'bad', answers: false, says: 'the call brought no answer' },
} as const;

/** A process that ended took its check with it. */
const longestMs = 5 * 60_000;

export const checkedRow = ({ table, outcome, at, code, requestId }: CheckResult, now = Date.now()): TableRow => {
  const name = table;
  if (outcome === 'waiting') {
    const lost = at < now - longestMs;
    const detail = lost ? `The check of ${moment(at)} was interrupted; start it again.` : 'The answer is on its way.';
    return { name, state: lost ? 'interrupted' : 'asked', mark: lost ? 'warn' : '', detail, answers: false };
  }
  const { state, mark, answers, says } = outcomes[outcome];
  const ids = [code, requestId && `request id ${requestId}`].filter(Boolean).join(', ');
  return { name, state, mark, answers, detail: `${moment(at)}: ${says}${ids ? ` (${ids})` : ''}.` };
};

/** The newest word on each table: the person's check, or a run of theirs that it answered since. */
export const tableRows = ({ checks, hunting }: Pick<TenantFacts, 'checks' | 'hunting'>): readonly TableRow[] => {
  const rows = new Map<string, { readonly at: number; readonly row: TableRow }>();
  for (const check of checks) if (check.table !== testCall) rows.set(check.table, { at: check.at, row: checkedRow(check) });
  for (const { name, at } of hunting.tables) {
    if ((rows.get(name)?.at ?? 0) >= at) continue;
    rows.set(name, {
      at,
      row: { name, state: 'answers', mark: 'good', answers: true, detail: `${moment(at)}: answered a query of yours.` },
    });
  }
  return [...rows.values()].map(({ row }) => row).sort((a, b) => (a.name < b.name ? -1 : 1));
};
