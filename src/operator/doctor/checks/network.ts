import type { Upstreams } from '../../../upstreams';
import type { Config } from '../../../config';
import { reach, type Reached } from '../connection';
import { printable } from '../../printable';
import { named, type Finding } from '../finding';
import type { Environment } from './address';

const network = named('network');
const proxy = named('proxy');

/** Codes of a chain that ends at nobody whom this machine trusts. */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const tlsFailure = (host: string, { code, issuer }: Extract<Reached, { step: 'tls' }>): Finding => {
  if (untrusted.has(code)) {
    const by = issuer === '' ? 'nobody known' : printable(issuer);
    const remedy =
      'Something in between opens the connections. Exempt this host there, or put that issuer’s certificate into a file and set NODE_EXTRA_CA_CERTS to it.';
    return network.fail(`${host}: its certificate is issued by ${by}, whom this machine does not trust (${code})`, remedy);
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return network.fail(`${host}: its certificate is not valid now (${code})`, 'Check the clock of this machine first.');
  }
  const remedy = 'A name that leads elsewhere, or something that answers in its place: check DNS and /etc/hosts.';
  return network.fail(`${host}: no secure connection (${printable(code)})`, remedy);
};

const findingOf = (address: string, reached: Reached): Finding => {
  const { host } = new URL(address);
  if (reached.step === 'all') return network.ok(`${host} answers${reached.issuer ? `, certificate by ${printable(reached.issuer)}` : ''}`);
  if (reached.step === 'dns') {
    return network.fail(
      `${host}: the name is not known (${reached.code})`,
      'Check the spelling in the configuration, and the DNS server of this machine.',
    );
  }
  if (reached.step === 'tls') return tlsFailure(host, reached);
  if (reached.step === 'proxy') {
    const wants = reached.code === '407' ? 'wants a name and a password' : `does not let it through (${printable(reached.code)})`;
    return network.fail(
      `${host}: the proxy ${wants}`,
      'HTTPS_PROXY may hold both (http://name:password@host:port); whoever runs the proxy has to allow the host.',
    );
  }
  return network.fail(
    `${host}: no connection (${reached.code})`,
    'Let this machine reach it (firewall, routes), or set HTTPS_PROXY to the proxy that does.',
  );
};

/** The way to each service that a hunt needs. */
export const checkNetwork = async ({ huntingProvider, proxy: via }: Config, upstreams: Upstreams): Promise<Finding[]> => {
  const addresses = new Map([upstreams.authorityHost, upstreams[huntingProvider]].map((address) => [new URL(address).origin, address]));
  return Promise.all([...addresses.values()].map(async (address) => findingOf(address, await reach(address, via))));
};

/** The proxy that is prescribed; a variable of another spelling, which is not read, is told as well. */
export const checkProxy = async ({ proxy: via }: Config, environment: Environment): Promise<Finding[]> => {
  if (via) {
    const { host, origin } = new URL(via.address);
    const reached = await reach(origin);
    if (reached.step === 'all') return [proxy.ok(`${host} answers; calls to https addresses go through it`)];
    const code = 'code' in reached ? reached.code : '';
    return [
      proxy.fail(
        `HTTPS_PROXY names ${host}, which does not answer (${code})`,
        'Mend HTTPS_PROXY, or take it out if hosts can be reached directly.',
      ),
    ];
  }
  const other = ['https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'].find((name) => environment[name]?.trim());
  if (other === undefined) return [proxy.ok('none is set; connections go straight to their hosts')];
  return [
    proxy.warn(`${other} is set, which Quarry does not read`, 'If calls have to go through that proxy, set HTTPS_PROXY (and NO_PROXY).'),
  ];
};
