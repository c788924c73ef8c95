import { Router } from 'express';
import request from 'supertest';
import { healthRoutes } from '../../src/http/health';
import { createMetrics } from '../../src/http/metrics';
import { anApp } from '../support/an-app';

const never = (): Promise<never> => new Promise<never>(() => {});
const noSession = (): never => {
  throw new Error('the session was asked for');
};

describe('what the operator asks', () => {
  it.each<[string, Record<string, () => Promise<void>>, boolean, number]>([
    ['when every part answers', { database: () => Promise.resolve() }, false, 200],
    ['when a part fails', { database: () => Promise.resolve(), other: () => Promise.reject(new Error('secret detail')) }, false, 503],
    ['when a part does not answer', { database: never }, false, 503],
    ['when a stop was asked for', { database: () => Promise.resolve() }, true, 503],
  ])('is answered %s, before any session code and without details', async (_when, checks, stopping, status) => {
    const { app } = anApp({ health: healthRoutes({ checks, stopping: () => stopping }), session: [noSession] });
    const ready = await request(app).get('/readyz');
    expect(ready.status).toBe(status);
    expect(ready.text).toBe(status === 200 ? 'ready\n' : 'not ready\n');
    expect((await request(app).get('/healthz')).status).toBe(200);
  });

  it('counts requests by how they ended', async () => {
    const metrics = createMetrics();
    const health = Router().use(metrics.routes);
    const { app } = anApp({ accessLog: metrics.count, health, features: [Router().get('/a', (_req, res) => void res.send('a'))] });
    for (const path of ['/a', '/a', '/nowhere']) await request(app).get(path);
    const { text, headers } = await request(app).get('/metrics');
    metrics.stop();
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('quarry_requests_total{status="2xx"} 2\nquarry_requests_total{status="4xx"} 1\n');
    expect(text).toContain('quarry_request_seconds_count 3\n');
    expect(text).toMatch(/quarry_resident_memory_bytes \d{7,}\n/);
  });
});
