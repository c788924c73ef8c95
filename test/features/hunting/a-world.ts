import { writeFile } from 'node:fs/promises';
import type { HuntingFailure } from '../../../src/defender/hunting/hunting-failure';
import type { HuntingAnswer, HuntingCall, HuntingProvider } from '../../../src/defender/hunting/provider';
import type { Column } from '../../../src/kql/schema';

/** What the next call suffers; `cut` answers with fewer rows and no word about it, as a service at its limit does. */
export type Trouble =
  'none' | '429' | '429-long' | '500' | 'reset' | 'truncated' | 'slow' | 'forbidden' | 'token' | 'claims' | 'cut' | 'hang';

const failures: Readonly<Partial<Record<Trouble, HuntingFailure>>> = {
  '429': { kind: 'quota', transient: false, status: 429, retryAfterSeconds: 1 },
  '429-long': { kind: 'quota', transient: false, status: 429, retryAfterSeconds: 3_600 },
  '500': { kind: 'service', transient: true, status: 500, requestId: 'r-500' },
  reset: { kind: 'network', transient: true },
  truncated: { kind: 'unreadable', transient: true },
  slow: { kind: 'time', transient: false, status: 504 },
  forbidden: { kind: 'forbidden', transient: false, status: 403 },
  token: { kind: 'token', transient: false, status: 401 },
  claims: { kind: 'token', transient: false, status: 401, claims: '{"access_token":{}}' },
};

export interface Event {
  readonly time: string;
  readonly id: number;
}

const columns: readonly Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'Id', type: 'long' },
];

const bound = (query: string, operator: '>=' | '<=' | '<'): string | undefined =>
  new RegExp(`Timestamp ${operator} datetime\\(([^)]+)\\)`).exec(query)?.[1]?.replace(/(\.\d{3})Z$/, '$10000Z');

/** The events of a tenant that a call asks for: the run's window, and the bounds that a time slice writes into its query. */
export const asked = (events: readonly Event[], { query, window }: Pick<HuntingCall, 'query' | 'window'>): readonly Event[] => {
  const [from, until, to] = [bound(query, '>='), bound(query, '<'), bound(query, '<=')];
  const wide = (time: string): string => time.replace(/(\.\d{3})Z$/, '$10000Z');
  return events.filter(
    ({ time }) =>
      time >= wide(window.from) &&
      time < wide(window.to) &&
      (from === undefined || time >= from) &&
      (until === undefined || time < until) &&
      (to === undefined || time <= to),
  );
};

export interface World {
  readonly provider: HuntingProvider;
  readonly calls: HuntingCall[];
  /** The calls to come, first in first out; afterwards nothing is wrong. */
  readonly troubles: Trouble[];
  readonly events: Map<string, readonly Event[]>;
}

const untilAborted = (signal: AbortSignal): Promise<HuntingAnswer> =>
  new Promise((resolve) => {
    const end = (): void => resolve({ ok: false, failure: { kind: 'cancelled', transient: false } });
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });

/** A hunting service over a list of events, with a row limit and a list of troubles; the token tells the tenant. */
export const aWorld = (options: { readonly rowLimit: number; readonly cutTo?: number }): World => {
  const calls: HuntingCall[] = [];
  const troubles: Trouble[] = [];
  const events = new Map<string, readonly Event[]>();

  const write = async (call: HuntingCall, rows: readonly string[], names: readonly Column[]): Promise<HuntingAnswer> => {
    const lead = call.tenant ? `${JSON.stringify(call.tenant.name)},${JSON.stringify(call.tenant.id)},` : '';
    await writeFile(call.to, rows.map((row) => `[${lead}${row}]\n`).join(''));
    const mark: readonly Column[] = call.tenant
      ? [
          { name: 'TenantName', type: 'string' },
          { name: 'TenantId', type: 'string' },
        ]
      : [];
    return {
      ok: true,
      columns: [...mark, ...names],
      rows: rows.length,
      bytes: rows.length * 40,
      unknownKeys: 0,
      more: false,
      requestId: `r-${calls.length}`,
    };
  };

  const run = async (call: HuntingCall): Promise<HuntingAnswer> => {
    calls.push(call);
    const trouble = troubles.shift() ?? 'none';
    if (trouble === 'hang') return untilAborted(call.signal);
    const failure = failures[trouble];
    if (failure) return { ok: false, failure };
    const matching = asked(events.get(call.token) ?? [], call);
    if (call.query.endsWith('| count')) return write(call, [String(matching.length)], [{ name: 'Count', type: 'long' }]);
    const cut = trouble === 'cut' ? (options.cutTo ?? 10) : options.rowLimit;
    return write(
      call,
      matching.slice(0, cut).map(({ time, id }) => `"${time}",${id}`),
      columns,
    );
  };
  return { provider: Object.freeze({ resource: 'graph' as const, appliesWindow: true, run }), calls, troubles, events };
};
