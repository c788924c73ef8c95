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
  const remedy = 'A name that leads elsewhere, or a proxy that answers itself: check DNS and /etc/hosts.';
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
  return network.fail(
    `${host}: no connection (${reached.code})`,
    'Let this machine reach it directly: firewall, routes. Quarry uses no proxy.',
  );
};

/** The way to each service that a hunt needs. */
export const checkNetwork = async ({ huntingProvider }: Config, upstreams: Upstreams): Promise<Finding[]> => {
  const addresses = new Map([upstreams.authorityHost, upstreams[huntingProvider]].map((address) => [new URL(address).origin, address]));
  return Promise.all([...addresses.values()].map(async (address) => findingOf(address, await reach(address))));
};

/** A proxy that the environment names: Quarry does not use one, which somebody who set it should know. */
export const checkProxy = async (environment: Environment): Promise<Finding[]> => {
  const name = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((candidate) => environment[candidate]?.trim());
  if (name === undefined) return [proxy.ok('none is set; connections go straight to their hosts')];
  const value = String(environment[name]).trim();
  const address = value.includes('://') ? value : `http://${value}`;
  const remedy = 'Quarry connects directly and uses no proxy: allow that in the firewall, or take the variable out.';
  if (!URL.canParse(address)) return [proxy.warn(`${name} is no address`, remedy)];
  const { host } = new URL(address);
  const reached = await reach(new URL(address).origin);
  if (reached.step === 'all') return [proxy.warn(`${name} names ${host}, which answers`, remedy)];
  const code = 'code' in reached ? reached.code : '';
  return [proxy.warn(`${name} names ${host}, which does not answer (${code})`, remedy)];
};
