import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HuntingAnswer, HuntingCall, HuntingProvider } from '../../../src/defender/hunting/provider';
import { AppError } from '../../../src/errors';
import type { Budget } from '../../../src/features/hunting/budget/budget';
import { createShortQuestion } from '../../../src/features/hunting/health/short-question';
import { createKeptFolder } from '../../../src/features/hunting/kept/kept-folder';
import { systemClock } from '../../../src/features/hunting/clock';
import type { TokenRequest } from '../../../src/features/hunting/ports';
import type { TenantId } from '../../../src/http/current-user';
import { aFolder } from '../../support/a-folder';
import { aUser } from '../../support/an-app';

const dataDir = aFolder();
const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001' as TenantId;

const answered = { ok: true, requestId: 'r-1', columns: [], rows: 1, bytes: 9, unknownKeys: 0, more: false } as unknown as HuntingAnswer;
const refused = (kind: string): HuntingAnswer =>
  ({ ok: false, failure: { kind, transient: false, requestId: 'r-2' } }) as unknown as HuntingAnswer;

/** The question over fakes that tell what they were asked. */
const aQuestion = (answer: HuntingAnswer, freshToken: () => Promise<{ token: string; expiresAt: Date }>) => {
  const calls: HuntingCall[] = [];
  const budgeted: string[] = [];
  const provider: HuntingProvider = {
    resource: 'graph',
    appliesWindow: true,
    run: (call) => {
      calls.push(call);
      writeFileSync(call.to, '[1]\n');
      return Promise.resolve(answer);
    },
  };
  const budget = {
    hold: (tenant: string, _signal: AbortSignal, work: () => Promise<unknown>) => (budgeted.push(`hold ${tenant}`), work()),
    call: (tenant: string, _signal: AbortSignal, { make }: { make: () => Promise<unknown> }) => (budgeted.push(`call ${tenant}`), make()),
    pause: (tenant: string, seconds: number) => Promise.resolve(void budgeted.push(`pause ${tenant} ${seconds}`)),
  } as unknown as Budget;
  const tokens = {
    acquire: ({ forceRefresh }: TokenRequest) =>
      forceRefresh ? freshToken() : Promise.resolve({ token: 'a-token', expiresAt: new Date() }),
  };
  const kept = createKeptFolder({ dataDir, leastFreeBytes: 0 });
  const ask = createShortQuestion({ provider, tokens, budget, kept, clock: systemClock });
  return { calls, budgeted, ask: () => ask({ user: aUser(), tenantId, query: 'print Answer = 1', signal: new AbortController().signal }) };
};

const token = () => Promise.resolve({ token: 'fresh', expiresAt: new Date() });

describe('a short question', () => {
  it('is one call out of the organization’s budget, and nothing of its answer is kept', async () => {
    const { calls, budgeted, ask } = aQuestion(answered, token);
    expect(await ask()).toEqual({ ok: true, rows: 1, requestId: 'r-1' });
    expect(budgeted).toEqual([`hold ${tenantId}`, `call ${tenantId}`]);
    expect(calls.map(({ query, token: sent }) => [query, sent])).toEqual([['print Answer = 1', 'a-token']]);
    expect(existsSync(calls[0]!.to)).toBe(false);
    expect(readdirSync(join(dataDir, 'runs'))).toEqual([]);
  });

  it.each([
    ['query', 'query-refused'],
    ['quota', 'throttled'],
    ['service', 'service-failed'],
    ['forbidden', 'forbidden'],
  ])('that ends in %s is answered with %s and not sent again', async (kind, code) => {
    const { calls, ask } = aQuestion(refused(kind), token);
    expect(await ask()).toMatchObject({ ok: false, code, requestId: 'r-2' });
    expect(calls).toHaveLength(1);
  });

  it('that is throttled leaves the organization alone for as long as it says', async () => {
    const throttled = { ok: false, failure: { kind: 'quota', transient: true, retryAfterSeconds: 7 } } as unknown as HuntingAnswer;
    const { budgeted, ask } = aQuestion(throttled, token);
    await ask();
    expect(budgeted.at(-1)).toBe(`pause ${tenantId} 7`);
  });

  it('that is forbidden asks for a fresh token, whose refusal tells of a withdrawn consent', async () => {
    const gone = new AppError({ kind: 'forbidden', code: 'reconnect-needed', publicMessage: 'Gone.', correlationId: 'c-1' });
    const { ask } = aQuestion(refused('forbidden'), () => Promise.reject(gone));
    expect(await ask()).toEqual({ ok: false, code: 'reconnect-needed', message: 'Gone.', requestId: 'c-1' });
  });

  it('passes a fault of ours on', async () => {
    const { ask } = aQuestion(refused('forbidden'), () => Promise.reject(new Error('a bug')));
    await expect(ask()).rejects.toThrow('a bug');
    expect(readdirSync(join(dataDir, 'runs'))).toEqual([]);
  });
});
