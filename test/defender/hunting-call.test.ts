import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createGraphHunting } from '../../src/defender/hunting/graph-hunting';
import { readRetryAfter } from '../../src/defender/hunting/hunting-failure';
import { createLegacyHunting } from '../../src/defender/hunting/legacy-hunting';
import type { HuntingAnswer, HuntingProvider } from '../../src/defender/hunting/provider';
import { createUpstream } from '../../src/defender/upstream/upstream';
import { aFolder } from '../support/a-folder';
import { aService, json, type ReceivedCall } from './a-service';

const whole = { schema: [{ name: 'a', type: 'Int64' }], results: [{ a: 1 }, { a: 2 }] };

const folder = aFolder();
/** Never reached, however busy the machine. */
const minute = 60_000;

interface Asking {
  readonly answer: (call: ReceivedCall, res: ServerResponse) => void;
  readonly provider?: (upstream: ReturnType<typeof createUpstream>, url: string) => HuntingProvider;
  readonly signal?: AbortSignal;
  readonly deadlines?: Partial<Parameters<typeof createUpstream>[0]>;
}

/** Asks a service once; resolves with what the provider made of it, what the service saw, and the file's text. */
const ask = async ({ answer, provider = createGraphHunting, signal, deadlines }: Asking) => {
  const service = await aService(answer);
  const upstream = createUpstream({ connect: minute, headers: minute, idle: minute, total: minute, ...deadlines });
  const to = join(folder, 'rows');
  try {
    const found: HuntingAnswer = await provider(upstream, service.url).run({
      token: 'secret',
      query: 'T | take 2',
      window: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
      clientRequestId: 'ours',
      to,
      signal: signal ?? new AbortController().signal,
    });
    const failure = found.ok ? undefined : found.failure;
    return { found, failure, calls: service.calls, text: await readFile(to, 'utf8').catch(() => '') };
  } finally {
    await upstream.close();
    await service.close();
  }
};

describe('Microsoft Graph', () => {
  it('is sent query, window and token, and its rows are on disk', async () => {
    const { found, calls, text } = await ask({ answer: (_call, res) => json(res, 200, whole, { 'request-id': 'r-1' }) });
    expect(found).toMatchObject({ ok: true, rows: 2, requestId: 'r-1', columns: [{ name: 'a', type: 'long' }] });
    expect(text).toBe('[1]\n[2]\n');
    expect(calls[0]?.url).toBe('/v1.0/security/runHuntingQuery');
    expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'client-request-id': 'ours' });
    expect(JSON.parse(calls[0]!.body)).toEqual({ Query: 'T | take 2', Timespan: '2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z' });
  });
});

describe('the older services', () => {
  it.each([
    ['xdr', '/api/advancedhunting/run'],
    ['mde', '/api/advancedqueries/run'],
  ] as const)('%s is sent the query alone', async (resource, path) => {
    const provider: Asking['provider'] = (upstream, baseUrl) => createLegacyHunting(upstream, { resource, baseUrl });
    const body = { Schema: [{ Name: 'a', Type: 'Int64' }], Results: [{ a: 1 }], Stats: { ExecutionTime: 0.5 } };
    const { found, calls } = await ask({ provider, answer: (_call, res) => json(res, 200, body) });
    expect(found).toMatchObject({ ok: true, rows: 1, serviceSeconds: 0.5 });
    expect(calls[0]?.url).toBe(path);
    expect(JSON.parse(calls[0]!.body)).toEqual({ Query: 'T | take 2' });
  });
});

