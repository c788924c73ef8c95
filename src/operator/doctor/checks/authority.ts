import type { Upstream } from '../../../defender/upstream/upstream';
import { readAuthority } from '../../../identity/authority';
import { named, type Finding } from '../finding';

const discovery = named('discovery');
const clock = named('clock');

export interface AuthorityCheck {
  readonly upstream: Upstream;
  readonly authorityHost: string;
  /** `organizations`, or a tenant's id. */
  readonly tenant: string;
  readonly now: () => number;
}

const warnAfterSeconds = 60;
const failAfterSeconds = 300;

/** The service's clock against ours: tokens are valid from a second to a second. */
const clockFinding = (header: string | undefined, sentAt: number, receivedAt: number): Finding => {
  const theirs = Date.parse(header ?? '');
  if (Number.isNaN(theirs)) return clock.skipped('the identity service does not tell its time');
  const seconds = Math.round((theirs - (sentAt + receivedAt) / 2) / 1000);
  const size = Math.abs(seconds);
  if (size <= warnAfterSeconds) return clock.ok(`within ${Math.max(1, size)} s of the identity service`);
  const says = `this machine is ${size} s ${seconds > 0 ? 'behind' : 'ahead of'} the identity service`;
  const remedy = 'Set the clock (NTP): tokens and client assertions are refused when it is more than 300 s wrong.';
  return size > failAfterSeconds ? clock.fail(says, remedy) : clock.warn(says, remedy);
};

const wanted = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'];

const judge = (status: number, text: string, tenant: string): Finding => {
  const wrongHost = 'Check AZURE_AUTHORITY_HOST: it is scheme and host of the identity service, such as https://login.microsoftonline.com.';
  let body: Readonly<Record<string, unknown>>;
  try {
    body = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return discovery.fail(`something else than an identity service answered (status ${status}, not JSON)`, wrongHost);
  }
  if (/AADSTS90002\b/.test(String(body['error_description']))) {
    return discovery.fail(
      `the identity service knows no tenant ${tenant} (AADSTS90002)`,
      'Check AZURE_TENANT_ID: `organizations`, or the id of your tenant.',
    );
  }
  const missing = wanted.filter((name) => typeof body[name] !== 'string');
  if (status !== 200 || missing.length > 0) return discovery.fail(`its discovery document is not usable (status ${status})`, wrongHost);
  return discovery.ok(`issuer ${String(body['issuer'])}`);
};

/** The discovery document of the authority, and by the way its clock. */
export const checkAuthority = async ({ upstream, authorityHost, tenant, now }: AuthorityCheck): Promise<Finding[]> => {
  const url = `${readAuthority(authorityHost).base}/${tenant}/v2.0/.well-known/openid-configuration`;
  const sentAt = now();
  try {
    const response = await upstream.send({ method: 'GET', url, headers: { accept: 'application/json' }, maxBytes: 256 * 1024 });
    const receivedAt = now();
    const text = await response.text();
    return [judge(response.status, text, tenant), clockFinding(response.header('date'), sentAt, receivedAt)];
  } catch {
    const says = 'not read: the identity service does not answer';
    return [discovery.fail(says, 'See the line `network`.'), clock.skipped(says)];
  }
};
