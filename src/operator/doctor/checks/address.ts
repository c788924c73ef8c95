import { isLoopback, isStrongKey } from '../../../config-checks';
import type { Config } from '../../../config';
import { named, type Finding } from '../finding';

const address = named('address');
const keys = named('session-keys');

export interface Environment {
  readonly [name: string]: string | undefined;
}

/** BASE_URL, and what hangs on it: redirects, cookies, the proxy in front. */
export const checkAddress = ({ baseUrl, trustedProxies }: Config, environment: Environment): Finding[] => {
  const local = isLoopback(baseUrl);
  if (!local && baseUrl.startsWith('http:')) {
    const remedy =
      'Put a TLS proxy in front and set BASE_URL to its https address: the identity service takes no http redirect, and cookies would travel in the clear.';
    return [address.fail(`${baseUrl} is plain http and not this machine`, remedy)];
  }
  if (local) return [address.ok(`${baseUrl}: this machine alone; for others set BASE_URL to an https address`)];
  const found = [address.ok(`${baseUrl}: cookies are marked Secure`)];
  if (trustedProxies === 0) {
    const remedy = 'Set TRUST_PROXY to the number of proxies in front, so that addresses in logs and limits are those of people.';
    found.push(address.warn('TRUST_PROXY is 0 although something in front must speak https', remedy));
  }
  if (environment['NODE_ENV'] !== 'production') {
    found.push(
      address.warn(
        'NODE_ENV is not production although other machines reach it',
        'Set NODE_ENV=production: it turns on the checks that a public installation needs.',
      ),
    );
  }
  return found;
};

/** The secrets of sessions and encryption. */
export const checkKeys = ({ sessionKeys, dataDir }: Config): Finding[] => {
  if (sessionKeys === null)
    return [keys.ok(`made at the first start and kept in ${dataDir}; several instances need SESSION_KEYS in common`)];
  if (sessionKeys.every(isStrongKey)) return [keys.ok(`${sessionKeys.length} from SESSION_KEYS`)];
  return [
    keys.warn(
      'SESSION_KEYS holds a weak key',
      'Put `openssl rand -base64 32` in front of the list; the old one may go when sessions have ended.',
    ),
  ];
};
