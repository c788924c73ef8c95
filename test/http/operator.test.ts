import { Router } from 'express';
import request from 'supertest';
import { healthRoutes } from '../../src/http/health';
import { createLogging } from '../../src/logging';
import { createMetrics } from '../../src/http/metrics';
import { onPaths } from '../../src/http/on-path';
import { anApp } from '../support/an-app';

const never = (): Promise<never> => new Promise<never>(() => {});
const noSession = (): never => {
  throw new Error('the session was asked for');
};

describe('what the operator asks', () => {
  it.each<[string, Record<string, () => Promise<void>>, boolean, string]>([
    ['when every part answers', { database: () => Promise.resolve() }, false, 'ready\n'],
    [
      'when a part fails',
      { database: () => Promise.resolve(), lab: () => Promise.reject(new Error('secret detail')) },
      false,
      'not ready: lab\n',
    ],
    ['when a part does not answer', { database: never }, false, 'not ready: database\n'],
    ['when a stop was asked for', { database: () => Promise.resolve() }, true, 'not ready: stopping\n'],
  ])('is answered %s, before any session code and without details', async (_when, checks, stopping, text) => {
    const { app } = anApp({ health: onPaths(healthRoutes({ checks, stopping: () => stopping })), session: [noSession] });
    const ready = await request(app).get('/readyz');
    expect([ready.status, ready.text]).toEqual([text === 'ready\n' ? 200 : 503, text]);
    expect((await request(app).get('/healthz')).status).toBe(200);
  });

  it('counts requests by how they ended', async () => {
    const metrics = createMetrics();
    const { accessLog } = createLogging({ level: 'silent' });
    const health = onPaths(metrics.routes);
    const { app } = anApp({
      accessLog: accessLog(metrics.count),
      health,
      features: [Router().get('/a', (_req, res) => void res.send('a'))],
    });
    for (const path of ['/a', '/a', '/nowhere']) await request(app).get(path);
    const { text, headers } = await request(app).get('/metrics');
    metrics.stop();
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('quarry_requests_total{status="2xx"} 2\nquarry_requests_total{status="4xx"} 1\n');
    expect(text).toContain('quarry_request_seconds_count 3\n');
    expect(text).toMatch(/quarry_resident_memory_bytes \d{7,}\n/);
  });
});
