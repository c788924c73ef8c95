import type { Config } from './config';

/** Whom Quarry calls: the cloud, or the lab in its place. Nothing behind this knows which of the two it is. */
export interface Upstreams {
  readonly authorityHost: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly certificatePath: string | null;
  readonly graph: string;
  readonly xdr: string;
  readonly mde: string;
}

const microsoft = {
  authorityHost: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  xdr: 'https://api.security.microsoft.com',
  mde: 'https://api.security.microsoft.com',
};

/** What stands where the configuration names nothing: the lab where it runs, else Microsoft. */
const hostsOf = (lab: { url: string } | undefined) =>
  lab ? { authorityHost: lab.url, graph: `${lab.url}/graph`, xdr: `${lab.url}/xdr`, mde: `${lab.url}/mde` } : microsoft;

const credentialOf = ({ clientSecret, certificatePath }: Config['signIn'], lab: { clientSecret: string } | undefined) => ({
  clientSecret: clientSecret ?? (certificatePath ? null : (lab?.clientSecret ?? null)),
  certificatePath,
});

/** Whom to call: what the configuration names comes first. */
export const upstreamsOf = (config: Config, lab?: { url: string; clientId: string; clientSecret: string }): Upstreams => {
  const { signIn, services } = config;
  const hosts = hostsOf(lab);
  return Object.freeze({
    authorityHost: signIn.authorityHost ?? hosts.authorityHost,
    clientId: signIn.clientId ?? lab?.clientId ?? '',
    ...credentialOf(signIn, lab),
    graph: services.graph ?? hosts.graph,
    xdr: services.xdr ?? hosts.xdr,
    mde: services.mde ?? hosts.mde,
  });
};
