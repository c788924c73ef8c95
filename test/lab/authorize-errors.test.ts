import type { Lab } from '../../src/lab/server';
import { aBrowser } from '../support/lab-browser';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, labRedirectUri } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
beforeAll(async () => {
  lab = await aRunningLab();
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

describe('shown by the lab itself, because the address to report to is not trusted', () => {
  test.each<[string, number, Record<string, string | undefined>, string?]>([
    ['an unknown client', 700016, { client_id: '00000000-0000-4000-8000-000000000000' }],
    ['no client', 900144, { client_id: undefined }],
    ['an unknown redirect URI', 50011, { redirect_uri: 'http://localhost:3000/elsewhere' }],
    ['a redirect URI with one more slash', 50011, { redirect_uri: `${labRedirectUri}/` }],
    ['a redirect URI with a query', 50011, { redirect_uri: `${labRedirectUri}?x=1` }],
    ['a redirect URI in other letters', 50011, { redirect_uri: labRedirectUri.replace('auth', 'Auth') }],
    ['a redirect URI on another port', 50011, { redirect_uri: labRedirectUri.replace(':3000', ':3001') }],
    ['a redirect URI with a user', 50011, { redirect_uri: labRedirectUri.replace('localhost', 'localhost@evil.example') }],
    ['a redirect URI with a fragment', 50011, { redirect_uri: `${labRedirectUri}#x` }],
    ['an unknown tenant', 90002, {}, 'nobody.example'],
    ['a tenant id of nobody', 90002, {}, '11111111-1111-4111-8111-111111111111'],
    ['personal accounts', 9002332, {}, 'consumers'],
  ])('%s: AADSTS%d', async (_what, code, changes, authority = 'organizations') => {
    const visit = await aBrowser().visit(client.authorizeUrl(changes, authority));
    expect(visit.status).toBe(400);
    expect(visit.location).toBeUndefined();
    expect(visit.$('.facts dd').first().text()).toBe(`AADSTS${code}`);
    expect(visit.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('reported to the app', () => {
  test.each<[string, string, number, Record<string, string | undefined>]>([
    ['no response type', 'invalid_request', 900144, { response_type: undefined }],
    ['an ID token from the front channel', 'unsupported_response_type', 700054, { response_type: 'code id_token' }],
    ['an unknown response type', 'unsupported_response_type', 70005, { response_type: 'magic' }],
    ['an unknown response mode', 'invalid_request', 70007, { response_mode: 'web_message' }],
    ['no scope', 'invalid_request', 900144, { scope: undefined }],
    ['a blank scope', 'invalid_scope', 70011, { scope: '  ' }],
    ['an unknown permission', 'invalid_scope', 70011, { scope: 'https://graph.microsoft.com/Everything.Do.All' }],
    ['an unknown bare permission', 'invalid_scope', 70011, { scope: 'openid Nothing.Read' }],
    ['an unknown resource', 'invalid_resource', 500011, { scope: 'https://api.example.com/Things.Read' }],
    [
      '.default beside named permissions',
      'invalid_scope',
      70011,
      { scope: 'https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read' },
    ],
    ['no PKCE', 'invalid_request', 9002325, { code_challenge: undefined }],
    ['plain PKCE', 'invalid_request', 501491, { code_challenge_method: 'plain' }],
    ['PKCE without a method, which means plain', 'invalid_request', 501491, { code_challenge_method: undefined }],
    ['a short challenge', 'invalid_request', 50147, { code_challenge: 'short' }],
    ['a challenge with padding', 'invalid_request', 50147, { code_challenge: `${'a'.repeat(42)}=` }],
    ['an unknown prompt', 'invalid_request', 90023, { prompt: 'please' }],
    ['the resource parameter of version 1', 'invalid_request', 901002, { resource: 'https://graph.microsoft.com' }],
    ['claims that are no JSON', 'invalid_request', 90023, { claims: '{' }],
    ['claims that are no object', 'invalid_request', 90023, { claims: '[]' }],
    ['nobody signed in, silently', 'login_required', 50058, { prompt: 'none' }],
  ])('%s: %s AADSTS%d', async (_what, error, code, changes) => {
    const visit = await aBrowser().visit(client.authorizeUrl(changes));
    expect(visit.status).toBe(302);
    expect(visit.location?.startsWith(`${labRedirectUri}?`)).toBe(true);
    const answer = client.answerOf(visit);
    expect(answer.get('error')).toBe(error);
    expect(answer.get('error_description')).toMatch(
      new RegExp(
        `^AADSTS${code}: .+ Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`,
      ),
    );
    expect(answer.get('state')).toBe('state-1');
    expect(answer.get('code')).toBeNull();
  });

  test('a repeated parameter', async () => {
    const visit = await aBrowser().visit(`${client.authorizeUrl()}&nonce=other`);
    expect(client.answerOf(visit).get('error_description')).toMatch(/^AADSTS9000411: /);
  });

  test('a repeated redirect URI or client is shown, not sent', async () => {
    for (const more of ['&redirect_uri=http%3A%2F%2Fevil.example', `&client_id=${lab.clientId}`]) {
      const visit = await aBrowser().visit(`${client.authorizeUrl()}${more}`);
      expect([visit.status, visit.location]).toEqual([400, undefined]);
    }
  });
});

describe('accounts that fail', () => {
  test.each([
    ['mfa@contoso.example', 'interaction_required', 50076],
    ['blocked@contoso.example', 'access_denied', 53003],
    ['unassigned@contoso.example', 'access_denied', 50105],
  ])('%s: %s AADSTS%d', async (username, error, code) => {
    const answer = client.answerOf(await client.signIn(username));
    expect([answer.get('error'), answer.get('error_description')?.split(':')[0], answer.get('state')]).toEqual([
      error,
      `AADSTS${code}`,
      'state-1',
    ]);
  });

  test('a disabled account is turned away by the lab, and not signed in', async () => {
    const browser = aBrowser();
    const visit = await client.signIn('disabled@contoso.example', { browser });
    expect(visit.$('main').text()).toContain('AADSTS50057');
    expect(browser.jar.size).toBe(0);
    const flow = visit.$('form[action$="/again"] input[name=flow]').attr('value') ?? '';
    const again = await fetch(`${lab.url}/organizations/again`, { method: 'POST', body: new URLSearchParams({ flow }) });
    expect(await again.text()).toContain('value="analyst@contoso.example"');
  });

  test.each(['noconsent@contoso.example', 'analyst@fabrikam.example'])(
    '%s needs an administrator, and may only go back',
    async (username) => {
      const browser = aBrowser();
      const visit = await client.signIn(username, { browser });
      expect(visit.$('h1').text()).toBe('Need admin approval');
      expect(visit.$('button[name=consent]').length).toBe(1);
      const answer = client.answerOf(await browser.press('consent', 'deny'));
      expect([answer.get('error'), answer.get('error_description')?.split(':')[0]]).toEqual(['access_denied', 'AADSTS90094']);
    },
  );

  test('pressing a button that the page does not have gives no consent', async () => {
    const browser = aBrowser();
    await client.signIn('noconsent@contoso.example', { browser });
    const flow = (await client.signIn('noconsent@contoso.example', { browser })).$('input[name=flow]').attr('value') ?? '';
    const response = await fetch(`${lab.url}/organizations/consent`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ flow, consent: 'accept', organization: '1' }),
    });
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied');
  });

  test('a person who is unknown in the tenant is told so by the lab', async () => {
    const visit = await client.signIn('admin@contoso.example', { authority: 'fabrikam.example' });
    expect(visit.status).toBe(400);
    expect(visit.$('main').text()).toContain('AADSTS50020');
  });

  test('declining goes back with access_denied and the subcode cancel', async () => {
    const browser = aBrowser();
    await browser.visit(client.authorizeUrl({ prompt: 'consent' }));
    await browser.press('account', 'admin@contoso.example');
    const answer = client.answerOf(await browser.press('consent', 'deny'));
    expect([answer.get('error'), answer.get('error_subcode'), answer.get('error_description')?.split(':')[0]]).toEqual([
      'access_denied',
      'cancel',
      'AADSTS65004',
    ]);
  });
});
