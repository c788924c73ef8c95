import { createHash, randomBytes } from 'node:crypto';
import type { Upstream } from '../../../defender/upstream/upstream';
import { readAuthority } from '../../../identity/authority';
import { named, type Finding } from '../finding';

const check = named('redirect-uri');

export interface RedirectCheck {
  readonly upstream: Upstream;
  readonly authorityHost: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
}

const addressOf = ({ authorityHost, tenant, clientId }: RedirectCheck, redirectUri: string): string => {
  const url = new URL(`${readAuthority(authorityHost).base}/${tenant}/oauth2/v2.0/authorize`);
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    state: 'doctor',
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const remedy = 'npm run register adds it (or by hand: App registrations, Authentication, Web). It must match to the letter.';

/** Nobody is signed in here, so a registered address gets an error back at once, and any other is shown a page. */
const judge = (uri: string, status: number, answer: { location: string | undefined; text: string }): Finding => {
  const number = /AADSTS(\d{4,9})/.exec(answer.text)?.[1];
  if (answer.location?.startsWith(uri)) return check.ok(`${uri} is registered (an authorize request was answered there)`);
  if (number === '50011') return check.fail(`${uri} is not registered (AADSTS50011)`, remedy);
  if (number === '50194') {
    const advice = 'Set AZURE_TENANT_ID to the tenant of the registration, or register for any organization: npm run register -- --multi.';
    return check.fail(`the app is registered for one tenant, and AZURE_TENANT_ID is organizations (AADSTS50194)`, advice);
  }
  if (number !== undefined) return check.skipped(`${uri}: the identity service answered AADSTS${number} first`);
  const token = 'Not sure: --token, --az or --admin reads the registration itself.';
  return check.skipped(`${uri}: an authorize request does not tell (status ${status})`, token);
};

/** Whether the addresses are registered, seen from outside: by authorize requests that ask nobody for anything. */
export const checkRedirects = (asked: RedirectCheck): Promise<Finding[]> =>
  Promise.all(
    asked.redirectUris.map(async (uri) => {
      try {
        const headers = { accept: 'text/html' };
        const response = await asked.upstream.send({ method: 'GET', url: addressOf(asked, uri), headers, maxBytes: 2 * 1024 * 1024 });
        return judge(uri, response.status, { location: response.header('location'), text: await response.text() });
      } catch {
        return check.skipped(`${uri}: the identity service does not answer`);
      }
    }),
  );
