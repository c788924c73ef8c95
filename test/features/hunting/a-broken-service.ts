import { createGraphHunting } from '../../../src/defender/hunting/graph-hunting';
import type { HuntingProvider } from '../../../src/defender/hunting/provider';
import { UpstreamFailure } from '../../../src/defender/upstream/upstream-failure';
import type { Upstream, UpstreamRequest, UpstreamResponse } from '../../../src/defender/upstream/upstream';
import { asked, type Event } from './a-world';

/** What one call suffers. `at` is a place in the body, from 0 (before its first byte) to 1 (before its last). */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: 401 | 403 | 429 | 500 | 504; readonly retryAfter?: number; readonly claims?: boolean }
  | { readonly kind: 'html' | 'unsent' | 'dies' }
  | { readonly kind: 'reset' | 'early-end' | 'noise' | 'stall'; readonly at: number }
  /** So many rows and not one more: without a word, or with a link to the next page. */
  | { readonly kind: 'cut'; readonly rows: number; readonly says: boolean };

/** How the service writes what it has; all of these are in use. */
export interface Manner {
  readonly schema: 'first' | 'last';
  readonly capitals: boolean;
  /** Bytes a piece of the body. */
  readonly piece: number;
}

export interface BrokenService {
  /** The service as one process calls it; once that has died, none of its calls is ever answered. */
  readonly asCalled: () => HuntingProvider;
  /** The calls to come, first in first out; afterwards nothing is wrong. */
  readonly faults: Fault[];
  /** Per tenant, as the run's truth has them. */
  readonly events: Map<string, readonly Event[]>;
  manner: Manner;
  calls: number;
  /** The process that called has died, and nobody took its place yet. */
  dead: boolean;
  /** Called as it dies. */
  onDeath: () => void;
  /** Lets the calls of dead processes end at last, and those that follow from it, so that a test can. */
  readonly bury: () => void;
  /** Called as each call arrives, with how many have. */
  onCall: (count: number) => void;
}

const response = (status: number, body: AsyncIterable<Buffer>, headers: Readonly<Record<string, string>> = {}): UpstreamResponse => {
  const all: Readonly<Record<string, string>> = { 'content-type': 'application/json', 'request-id': 'r-1', ...headers };
  return {
    status,
    header: (name) => all[name.toLowerCase()],
    mediaType: all['content-type']!,
    body,
    text: async () => {
      let text = '';
      for await (const piece of body) text += piece.toString();
      return text;
    },
  };
};

const failing = ({ status, retryAfter, claims }: Extract<Fault, { kind: 'status' }>): UpstreamResponse => {
  const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`;
  return response(status, once('{"error":{"code":"x","message":"no"}}'), {
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(claims ? { 'www-authenticate': challenge } : {}),
  });
};

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const envelope = (
  names: readonly { name: string; type: string }[],
  rows: readonly object[],
  { schema, capitals }: Manner,
  more: boolean,
) => {
  const [results, types] = capitals ? ['Results', 'Schema'] : ['results', 'schema'];
  const parts = [`"${types}":${JSON.stringify(names)}`, `"${results}":${JSON.stringify(rows)}`];
  if (schema === 'last') parts.reverse();
  if (more) parts.push('"@odata.nextLink":"https://graph.example/next"');
  return `{${parts.join(',')}}`;
};

/** The body in pieces, broken where the fault says. */
async function* sent(text: string, fault: Fault, { piece, signal }: { readonly piece: number; readonly signal: AbortSignal | undefined }) {
  const bytes = Buffer.from(text);
  const stop = 'at' in fault ? Math.floor(fault.at * (bytes.length - 1)) : bytes.length;
  for (let at = 0; at < stop; at += piece) yield bytes.subarray(at, Math.min(at + piece, stop));
  if (fault.kind === 'reset') throw new UpstreamFailure('broken');
  if (fault.kind === 'stall') {
    await until(signal, 1);
    throw new UpstreamFailure(signal?.aborted ? 'aborted' : 'stalled');
  }
  if (fault.kind === 'noise') yield Buffer.concat([Buffer.from([0]), bytes.subarray(stop)]);
}

/** A moment, or the end of the caller's patience. */
const until = (signal: AbortSignal | undefined, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/**
 * A hunting service in this process that answers over a list of events and breaks in every way a service, a proxy or a wire can.
 * Between it and the run stands the code that ships: provider, receiving, splitting, converting, judging. The token names the tenant.
 */
export const aBrokenService = ({ rowLimit }: { readonly rowLimit: number }): BrokenService => {
  const graves: (() => void)[] = [];
  const answer = (call: UpstreamRequest, fault: Fault): UpstreamResponse => {
    const { Query: query, Timespan: span } = JSON.parse(call.body!) as { Query: string; Timespan: string };
    const [from = '', to = ''] = span.split('/');
    const tenant = call.headers['authorization']!.slice('Bearer '.length);
    const found = asked(service.events.get(tenant) ?? [], { query, window: { from, to } });
    const counting = query.trimEnd().endsWith('| count');
    const most = fault.kind === 'cut' && !counting ? Math.min(fault.rows, rowLimit) : rowLimit;
    const rows = counting ? [{ Count: found.length }] : found.slice(0, most).map(({ time, id }) => ({ Timestamp: time, Id: id }));
    const names = counting
      ? [{ name: 'Count', type: 'Int64' }]
      : [
          { name: 'Timestamp', type: 'DateTime' },
          { name: 'Id', type: 'Int64' },
        ];
    const more = fault.kind === 'cut' && fault.says && rows.length < found.length;
    const text = envelope(names, rows, service.manner, more);
    return response(200, sent(text, fault, { piece: service.manner.piece, signal: call.signal }));
  };

  let buried = false;
  const never = (): Promise<UpstreamResponse> =>
    new Promise((_resolve, reject) => {
      const open = (): void => reject(new UpstreamFailure('aborted'));
      if (buried) open();
      else graves.push(open);
    });

  const take = async (call: UpstreamRequest): Promise<UpstreamResponse> => {
    service.calls += 1;
    const fault = service.faults.shift() ?? { kind: 'none' };
    service.onCall(service.calls);
    service.dead = fault.kind === 'dies';
    if (service.dead) {
      service.onDeath();
      return never();
    }
    if (call.signal?.aborted) throw new UpstreamFailure('aborted');
    if (fault.kind === 'unsent') throw new UpstreamFailure('unsent');
    if (fault.kind === 'html') return response(200, once('<!DOCTYPE html><title>Sorry</title>'), { 'content-type': 'text/html' });
    return fault.kind === 'status' ? failing(fault) : answer(call, fault);
  };

  const asCalled = (): HuntingProvider => {
    let died = false;
    const send = async (call: UpstreamRequest): Promise<UpstreamResponse> => {
      if (died) return never();
      const answered = take(call);
      died = service.dead;
      return answered;
    };
    return createGraphHunting({ send } satisfies Upstream, 'https://graph.example');
  };

  const service: BrokenService = {
    asCalled,
    faults: [],
    events: new Map(),
    manner: { schema: 'first', capitals: false, piece: 64 },
    calls: 0,
    dead: false,
    onDeath: () => undefined,
    bury: () => {
      buried = true;
      graves.splice(0).forEach((open) => open());
    },
    onCall: () => undefined,
  };
  return service;
};
