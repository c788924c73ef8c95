import type { SignedInUser } from '../../http/current-user';
import { visible } from '../../http/visible-text';
import { actionLabels } from './actions.data';
import { momentText } from './moment-text';
import { countText, factsOf, verdictOf } from './present-facts';
import { queryStringOf, type AuditAddress } from './schema';
import type { AuditRecord } from './seal';
import type { Scope } from './scope';
import type { Summary } from './trail';
import type { ChainVerdict } from './verify';
import type { AuditCheckView, AuditFilters, AuditRow, AuditView } from './views';

export interface Reading {
  readonly user: SignedInUser;
  readonly scope: Scope;
  readonly address: AuditAddress;
  readonly records: readonly AuditRecord[];
  /** The next page is what stands before this record; null: there is nothing. */
  readonly older: number | null;
  /** Whether a page that is not full shows all there is: a long search ends before. */
  readonly whole: boolean;
  /** The texts of the runs among the records. */
  readonly queries: ReadonlyMap<string, string>;
  /** Names of people whose records have none, by object id. */
  readonly names: ReadonlyMap<string, string>;
  readonly summary: Summary;
  readonly verdict?: ChainVerdict;
}

/** Longer texts are folded. */
const shortText = 160;

const some = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;

const summaryText = ({ people, queries, rowsShown, rowsExported, exports }: Summary, everybody: boolean, organization: string): string => {
  if (!everybody) return `In the last 30 days you ran ${some(queries, 'query', 'queries')} and took rows out ${some(exports, 'time')}.`;
  if (people === 0) return `In the last 30 days nothing was run on the data of ${organization}.`;
  const who = some(people, 'person', 'people');
  return (
    `In the last 30 days ${who} ran ${some(queries, 'query', 'queries')} on the data of ${organization}: ` +
    `${some(rowsShown, 'row')} came back, and ${some(rowsExported, 'row')} left in ${some(exports, 'export')}.`
  );
};

const scopeText = (everybody: boolean, organization: string): string =>
  everybody
    ? `Everything that was done in ${organization} and on its data, by its own people and by others.`
    : `What you did yourself. An administrator of ${organization} sees everything that was done there.`;

const queryOf = (text: string | null | undefined): AuditRow['query'] => {
  if (text == null) return null;
  const line = text.trim().replace(/\s+/g, ' ');
  const firstLine = `${visible(line.slice(0, shortText))}${line.length > shortText ? '…' : ''}`;
  return { text: visible(text), firstLine, long: text.trim().length > shortText || text.trim().includes('\n') };
};

const whoOf = ({ actor_name, actor_username, actor_object_id: id }: AuditRecord, names: Reading['names']): string =>
  visible(actor_name ?? names.get(id ?? '') ?? actor_username ?? id ?? 'Nobody who is known');

const rowView = (record: AuditRecord, { user, address, queries, names }: Reading): AuditRow => {
  const runId = record.run_id;
  const own = record.actor_tenant_id === user.tenantId && record.actor_object_id === user.objectId;
  return {
    seq: String(record.seq),
    time: momentText(record.at),
    datetime: new Date(record.at).toISOString(),
    who: whoOf(record, names),
    username: visible(record.actor_username ?? ''),
    action: record.action,
    label: actionLabels[record.action] ?? visible(record.action),
    facts: factsOf(record),
    verdict: verdictOf(record),
    query: queryOf(record.query ?? (runId === null ? null : queries.get(runId))),
    runHref: own && runId !== null ? `/hunting/runs/${encodeURIComponent(runId)}` : null,
    sameRunHref: runId === null || address.run === runId ? null : `/audit${queryStringOf({ run: runId })}`,
  };
};

const filtersOf = ({ person, action, text, from, to, run }: AuditAddress): AuditFilters => {
  const known = Object.entries(actionLabels).map(([value, label]) => ({ value, label, selected: value === action }));
  const other = action !== undefined && !actionLabels[action] ? [{ value: action, label: action, selected: true }] : [];
  return {
    person: person ?? '',
    text: text ?? '',
    from: from ?? '',
    to: to ?? '',
    run: run ?? '',
    actions: [...known, ...other],
    active: [person, action, text, from, to, run].some((value) => value !== undefined),
  };
};

const checkOf = (verdict: ChainVerdict | undefined): AuditCheckView | null => {
  if (!verdict) return null;
  const { state, records, fault, lastAt, vouchedFor } = verdict;
  if (fault) {
    const when = fault.at === null ? '' : ` (${momentText(fault.at)})`;
    return {
      tone: state === 'unsure' ? 'warn' : 'bad',
      says: `Record ${fault.seq}${when} is the first that is not as it was written. ${fault.says}`,
    };
  }
  if (records === 0) return { tone: 'good', says: 'There is no record yet.' };
  const until = `${some(records, 'record')} until ${momentText(lastAt ?? 0)}`;
  if (state === 'unsure') return { tone: 'warn', says: `Unbroken: ${until}. No checkpoint outside the database vouches for its end.` };
  return {
    tone: 'good',
    says: `Unbroken: ${until}, each as it was written. Checkpoints outside the database vouch for them up to record ${vouchedFor}.`,
  };
};

/** The page of the trail. */
export const auditView = (reading: Reading): AuditView => {
  const { user, scope, address, records, older, whole, summary, verdict } = reading;
  const { before, ...search } = address;
  const everybody = scope.person === null;
  const query = queryStringOf(search);
  return {
    scope: scopeText(everybody, user.tenantName),
    summary: summaryText(summary, everybody, user.tenantName),
    everybody,
    filters: filtersOf(address),
    records: records.map((record) => rowView(record, reading)),
    csvHref: `/audit.csv${query}`,
    ndjsonHref: `/audit.ndjson${query}`,
    jsonHref: `/audit.json${queryStringOf(address)}`,
    newestHref: before === undefined ? null : `/audit${query}`,
    olderHref: older === null ? null : `/audit${queryStringOf({ ...search, before: older })}`,
    searchedTo: whole || older === null ? null : countText(older),
    checkAction: everybody ? '/audit/check' : null,
    check: checkOf(verdict),
  };
};
