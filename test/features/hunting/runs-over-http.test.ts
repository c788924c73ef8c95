import { load } from 'cheerio';
import request from 'supertest';
import { aUser, anApp, origin, signedInAs } from '../../support/an-app';
import { aHunt, eventsBetween, tenants, type Hunt } from './a-hunt';
import { anAnalyst } from './an-analyst';
import type { RequestHandler } from 'express';

let hunt: Hunt;
afterEach(() => hunt.close());

const appFor = (session: readonly RequestHandler[]) => anApp({ session, features: [hunt.hunting.routes].flat() }).app;

const begin = async (overrides: Parameters<typeof aHunt>[0] = {}) => {
  hunt = await aHunt(overrides);
  hunt.world.events.set(tenants[0]!.tenantId, eventsBetween('2026-01-30T00:00:00Z', 150, 1_000));
  hunt.world.events.set(tenants[1]!.tenantId, eventsBetween('2026-01-30T00:00:00Z', 3, 1_000));
  return anAnalyst(hunt);
};

describe('the query form', () => {
  it('holds what is posted: query, time span and organizations', async () => {
    const { get } = await begin();
    const $ = load((await get('/hunting?query=T%20%7C%20take%201&timespan=P1D')).text);
    expect($('form#hunt textarea[name=query]').text().trim()).toBe('T | take 1');
    expect($('form#hunt select[name=timespan] option[selected]').attr('value')).toBe('P1D');
    expect(
      $('form#hunt input[name=tenants]')
        .map((_, input) => $(input).attr('value'))
        .get(),
    ).toEqual(tenants.map(({ tenantId }) => tenantId));
    expect($('form#hunt input[name=tenants][checked]')).toHaveLength(1);
    expect(hunt.world.calls).toHaveLength(0);
  });

  it('comes back with the text, line and column of a mistake, and no call is spent', async () => {
    const { post } = await begin();
    const answer = await post('/hunting/runs', { query: 'Events || take', timespan: 'P7D' });
    expect(answer.status).toBe(422);
    const $ = load(answer.text);
    expect($('textarea[name=query]').text()).toContain('Events || take');
    expect($('#diagnostics').text()).toContain('line 1, column 8');
    expect($('select[name=timespan] option[selected]').attr('value')).toBe('P7D');
    expect(hunt.world.calls).toHaveLength(0);
  });

  it('refuses an unknown name where our schema is the whole truth, and warns where it is not', async () => {
    const { post } = await begin();
    expect((await post('/hunting/runs', { query: 'Bogus' })).status).toBe(422);
    await hunt.close();
    const elsewhere = await begin({ knowsAllNames: false });
    const path = await elsewhere.run({ query: 'Bogus' });
    expect(load((await elsewhere.get(path)).text)('.diagnostic.warning').text()).toContain('No such table.');
  });

  it.each([
    ['no query', { query: '  ' }, 'Write a query first.'],
    ['a strange time span', { query: 'T', timespan: 'yesterday' }, 'Choose a time span'],
    ['an organization of somebody else', { query: 'T', tenants: '99999999-9999-4999-8999-999999999999' }, 'not connected'],
  ])('says what is wrong with %s', async (_what, form, words) => {
    const { post } = await begin();
    const answer = await post('/hunting/runs', form);
    expect(answer.status).toBe(422);
    expect(load(answer.text)('[role=alert]').text()).toContain(words);
  });

  it('keeps the text of somebody whose session has ended', async () => {
    await begin();
    const answer = await request(appFor([])).post('/hunting/runs').set('Origin', origin).type('form').send({ query: 'Events | take 7' });
    expect(answer.status).toBe(401);
    const $ = load(answer.text);
    expect($('textarea[name=query]').text()).toContain('Events | take 7');
    const target = new URL($('a[href^="/auth/signin"]').attr('href')!, origin).searchParams.get('return_to')!;
    expect(new URL(target, origin).searchParams.get('query')).toBe('Events | take 7');
    expect(hunt.world.calls).toHaveLength(0);
  });
});

