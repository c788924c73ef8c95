import { decodeJwt } from 'jose';
import { aBrowser } from '../support/lab-browser';
import { aRunningLab, aVerifier, contosoId, labRedirectUri, labSecret } from '../support/running-lab';
import type { Lab } from '../../src/lab/server';

let lab: Lab;
beforeAll(async () => (lab = await aRunningLab()));
afterAll(() => lab.stop());

const scope = 'openid profile offline_access https://graph.microsoft.com/ThreatHunting.Read.All';

test('signs an analyst in, from the account page over the consent page to tokens', async () => {
  const { verifier, challenge } = aVerifier();
  const browser = aBrowser();
  const query = new URLSearchParams({
    client_id: lab.clientId,
    response_type: 'code',
    redirect_uri: labRedirectUri,
    scope,
    state: 'a state',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    client_info: '1',
  });
  const start = await browser.visit(`${lab.url}/organizations/oauth2/v2.0/authorize?${query}`);
  expect(start.status).toBe(200);
  const consent = await browser.press('account', 'analyst@contoso.example');
  expect(consent.$('h1').text()).toBe('Permissions requested');
  const answer = await browser.press('consent', 'accept');
  expect(answer.status).toBe(302);
  const back = new URL(answer.location ?? '');
  expect(back.origin + back.pathname).toBe(labRedirectUri);
  expect(back.searchParams.get('state')).toBe('a state');
  const response = await fetch(`${lab.url}/organizations/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: lab.clientId,
      client_secret: labSecret,
      code: back.searchParams.get('code') ?? '',
      redirect_uri: labRedirectUri,
      code_verifier: verifier,
      scope,
      client_info: '1',
    }),
  });
  const tokens = (await response.json()) as Record<string, string>;
  expect(tokens).toMatchObject({
    token_type: 'Bearer',
    scope: expect.stringContaining('https://graph.microsoft.com/ThreatHunting.Read.All'),
  });
  expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
    tid: contosoId,
    iss: `${lab.url}/${contosoId}/v2.0`,
    nonce: 'n-1',
    aud: lab.clientId,
  });
});
