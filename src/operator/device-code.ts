import { setTimeout as pause } from 'node:timers/promises';
import type { Authority } from '../identity/authority';
import type { IdentityHttp, JsonAnswer } from '../identity/http-client';
import { adviceFor } from '../identity/aadsts';
import { IdentityError } from '../identity/identity-error';
import { fromTokenRefusal } from '../identity/token-errors';
import { OperatorError } from './operator-error';
import { printable } from './printable';

export interface DeviceCodeOptions {
  readonly authority: Authority;
  readonly http: IdentityHttp;
  /** `organizations`, a tenant's id or domain. */
  readonly tenant: string;
  readonly clientId: string;
  readonly scope: string;
  /** What a confidential client adds to the token request to prove itself. */
  readonly proof?: (tokenEndpoint: string) => Promise<Readonly<Record<string, string>>>;
  readonly say: (line: string) => void;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly clock?: () => number;
}

export interface DeviceTokens {
  readonly accessToken: string;
  readonly scope: string;
}

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** The refusal of the identity service, as a command says it. */
export const refused = (error: IdentityError): OperatorError => {
  const number = error.aadsts === undefined ? error.code : `AADSTS${error.aadsts}`;
  return new OperatorError(`The identity service refused (${number}).`, adviceFor(error).says);
};

interface Started {
  readonly deviceCode: string;
  readonly intervalMs: number;
  readonly until: number;
}

const post = async ({ authority, http }: DeviceCodeOptions, url: string, form: Readonly<Record<string, string>>): Promise<JsonAnswer> =>
  http.exchange({
    method: 'POST',
    url,
    origins: new Set([authority.origin]),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });

/** The identity service gave no answer that anybody could use. */
export const unanswered = ({ code }: IdentityError): OperatorError =>
  new OperatorError(
    `The identity service could not be asked (${code}).`,
    'Check the network and AZURE_AUTHORITY_HOST, then run this again.',
  );

/** Seconds as the service names them; what makes no sense counts as the usual. */
const within = (value: unknown, most: number, usual: number): number =>
  typeof value === 'number' && value >= 0 && value <= most ? value : usual;

const start = async (options: DeviceCodeOptions, now: number): Promise<Started> => {
  const { authority, tenant, clientId, scope, say } = options;
  const url = `${authority.base}/${tenant}/oauth2/v2.0/devicecode`;
  const { status, body } = await post(options, url, { client_id: clientId, scope }).catch((error: unknown) => {
    throw error instanceof IdentityError ? unanswered(error) : error;
  });
  if (status !== 200) throw refused(fromTokenRefusal(body));
  const address = printable(body['verification_uri'] ?? body['verification_url']);
  say(`To sign in, open ${address} in any browser and enter the code ${printable(body['user_code'])}.`);
  return {
    deviceCode: String(body['device_code']),
    intervalMs: within(body['interval'], 60, 5) * 1000,
    until: now + within(body['expires_in'], 3_600, 900) * 1000,
  };
};

const endings: Readonly<Record<string, readonly [string, string]>> = {
  authorization_declined: ['The sign-in was declined.', 'Run this again, sign in as an administrator of the tenant, and accept.'],
  access_denied: ['The sign-in was declined.', 'Run this again, sign in as an administrator of the tenant, and accept.'],
  expired_token: ['Nobody signed in within the time that the code was good for.', 'Run this again, and enter the new code.'],
  bad_verification_code: ['The identity service does not know the code any more.', 'Run this again, and enter the new code.'],
};

/** Asks once; undefined while nobody has decided, or the service is in trouble that may pass. */
const ask = async (options: DeviceCodeOptions, deviceCode: string): Promise<DeviceTokens | 'slower' | undefined> => {
  const url = `${options.authority.base}/${options.tenant}/oauth2/v2.0/token`;
  const own = { grant_type: grantType, client_id: options.clientId, device_code: deviceCode };
  const form = { ...own, ...(await options.proof?.(url)) };
  const { status, body } = await post(options, url, form).catch((error: unknown): JsonAnswer => {
    if (error instanceof IdentityError && error.failure === 'transient') return { status: 503, headers: {}, body: {} };
    throw error;
  });
  const token = body['access_token'];
  if (status === 200 && typeof token === 'string') return { accessToken: token, scope: String(body['scope'] ?? '') };
  const word = String(body['error'] ?? '');
  if (word === 'authorization_pending' || status === 429 || status >= 500) return undefined;
  if (word === 'slow_down') return 'slower';
  const ending = endings[word];
  throw ending ? new OperatorError(...ending) : refused(fromTokenRefusal(body));
};

/** Signs somebody in by device code (RFC 8628): tells where to go, then waits. Throws OperatorError. */
export const signInByDeviceCode = async (options: DeviceCodeOptions): Promise<DeviceTokens> => {
  const { sleep = pause, clock = Date.now } = options;
  const started = await start(options, clock());
  let { intervalMs } = started;
  while (clock() < started.until) {
    await sleep(intervalMs);
    const answer = await ask(options, started.deviceCode);
    if (answer === 'slower') intervalMs += 5_000;
    else if (answer) return answer;
  }
  throw new OperatorError(...(endings['expired_token'] as [string, string]));
};
