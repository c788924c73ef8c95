import { createHash } from 'node:crypto';
import { ConfidentialClientApplication, InteractionRequiredAuthError, type Configuration, type INetworkModule } from '@azure/msal-node';
import type { Lab } from '../../src/lab/server';
import { aCertificateFile } from '../support/a-certificate-file';
import { aLabClient } from '../support/lab-client';
import { aRunningLab, contosoId, fabrikamId, labRedirectUri, labSecret } from '../support/running-lab';

let lab: Lab;
let client: ReturnType<typeof aLabClient>;
const certificate = aCertificateFile();
beforeAll(async () => {
  lab = await aRunningLab({ LAB_CLIENT_CERTIFICATE_PATH: certificate.path });
  client = aLabClient(lab);
});
afterAll(() => lab.stop());

/** MSAL insists on https for its authority: it gets such a name, and its calls are sent to the same host by http. */
const overHttp: INetworkModule = {
  sendGetRequestAsync: (url) => exchange(url, 'GET'),
  sendPostRequestAsync: (url, options) => exchange(url, 'POST', options?.headers, options?.body),
};
const exchange = async <Body>(url: string, method: string, headers: Record<string, string> = {}, body?: string) => {
  const response = await fetch(url.replace(/^https:/, 'http:'), { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.json()) as Body };
};

const anApp = async (auth: Partial<Configuration['auth']> = { clientSecret: labSecret }, tenant = 'organizations') => {
  const authorityMetadata = await (await fetch(`${lab.url}/${tenant}/v2.0/.well-known/openid-configuration`)).text();
  const host = new URL(lab.url).host;
  return new ConfidentialClientApplication({
    auth: { clientId: lab.clientId, authority: `https://${host}/${tenant}`, knownAuthorities: [host], authorityMetadata, ...auth },
    system: { networkClient: overHttp },
  });
};

const graph = ['https://graph.microsoft.com/ThreatHunting.Read.All'];

const signIn = async (app: ConfidentialClientApplication, username: string) => {
  const url = new URL(
    await app.getAuthCodeUrl({
      scopes: graph,
      redirectUri: labRedirectUri,
      state: 's',
      nonce: 'n',
      codeChallenge: client.challenge,
      codeChallengeMethod: 'S256',
    }),
  );
  expect(url.host).toBe(new URL(lab.url).host);
  const answer = client.answerOf(await client.signIn(username, { changes: Object.fromEntries(url.searchParams) }));
  expect(answer.get('state')).toBe('s');
  return app.acquireTokenByCode(
    { code: answer.get('code') ?? '', scopes: graph, redirectUri: labRedirectUri, codeVerifier: client.verifier, nonce: 'n' },
    { code: answer.get('code') ?? '', nonce: 'n' },
  );
};

test('MSAL signs a person in, keeps their tokens, and renews them for another resource', async () => {
  const app = await anApp();
  const result = await signIn(app, 'analyst@contoso.example');
  expect(result).toMatchObject({ tenantId: contosoId, account: { username: 'analyst@contoso.example', tenantId: contosoId } });
  expect(result.account?.homeAccountId).toBe(`${result.uniqueId}.${contosoId}`);
  if (!result.account) throw new Error('There is no account.');

  const cached = await app.acquireTokenSilent({ account: result.account, scopes: graph });
  expect([cached.fromCache, cached.accessToken]).toEqual([true, result.accessToken]);
  const forced = await app.acquireTokenSilent({ account: result.account, scopes: graph, forceRefresh: true });
  expect(forced.accessToken).not.toBe(result.accessToken);
  const other = await app.acquireTokenSilent({
    account: result.account,
    scopes: ['https://api.security.microsoft.com/AdvancedHunting.Read'],
  });
  expect([other.fromCache, other.tenantId]).toEqual([false, contosoId]);
});

test('MSAL tells a person who must come back from a fault that passes', async () => {
  const app = await anApp();
  const { account } = await signIn(app, 'stepup@contoso.example');
  if (!account) throw new Error('There is no account.');
  const error = await app.acquireTokenSilent({ account, scopes: graph, forceRefresh: true }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InteractionRequiredAuthError);
  expect(error).toMatchObject({ errorCode: 'invalid_grant', subError: 'basic_action', claims: expect.stringContaining('capolids') });
});

test('MSAL proves itself by certificate', async () => {
  const thumbprintSha256 = createHash('sha256').update(certificate.der).digest('hex');
  const app = await anApp({ clientCertificate: { thumbprintSha256, privateKey: certificate.key } }, contosoId);
  const result = await app.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  expect(result?.accessToken).toMatch(/^ey/);
});

test("MSAL reports the lab's numbered errors", async () => {
  const app = await anApp({ clientSecret: 'a wrong one' }, contosoId);
  await expect(app.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] })).rejects.toMatchObject({
    errorCode: 'invalid_client',
    errorMessage: expect.stringContaining('AADSTS7000215'),
    errorNo: 7000215,
  });
  const elsewhere = await anApp(undefined, fabrikamId);
  await expect(elsewhere.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] })).rejects.toMatchObject({
    errorMessage: expect.stringContaining('AADSTS7000229'),
  });
});
