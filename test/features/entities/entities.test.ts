import { load } from 'cheerio';
import request from 'supertest';
import { entityKinds, readEntity } from '../../../src/features/entities/entity';
import { pivots } from '../../../src/features/entities/pivots.data';
import { entityRoutes } from '../../../src/features/entities/routes';
import { analyze } from '../../../src/kql';
import { huntingSchema } from '../../../src/kql/hunting-schema';
import { aUser, anApp, signedInAs } from '../../support/an-app';

const examples = {
  devices: 'A'.repeat(40),
  files: 'b'.repeat(64),
  users: "o'neil@contoso.example",
  domains: 'evil.example',
  ips: '203.0.113.9',
  alerts: 'da637551227677560813_-961444813',
} as const;

const appFor = (cloud: boolean) => anApp({ session: [signedInAs(aUser())], features: [entityRoutes({ cloud })] }).app;

describe('an entity page', () => {
  it.each(entityKinds)('offers questions about %s that bind against the hunting schema', (kind) => {
    for (const { query } of pivots[kind]) {
      const entity = readEntity(kind, examples[kind]);
      const { diagnostics } = analyze(query.replaceAll('{value}', entity?.value ?? ''), huntingSchema);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it.each(entityKinds)('of %s links to the query form, and runs nothing', async (kind) => {
    const answer = await request(appFor(true)).get(`/${kind}/${encodeURIComponent(examples[kind])}`);
    expect(answer.status).toBe(200);
    const $ = load(answer.text);
    expect($('main a.button').attr('href')).toMatch(/^\/hunting\?query=/);
    expect($('a[rel]').attr('href')).toMatch(/^https:\/\/security\.microsoft\.com\/.*tid=1{8}/);
  });

  it('names no page of Microsoft where the lab answers, and shows addresses defanged', async () => {
    const answer = await request(appFor(false)).get('/ips/203.0.113.9');
    expect(load(answer.text)('h1 + p').text()).toBe('203.0.113[.]9');
    expect(answer.text).not.toContain('security.microsoft.com');
  });

  it.each([
    ['devices', 'x'],
    ['files', `${'b'.repeat(64)}" or 1==1`],
    ['ips', '999.1.1.1'],
    ['users', 'a"b@c'],
    ['domains', 'a b.example'],
  ] as const)('refuses what is no value of %s: %s', async (kind, value) => {
    expect((await request(appFor(false)).get(`/${kind}/${encodeURIComponent(value)}`)).status).toBe(404);
  });
});