describe('a failure', () => {
  it.each([
    [
      400,
      { code: 'BadRequest', message: "Failed to resolve column 'X'" },
      { kind: 'query', transient: false, serviceText: "Failed to resolve column 'X'" },
    ],
    [
      400,
      { code: 'BadRequest', message: 'Query execution has exceeded the allowed result size. Optimize' },
      { kind: 'size', transient: false },
    ],
    [403, { code: 'Forbidden', message: 'no' }, { kind: 'forbidden', transient: false }],
    [404, { code: 'NotFound', message: 'no' }, { kind: 'missing', transient: false }],
    [500, { code: 'InternalServerError', message: '' }, { kind: 'service', transient: true, status: 500 }],
    [504, { code: 'UnknownError', message: '', innerError: { 'request-id': 'g-1' } }, { kind: 'time', transient: true, requestId: 'g-1' }],
    [403, { code: 'Forbidden', message: 'no', target: 'm-1' }, { kind: 'forbidden', requestId: 'm-1' }],
  ])('%d is told for what it is', async (status, error, expected) => {
    expect((await ask({ answer: (_call, res) => json(res, status, { error }) })).failure).toMatchObject(expected);
  });

  it('of quota carries the wait', async () => {
    const { failure } = await ask({
      answer: (_call, res) => json(res, 429, { error: { code: '429', message: 'quota' } }, { 'retry-after': '17' }),
    });
    expect(failure).toMatchObject({ kind: 'quota', retryAfterSeconds: 17 });
  });

  it('of a token carries the claims that are asked for', async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1' } } });
    const header = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    const { failure } = await ask({
      answer: (_call, res) => json(res, 401, { error: { code: 'InvalidAuthenticationToken' } }, { 'www-authenticate': header }),
    });
    expect(failure).toMatchObject({ kind: 'token', claims });
  });

  it('is an answer in HTML, with status 200 or 503', async () => {
    const html = (status: number) => (_call: ReceivedCall, res: ServerResponse) =>
      void res.writeHead(status, { 'content-type': 'text/html' }).end('<html>');
    expect((await ask({ answer: html(200) })).failure).toMatchObject({ kind: 'unreadable', code: 'not-json' });
    expect((await ask({ answer: html(503) })).failure).toMatchObject({ kind: 'service', transient: true });
  });

  it('is a redirect: the token travels nowhere else', async () => {
    const { failure, calls } = await ask({ answer: (_call, res) => void res.writeHead(302, { location: '/elsewhere' }).end() });
    expect(failure).toMatchObject({ kind: 'service', status: 302 });
    expect(calls).toHaveLength(1);
  });

  it('is a body cut short, with or without a right length', async () => {
    const half = JSON.stringify(whole).slice(0, -20);
    const polite = (_call: ReceivedCall, res: ServerResponse) => void res.writeHead(200, { 'content-type': 'application/json' }).end(half);
    const broken = (_call: ReceivedCall, res: ServerResponse): void => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      res.write(half, () => res.socket?.destroy());
    };
    expect((await ask({ answer: polite })).failure).toMatchObject({ kind: 'unreadable', transient: true });
    expect((await ask({ answer: broken })).failure).toMatchObject({ kind: 'network', transient: true });
  });

  it('is silence, before the headers and inside the body', async () => {
    const never = (): void => undefined;
    const stalls = (_call: ReceivedCall, res: ServerResponse) =>
      void res.writeHead(200, { 'content-type': 'application/json' }).write('{"schema":');
    expect((await ask({ answer: never, deadlines: { headers: 100 } })).failure).toMatchObject({ kind: 'time', code: 'slow-headers' });
    expect((await ask({ answer: stalls, deadlines: { idle: 100 } })).failure).toMatchObject({ kind: 'time', code: 'stalled' });
    expect((await ask({ answer: stalls, deadlines: { total: 100 } })).failure).toMatchObject({ kind: 'time', code: 'slow-total' });
  });

  it('is ours when we hang up', async () => {
    const leaving = new AbortController();
    const answer = (): void => leaving.abort();
    expect((await ask({ answer, signal: leaving.signal })).failure).toMatchObject({ kind: 'cancelled' });
  });

  it('is no connection', async () => {
    const provider: Asking['provider'] = (upstream) => createGraphHunting(upstream, 'http://127.0.0.1:1');
    expect((await ask({ provider, answer: () => undefined })).failure).toMatchObject({ kind: 'network', code: 'unsent', transient: true });
  });
});

describe('Retry-After', () => {
  it('is read as seconds or as a date', () => {
    expect(readRetryAfter('12')).toBe(12);
    expect(readRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', Date.parse('2026-01-01T00:00:00Z'))).toBe(60);
    expect(readRetryAfter('soon')).toBeUndefined();
    expect(readRetryAfter(undefined)).toBeUndefined();
  });
});
