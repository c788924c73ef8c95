import { Router } from 'express';
import request from 'supertest';
import { rateLimit } from '../../src/http/middleware/rate-limit';
import { anApp } from '../support/an-app';

const anAppWith = (options: { requests: number; trustedProxies?: number }) => {
  let now = 0;
  const limited = Router().use('/auth/signin', rateLimit({ requests: options.requests, perMs: 60_000, clock: () => now }));
  const features = [Router().get('/{*path}', (_req, res) => void res.send('ok'))];
  const { app } = anApp({ sessionless: [limited], features, trustedProxies: options.trustedProxies ?? 0 });
  const get = async (path: string, from?: string): Promise<number> =>
    (
      await request(app)
        .get(path)
        .set(from === undefined ? {} : { 'X-Forwarded-For': from })
    ).status;
  return { app, get, pass: (ms: number) => void (now += ms) };
};

describe('an address that signs in more often than people do', () => {
  it('is told to wait, and how long, before anything is looked up; other pages stay open to it', async () => {
    const { app, get, pass } = anAppWith({ requests: 3 });
    expect([await get('/auth/signin'), await get('/auth/signin'), await get('/auth/signin')]).toEqual([200, 200, 200]);
    const refused = await request(app).get('/auth/signin');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '20']);
    expect(refused.text).toContain('Wait a moment');
    expect(await get('/hunting')).toBe(200);
    pass(19_000);
    expect(await get('/auth/signin')).toBe(429);
    pass(1_000);
    expect([await get('/auth/signin'), await get('/auth/signin')]).toEqual([200, 429]);
  });

  it('is the one that the proxy names, where proxies are trusted; a /64 is one', async () => {
    const { get } = anAppWith({ requests: 1, trustedProxies: 1 });
    expect([await get('/auth/signin', '192.0.2.1'), await get('/auth/signin', '192.0.2.2')]).toEqual([200, 200]);
    expect(await get('/auth/signin', '192.0.2.1')).toBe(429);
    expect([await get('/auth/signin', '2001:db8:1:2::1'), await get('/auth/signin', '2001:db8:1:2:3::9')]).toEqual([200, 429]);
    expect(await get('/auth/signin', '2001:db8:1:3::1')).toBe(200);
  });

  it('cannot name another one where none is trusted', async () => {
    const { get } = anAppWith({ requests: 1 });
    expect([await get('/auth/signin', '192.0.2.1'), await get('/auth/signin', '192.0.2.2')]).toEqual([200, 429]);
  });
});
