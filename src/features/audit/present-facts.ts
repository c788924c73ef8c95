import { visible } from '../../http/visible-text';
import type { AuditRecord } from './seal';
import type { AuditFact } from './views';

interface HuntedTenant {
  readonly name: string;
  readonly rows?: number;
  readonly verdict?: string;
}

type Facts = Readonly<Record<string, unknown>>;

export const countText = (count: number): string => count.toLocaleString('en-US');

const durationText = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

const longest = 300;

/** Names and codes come from elsewhere: what cannot be seen is marked, what is endless is cut. */
const readable = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return visible(text.length > longest ? `${text.slice(0, longest)}…` : text);
};

const tenantText = ({ name, rows, verdict }: HuntedTenant): string => {
  const outcome = [rows === undefined ? null : `${countText(rows)} rows`, verdict ?? null].filter((part) => part !== null);
  return outcome.length === 0 ? readable(name) : `${readable(name)} (${outcome.join(', ')})`;
};

const exportWords = ({ complete, madeOfSeveral }: Facts): readonly string[] => [
  complete === false ? 'broken off: at most so many rows left' : 'sent whole',
  ...(madeOfSeveral === true ? ['made of several organizations’ rows'] : []),
];

/** How single facts are said; null: it is said elsewhere, or to programs alone. */
const sayings: Readonly<Record<string, (value: unknown, facts: Facts) => AuditFact | null>> = {
  tenant: (value) => ({ name: 'Organization', value: readable(value) }),
  tenants: (value) => ({ name: 'Organizations', value: (value as readonly HuntedTenant[]).map(tenantText).join(', ') }),
  from: (value) => ({ name: 'From', value: readable(value) }),
  window: (value) => {
    const { from, to } = value as { from: string; to: string };
    return { name: 'Window', value: `${from.slice(0, 16).replace('T', ' ')} to ${to.slice(0, 16).replace('T', ' ')} UTC` };
  },
  durationMs: (value) => ({ name: 'Took', value: durationText(Number(value)) }),
  format: (value) => ({ name: 'Format', value: readable(value) }),
  complete: (_value, facts) => ({ name: 'Sent', value: exportWords(facts).join('; ') }),
  madeOfSeveral: () => null,
  state: (value) => (value === 'done' ? null : { name: 'State', value: readable(value) }),
  cut: (value) => (value === null ? null : { name: 'Cut by', value: readable(value) }),
  verdict: () => null,
  kind: (value) => (value === 'hunt' ? null : { name: 'Kind', value: value === 'explain' ? 'asks where rows were lost' : readable(value) }),
  again: (value) => ({ name: 'Again', value: value === 'retry' ? 'what was missing' : 'in time slices' }),
  provider: () => null,
  parent: () => null,
  rows: (value) => ({ name: 'Rows', value: countText(Number(value)) }),
  byRule: () => ({ name: 'By', value: 'Quarry, by its own rules' }),
  code: (value) => ({ name: 'Code', value: readable(value) }),
  why: (value) => ({ name: 'Why', value: value === 'retention' ? 'kept for as long as configured' : readable(value) }),
};

/** `partsOfRuns` is said as `Parts of runs`. */
const wordsOf = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
};

const factOf = ([name, value]: readonly [string, unknown], facts: Facts): AuditFact | null => {
  const say = sayings[name];
  if (say) return say(value, facts);
  return { name: wordsOf(name), value: readable(value) };
};

const rowsName: Readonly<Record<string, string>> = { 'hunt-finished': 'Rows', 'rows-exported': 'Rows that left' };

/** The facts of a record in words, the rows first. */
export const factsOf = (record: AuditRecord): readonly AuditFact[] => {
  const facts = JSON.parse(record.facts) as Facts;
  const name = rowsName[record.action];
  const rows =
    record.row_count === null || facts['tenants'] !== undefined ? [] : [{ name: name ?? 'Rows', value: countText(record.row_count) }];
  return [
    ...rows,
    ...Object.entries(facts)
      .map((fact) => factOf(fact, facts))
      .filter((fact) => fact !== null),
  ];
};

export const verdictOf = (record: AuditRecord): { text: string; tone: 'good' | 'warn' } | null => {
  const { verdict } = JSON.parse(record.facts) as Facts;
  return typeof verdict === 'string' ? { text: readable(verdict), tone: verdict === 'complete' ? 'good' : 'warn' } : null;
};
