import type { Lab } from '../../../src/lab/server';
import type { ShortAnswer, ShortQuestion } from '../../../src/features/tenants/ports';
import { cookieHeader } from '../../support/a-sign-in';
import { aSigningInApp, type SigningInApp } from '../../support/a-signing-in-app';
import { aBrowser, type LabBrowser, type Visit } from '../../support/lab-browser';
import { walkAs } from '../../support/lab-walk';
import { aRunningLab, contosoId, fabrikamId, labSecret } from '../../support/running-lab';

let lab: Lab;
let quarry: SigningInApp;
let asked: string[];
let callsLeft: number;
let answer: (question: ShortQuestion) => Promise<ShortAnswer>;

const rows = (count: number): ShortAnswer => ({ ok: true, rows: count, requestId: 'request-1' });

beforeEach(async () => {
  asked = [];
  callsLeft = 45;
  answer = () => Promise.resolve(rows(1));
  quarry = await aSigningInApp({
    identity: async (baseUrl) => {
      lab = await aRunningLab({ LAB_REDIRECT_URIS: `${baseUrl}/auth/redirect,${baseUrl}/connect/done,${baseUrl}/` });
      return { authorityHost: lab.url, clientId: lab.clientId, clientSecret: labSecret };
    },
    hunting: {
      outlook: (tenantIds) => Promise.resolve(tenantIds.map(() => ({ callsLeft, of: 45, pausedMs: 0, workedMs: 0, workLeftMs: null }))),
      ask: (question) => {
        asked.push(question.query);
        return answer(question);
      },
    },
  });
});

afterEach(async () => {
  await quarry.close();
  await lab.stop();
});

const signedIn = async (account = 'analyst@contoso.example'): Promise<LabBrowser> => {
  const browser = aBrowser();
  await walkAs(browser, await browser.visit(`${quarry.baseUrl}/tenants`), account);
  return browser;
};

const check = (browser: LabBrowser, tenantId: string, what?: string): Promise<Response> =>
  fetch(`${quarry.baseUrl}/tenants/${tenantId}/check`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(what === undefined ? {} : { what }),
  });

const board = (browser: LabBrowser): Promise<Visit> => browser.visit(`${quarry.baseUrl}/tenants`);

const stateOf = (page: Visit, table: string): string => page.$(`tr[data-table="${table}"] .badge`).text();

describe('checking an organization', () => {
  it('costs what its button says, and asks each table for one row', async () => {
    const browser = await signedIn();
    expect((await board(browser)).$(`#tenant-${contosoId} form`).text()).toContain('Costs 8 calls (or 1)');
    expect(asked).toEqual([]);
    const response = await check(browser, contosoId, 'tables');
    expect([response.status, response.headers.get('location')]).toEqual([303, `/tenants#tenant-${contosoId}`]);
    expect(asked).toHaveLength(8);
    expect(asked).toContain('DeviceProcessEvents | take 1');
    expect(stateOf(await board(browser), 'DeviceProcessEvents')).toBe('answers');
    expect(quarry.events).toContainEqual(expect.objectContaining({ action: 'tenant-checked', tenantId: contosoId, code: 'tables' }));
  });

  it('keeps what each table said, for this person alone', async () => {
    answer = async ({ query }) => {
      if (query.startsWith('EmailEvents')) return { ok: false, code: 'query-refused', message: '', requestId: 'r-2' };
      if (query.startsWith('AlertInfo')) return { ok: false, code: 'forbidden', message: '', requestId: 'r-3' };
      if (query.startsWith('CloudAppEvents')) throw new Error('a fault of ours');
      return rows(query.startsWith('DeviceInfo') ? 0 : 1);
    };
    const browser = await signedIn();
    await check(browser, contosoId);
    const page = await board(browser);
    const states = ['DeviceInfo', 'DeviceLogonEvents', 'EmailEvents', 'AlertInfo', 'CloudAppEvents'].map((table) => stateOf(page, table));
    expect(states).toEqual(['answers, empty', 'answers', 'not there', 'refused', 'no answer']);
    expect(page.$('tr[data-table=EmailEvents]').text()).toContain('query-refused, request id r-2');
    expect(quarry.failures).toContainEqual(expect.objectContaining({ event: 'tenant-check-failed' }));
    const colleague = await signedIn('admin@contoso.example');
    expect((await board(colleague)).$('tr[data-table]')).toHaveLength(0);
  });

  it('makes one test call where that is all that is wanted', async () => {
    const browser = await signedIn();
    await check(browser, contosoId, 'call');
    expect(asked).toEqual(['print Answer = 1']);
    expect((await board(browser)).$(`#tenant-${contosoId} .pairs`).text()).toMatch(/Test call\s*answers/);
  });

  it('spends nothing where the budget does not reach', async () => {
    callsLeft = 7;
    const browser = await signedIn();
    const response = await check(browser, contosoId, 'tables');
    expect(response.status).toBe(429);
    expect(await response.text()).toContain('takes 7 more from Quarry in this minute');
    expect(asked).toEqual([]);
  });

  it('is under way once a person, and shown as such until it ends', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    answer = async () => {
      await held;
      return rows(1);
    };
    const browser = await signedIn();
    await Promise.all([check(browser, contosoId, 'call'), check(browser, contosoId, 'call')]);
    expect(asked).toHaveLength(1);
    const page = await board(browser);
    expect(page.$(`#tenant-${contosoId} [role=status]`).text()).toContain('checking');
    expect(page.$(`#tenant-${contosoId} form`)).toHaveLength(0);
    expect(page.$('noscript').html()).toContain('refresh');
    release();
    while ((await board(browser)).$(`#tenant-${contosoId} form`).length !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it.each([fabrikamId, 'nobody', '%2e%2e', '00000000-0000-4000-8000-000000000000'])(
    'asks nothing of %s, where the person may not act',
    async (id) => {
      const browser = await signedIn();
      expect((await check(browser, id)).status).toBe(404);
      expect(asked).toEqual([]);
    },
  );

  it('is for people who are signed in, and for forms of ours', async () => {
    expect((await check(aBrowser(), contosoId)).status).toBe(401);
    const browser = await signedIn();
    const foreign = await fetch(`${quarry.baseUrl}/tenants/${contosoId}/check`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookieHeader(browser), 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect(asked).toEqual([]);
  });
});
