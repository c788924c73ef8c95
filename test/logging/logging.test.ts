import { Router } from 'express';
import request from 'supertest';
import { AppError } from '../../src/errors';
import { createLogging } from '../../src/logging';
import { anApp, aUser, signedInAs } from '../support/an-app';

const canary = 'canary-7f3a9c';
const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(canary.repeat(9)).toString('base64url')}.c2lnbmF0dXJl`;

const logged = () => {
  const lines: string[] = [];
  const logging = createLogging({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  return { logging, lines, text: () => lines.join(''), entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

const failing = (error: unknown): Router => {
  const router = Router();
  router.all('/runs/:id', () => {
    throw error;
  });
  return router;
};

describe('the log', () => {
  it('has one JSON line a request, of fields that are listed and no other', async () => {
    const { logging, entries } = logged();
    const router = Router().get('/runs/:id', (_req, res) => void res.send('ok'));
    const { app } = anApp({ accessLog: logging.accessLog(), session: [signedInAs(aUser())], features: [router] });
    const answer = await request(app).get('/runs/42?code=1');
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        event: 'request',
        requestId: answer.headers['x-request-id'],
        method: 'GET',
        route: '/runs/:id',
        status: 200,
        finished: true,
        milliseconds: expect.any(Number) as number,
        tenant: aUser().tenantId,
      },
    ]);
  });

  it.each<[string, unknown]>([
    [
      'a cause that quotes it',
      new AppError({ kind: 'upstream', code: 'token-refused', publicMessage: 'x', cause: new Error(`bad ${canary}`) }),
    ],
    [
      'a detail that carries a token',
      new AppError({ kind: 'bug', code: 'x', publicMessage: 'x', detail: { token, query: `T | where a == "${canary}"` } }),
    ],
    ['an error of a library', Object.assign(new TypeError(`Unexpected ${canary}`), { body: canary, code: token })],
    ['a cause of a cause', new Error('outer', { cause: new Error(canary, { cause: new Error(token) }) })],
    ['something thrown that is no error', canary],
    ['a name that is a message', Object.assign(new Error('x'), { code: canary.repeat(5) })],
  ])('never shows what a request or a failure carried: %s', async (_what, error) => {
    const { logging, text, entries } = logged();
    const { app } = anApp({ accessLog: logging.accessLog(), reportError: logging.reportError, features: [failing(error)] });
    await request(app)
      .post(`/runs/${canary}?code=${canary}&state=${token}`)
      .set({
        'Sec-Fetch-Site': 'same-origin',
        Cookie: `quarry=${canary}`,
        Authorization: `Bearer ${token}`,
        'User-Agent': canary,
        'X-Request-Id': canary,
      })
      .type('form')
      .send({ query: canary });
    expect(
      entries()
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['error', 'request']);
    expect(text()).not.toContain(canary);
    expect(text()).not.toContain('eyJ');
  });

  it('says enough to find the fault: kind, code, place and the chain of causes', () => {
    const { logging, entries } = logged();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new AppError({
      kind: 'upstream',
      code: 'hunting-down',
      publicMessage: 'x',
      detail: { status: 503, service: 'graph' },
      cause,
    });
    logging.reportError({ level: 'warn', error, requestId: 'r' });
    expect(entries()).toEqual([
      expect.objectContaining({
        level: 'warn',
        kind: 'upstream',
        code: 'hunting-down',
        detail: { status: 503, service: 'graph' },
        cause: expect.objectContaining({
          name: 'Error',
          code: 'ECONNREFUSED',
          at: expect.arrayContaining([expect.stringMatching(/logging\.test\.ts:\d+/)]) as string[],
        }) as object,
      }),
    ]);
  });

  it('stays one line whatever a path tries', async () => {
    const { logging, lines } = logged();
    const { app } = anApp({ accessLog: logging.accessLog(), reportError: logging.reportError });
    await request(app).get('/%0a%0d{"level":"fatal"}%1b[31m');
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/[\n\r\u001b]/);
      expect(() => JSON.parse(line) as unknown).not.toThrow();
      expect(line).not.toContain('fatal');
    }
  });
});
