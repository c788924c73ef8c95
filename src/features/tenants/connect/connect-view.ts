import { bundlesFor, resourceApps, type Bundle, type BundleName, type Permission } from '../../../identity/permissions.data';
import { needsEverything } from '../../../identity/consent-scopes';
import type { Resource } from '../../../identity/resources.data';
import { connectPath, type Offer } from './connect-form';
import type { StoredRow } from './stored-facts';

export interface PermissionRow {
  readonly name: string;
  readonly title: string;
  readonly api: string;
  readonly kind: 'delegated' | 'application';
  readonly why: string;
}

export interface BundleView {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly used: boolean;
  readonly chosen: boolean;
  /** The words beside its box. */
  readonly ask: string;
  /** Only a link that names it offers it. */
  readonly offered: boolean;
  readonly permissions: readonly PermissionRow[];
  readonly whoGrants: string;
  readonly signInLogs: string;
  readonly auditLogs: string;
  readonly caution: string | null;
}

export interface ConnectView {
  readonly bundles: readonly BundleView[];
  /** The app registration's id, to compare with the consent page. */
  readonly clientId: string;
  readonly stored: readonly StoredRow[];
  /** Set where the installation serves one organization alone. */
  readonly onlyTenant: string | null;
  /** Only organizations on the operator's list are served. */
  readonly listed: boolean;
  readonly organization: string;
  readonly problem: string | null;
  readonly bundleProblem: string | null;
  /** For people who are signed in: the whole address to send. */
  readonly link: string | null;
}

/** What stays the same while the process runs. */
export interface ConnectSite {
  readonly provider: Resource;
  readonly clientId: string;
  readonly stored: readonly StoredRow[];
  readonly onlyTenant: string | null;
  readonly listed: boolean;
  readonly baseUrl: string;
}

const administrators = 'a Global Administrator, a Privileged Role Administrator, or a (Cloud) Application Administrator';

const byKind = {
  delegated: {
    signInLogs:
      'Each sign-in of your people to this app under User sign-ins, and under Non-interactive user sign-ins each renewal of a token: with the person, the app and the address of this server.',
    auditLogs: 'Consent to application, Add service principal, and Add delegated permission grant, in the name of who agreed.',
  },
  application: {
    signInLogs: 'Each token of the app itself under Service principal sign-ins, without any person.',
    auditLogs: 'Consent to application and Add app role assignment to service principal, in the name of who agreed.',
  },
} as const;

const everything = (resource: Resource): string =>
  `A permission of the app itself cannot be asked for alone: the request covers everything that this Quarry’s app registration lists for ${resourceApps[resource].name}. The consent page shows that list; read it there.`;

const asks: Readonly<Record<BundleName, string>> = {
  hunt: 'Ask for hunting',
  indicators: 'Ask for indicators',
  response: 'Ask for response',
  timeline: 'Ask for timeline events',
};

const permissionRow = ({ value, title, resource, kind, why }: Permission): PermissionRow => ({
  name: value,
  title,
  api: resourceApps[resource].name,
  kind,
  why,
});

const bundleView = (bundle: Bundle, chosen: readonly BundleName[]): BundleView => {
  const own = needsEverything(bundle);
  const resource = bundle.permissions[0]?.resource ?? 'graph';
  return {
    name: bundle.name,
    title: bundle.title,
    purpose: bundle.purpose,
    used: bundle.used,
    chosen: chosen.includes(bundle.name),
    ask: asks[bundle.name],
    offered: !own || chosen.includes(bundle.name),
    permissions: bundle.permissions.map(permissionRow),
    whoGrants: administrators,
    ...byKind[own ? 'application' : 'delegated'],
    caution: own ? everything(resource) : null,
  };
};

export interface ConnectAsk {
  readonly offer: Offer;
  /** Whoever reads the page is signed in, in this organization. */
  readonly readerTenant: string | null;
}

export const connectView = (site: ConnectSite, { offer, readerTenant }: ConnectAsk): ConnectView => {
  const { organization, bundles, problems } = offer;
  const named = problems.organization === undefined && organization !== '' ? organization : readerTenant;
  const wish = { organization: site.onlyTenant === null && named !== null ? named : undefined, bundles };
  return {
    bundles: bundlesFor(site.provider).map((bundle) => bundleView(bundle, bundles)),
    clientId: site.clientId,
    stored: site.stored,
    onlyTenant: site.onlyTenant,
    listed: site.listed,
    organization,
    problem: problems.organization ?? null,
    bundleProblem: problems.bundle ?? null,
    link: readerTenant === null ? null : `${site.baseUrl}${connectPath(wish)}`,
  };
};