describe('a run', () => {
  it('ends on a page with its ledger and its rows, a hundred at a time', async () => {
    const { get, run } = await begin();
    const path = await run({ query: 'Events', timespan: 'P7D' });
    const $ = load((await get(path)).text);
    expect($('#run').attr('data-state')).toBe('done');
    expect($('#ledger').attr('data-verdict')).toBe('complete');
    expect($('#ledger details').attr('open')).toBeUndefined();
    expect(
      $('table#results th[data-column]')
        .map((_, th) => $(th).attr('data-column'))
        .get(),
    ).toEqual(['Timestamp', 'Id']);
    expect($('table#results tbody tr')).toHaveLength(100);
    expect($('table#results time').first().attr('datetime')).toBe('2026-01-30T00:00:00.0000000Z');
    expect(load((await get(`${path}?page=2`)).text)('table#results tbody tr')).toHaveLength(50);
  });

  it('is told as JSON, with its results in wire form', async () => {
    const { get, run } = await begin();
    const path = await run({ query: 'Events | take 2', timespan: '2026-01-30/2026-01-31' });
    const { body } = await get(`${path}.json`);
    expect(body).toMatchObject({
      id: path.split('/').pop(),
      state: 'done',
      query: 'Events | take 2',
      window: { from: '2026-01-30T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' },
      tenants: [tenants[0]!.tenantId],
      ledger: {
        verdict: 'complete',
        tenants: [{ tenantId: tenants[0]!.tenantId, state: 'done', cut: null, error: null, requestId: 'r-1' }],
      },
    });
    const results = (await get(`${path}/results.json`)).body as { run: unknown; columns: unknown; rows: unknown[] };
    expect(results.run).toMatchObject({ id: path.split('/').pop() });
    expect(results.columns).toEqual([
      { name: 'Timestamp', type: 'datetime' },
      { name: 'Id', type: 'long' },
    ]);
    expect(results.rows[1]).toEqual(['2026-01-30T00:00:01.0000000Z', 1]);
  });

  it('over several organizations has their names in front of each row', async () => {
    const { get, run } = await begin();
    const path = await run({ query: 'Events', tenants: [tenants[0]!.tenantId, tenants[1]!.tenantId] });
    const { body } = (await get(`${path}/results.json`)) as { body: { columns: { name: string }[]; rows: unknown[][] } };
    expect(body.columns.map(({ name }) => name)).toEqual(['TenantName', 'TenantId', 'Timestamp', 'Id']);
    expect(body.rows).toHaveLength(153);
    expect(body.rows.at(-1)!.slice(0, 2)).toEqual(['Fabrikam', tenants[1]!.tenantId]);
  });

  it('that is not whole says so on the page, in JSON, in the file’s name, in a header and in words', async () => {
    const { get, run } = await begin();
    hunt.world.troubles.push('slow');
    const path = await run({ query: 'Events', tenants: [tenants[0]!.tenantId, tenants[1]!.tenantId] });
    const page = load((await get(path)).text);
    expect(page('#ledger').attr('data-verdict')).toBe('partial');
    expect(page('#ledger details').attr('open')).toBeDefined();
    expect(page('body').text()).not.toContain('Complete:');
    expect((await get(`${path}.json`)).body).toMatchObject({ complete: false, ledger: { verdict: 'partial' } });
    for (const format of ['csv', 'ndjson', 'json', 'parquet']) {
      const file = await get(`${path}/results.${format}`);
      expect(file.headers['content-disposition']).toContain('filename="incomplete-');
      expect(file.headers['x-result-complete']).toBe('false');
    }
    expect((await get(`${path}/ledger.json`)).body).toMatchObject({ complete: false });
  });

  it('is asked again only for what is missing', async () => {
    const { get, post, run } = await begin();
    hunt.world.troubles.push('forbidden');
    const path = await run({ query: 'Events', tenants: [tenants[0]!.tenantId, tenants[1]!.tenantId] });
    const before = hunt.world.calls.length;
    expect((await post(`${path}/retry`)).status).toBe(303);
    await hunt.hunting.executor.settled(path.split('/').pop()!);
    expect(hunt.world.calls.length - before).toBe(1);
    expect((await get(`${path}.json`)).body).toMatchObject({ rows: 153, ledger: { verdict: 'complete' } });
  });

  it('can be cancelled: nothing more is sent, and the page says what may still run', async () => {
    const { get, post } = await begin();
    hunt.world.troubles.push('hang', 'hang');
    const answer = await post('/hunting/runs', { query: 'Events', tenants: tenants.map(({ tenantId }) => tenantId) });
    const path = String(answer.headers['location']);
    while (hunt.world.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const running = await get(path);
    expect(
      load(running.text)('noscript meta[http-equiv=refresh], meta[http-equiv=refresh]').length +
        Number(running.text.includes('http-equiv="refresh"')),
    ).toBeGreaterThan(0);
    expect((await post(`${path}/cancel`)).status).toBe(303);
    const sent = hunt.world.calls.length;
    const $ = load((await get(path)).text);
    expect($('#run').attr('data-state')).toBe('cancelled');
    expect($('#ledger').attr('data-verdict')).toBe('partial');
    expect($('#ledger').text()).toContain('may still be working');
    expect(hunt.world.calls.length).toBe(sent);
  });

  it('belongs to its owner alone', async () => {
    const { run } = await begin();
    const path = await run({ query: 'Events' });
    const strangers = [aUser({ objectId: '99999999-2222-4222-8222-222222222222' }), aUser({ tenantId: tenants[1]!.tenantId })];
    for (const stranger of strangers) {
      const app = appFor([signedInAs(stranger)]);
      for (const suffix of ['', '.json', '/results.json', '/results.csv', '/ledger.json'])
        expect((await request(app).get(path + suffix)).status).toBe(404);
      const cancel = await request(app).post(`${path}/cancel`).set('Origin', origin).type('form').send({});
      expect(cancel.status).toBe(404);
      expect(load((await request(app).get('/hunting/history')).text)('#history tbody tr')).toHaveLength(0);
    }
  });

  it('whose service wants the person again offers to sign in and come back', async () => {
    const { get, run } = await begin();
    hunt.world.troubles.push('claims', 'claims');
    const path = await run({ query: 'Events' });
    const href = load((await get(path)).text)('#ledger a[href^="/auth/signin"]').attr('href')!;
    const parameters = new URL(href, origin).searchParams;
    expect(parameters.get('return_to')).toBe(path);
    expect(JSON.parse(Buffer.from(parameters.get('claims')!, 'base64url').toString())).toEqual({ access_token: {} });
  });
});

describe('kept rows', () => {
  it('are asked again at no cost, and their answer is never more whole than they are', async () => {
    const { get, post, run } = await begin();
    hunt.world.troubles.push('slow');
    const path = await run({ query: 'Events', tenants: [tenants[0]!.tenantId, tenants[1]!.tenantId] });
    const sent = hunt.world.calls.length;
    const answer = await post(`${path}/refine`, { query: 'Results | count' });
    expect(answer.status).toBe(303);
    const { body } = await get(`${String(answer.headers['location'])}.json`);
    expect(body).toMatchObject({ kind: 'refine', parentId: path.split('/').pop(), ledger: { verdict: 'partial' } });
    expect(hunt.world.calls.length).toBe(sent);
    const drawn = await post(`${path}/refine`, { query: 'Results | count | render columnchart' });
    const $ = load((await get(String(drawn.headers['location']))).text);
    expect($('section[aria-label="Advice on the query"]').text()).toContain('A note on the query.');
    expect($('#results-room').text()).toContain('A column chart needs a column of numbers');
    const bad = await post(`${path}/refine`, { query: 'Results | bad' });
    expect(bad.status).toBe(422);
    expect(load(bad.text)('form#refine textarea').text()).toContain('Results | bad');
  });
});

describe('a value of a cell', () => {
  it('comes whole, with what one can do with it', async () => {
    const { get, run } = await begin();
    const path = await run({ query: 'Events' });
    const { columns } = (await get(`${path}/results.json`)).body as { columns: { name: string }[] };
    const column = columns.findIndex(({ name }) => name === 'Name');
    const { body, status } = await get(`${path}/cell.json?row=1&column=${Math.max(0, column)}&tz=Asia%2FTokyo`);
    expect(status).toBe(200);
    expect((body as { actions: { label: string }[] }).actions.map(({ label }) => label)).toEqual([
      'Only this',
      'Without this',
      'Add to query',
      'Exclude in query',
    ]);
    const text = await get(`${path}/cell.txt?row=1&column=${Math.max(0, column)}`);
    expect(text.text).toBe(String((body as { value: string | null }).value ?? ''));
    expect(text.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    for (const address of ['row=1', 'row=1&column=99', 'row=9999999&column=0', 'column=0', 'row=1&column=x'])
      expect((await get(`${path}/cell.json?${address}`)).status).toBe(404);
  });

  it('becomes a condition of the query, over the same organizations', async () => {
    const { get, run } = await begin();
    const path = await run({ query: 'Events', tenants: tenants.map(({ tenantId }) => tenantId) });
    const $ = load((await get(`/hunting?${new URLSearchParams({ run: path.split('/').pop()!, add: '0.is.null' })}`)).text);
    expect($('#query').text()).toMatch(/^\n?Events\n\| where isnull\(/);
    expect($('input[name=tenants][checked]')).toHaveLength(tenants.length);
  });

  it('of a refined run becomes a question to its rows, and its query goes back to the rows it asked', async () => {
    const { get, post, run } = await begin();
    const path = await run({ query: 'Events' });
    const refined = String((await post(`${path}/refine`, { query: 'Results | count' })).headers['location']);
    const id = refined.split('/').pop()!;
    const add = await get(`/hunting?${new URLSearchParams({ run: id, add: '0.not.7' })}`);
    expect(add.headers['location']).toBe(`${refined}?add=0.not.7#refine-query`);
    expect(load((await get(`${refined}?add=0.not.7`)).text)('#refine-query').text()).toContain('Results\n| where Count != 7');
    const edit = await get(`/hunting?run=${id}`);
    expect(edit.headers['location']).toBe(`${path}?refine=${id}#refine-query`);
    expect(load((await get(`${path}?refine=${id}`)).text)('#refine-query').text()).toContain('Results | count');
  });
});

describe('the history', () => {
  it('lists every run, newest first', async () => {
    const { get, run } = await begin();
    await run({ query: 'Events | take 1' });
    hunt.clock.pass(1_000);
    await run({ query: 'Events | take 2' });
    const $ = load((await get('/hunting/history')).text);
    expect(
      $('#history tbody th')
        .map((_, th) => $(th).text().trim())
        .get(),
    ).toEqual(['Events | take 2', 'Events | take 1']);
  });

  it('says which part of a wrong address cannot be read, in words of ours', async () => {
    const { get } = await begin();
    const answer = await get('/hunting/history?before=abc');
    expect(answer.status).toBe(400);
    expect(load(answer.text)('main').text()).toContain('This address is not one of ours. What it says of before cannot be read.');
    expect(answer.text).not.toMatch(/NaN|Invalid input/);
  });
});
