import { bundlesFor, resourceApps, type BundleName } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { consentRow, type ConsentRow } from '../board/consent-rows';
import { moment } from '../board/moment';
import { permissionKey, type SeenConsent } from '../consent-store';
import { connectPath } from './connect-form';
import type { ConsentOutcome } from './connect-service';
import type { Mender } from './consent-refusals.data';

export interface RefusedView {
  readonly says: string;
  readonly who: string;
  readonly then: string;
  readonly againHref: string;
  /** The whole address, to send to whoever can agree. */
  readonly link: string;
  readonly code: string;
  readonly correlationId: string | null;
  readonly at: string;
  /** What Microsoft says of the number. */
  readonly lookupHref: string | null;
}

const whoMends: Readonly<Record<Mender, string>> = {
  you: 'You',
  administrator: 'An administrator of the organization',
  customer: 'An administrator of the customer',
  operator: 'Whoever runs this Quarry',
  time: 'Nobody: it passes',
};

export interface RefusedSite {
  readonly baseUrl: string;
  /** The identity service: it explains its own numbers. */
  readonly authority: string;
}

export const refusedView = (
  { baseUrl, authority }: RefusedSite,
  { refusal, asked }: Extract<ConsentOutcome, { kind: 'refused' }>,
  now: number,
): RefusedView => {
  const againHref = connectPath(asked);
  return {
    says: refusal.says,
    who: whoMends[refusal.mender],
    then: refusal.then,
    againHref,
    link: `${baseUrl}${againHref}`,
    code: refusal.code,
    correlationId: refusal.correlationId ?? null,
    at: moment(now),
    lookupHref: refusal.aadsts === undefined ? null : `${authority}/error?code=${refusal.aadsts}`,
  };
};

export interface ConnectedView {
  readonly organization: string;
  readonly tenantId: string;
  readonly bundles: readonly { readonly title: string; readonly used: boolean; readonly permissions: readonly ConsentRow[] }[];
  /** Everything that was asked for is seen granted. */
  readonly whole: boolean;
  /** The token call that connected it. */
  readonly tokenCall: string;
  readonly checkAction: string;
  readonly boardHref: string;
}

export interface ConnectedFacts {
  readonly provider: Resource;
  readonly bundles: readonly BundleName[];
  readonly seen: readonly SeenConsent[];
  readonly name: string;
  readonly tenantId: string;
  readonly lastSuccessAt: number | null;
}

const tokenWords = (provider: Resource, lastSuccessAt: number | null): string =>
  lastSuccessAt === null
    ? `No token for ${resourceApps[provider].name} has come yet.`
    : `The identity service gave a token for ${resourceApps[provider].name} in your organization at ${moment(lastSuccessAt)}.`;

export const connectedView = ({ provider, bundles, seen, name, tenantId, lastSuccessAt }: ConnectedFacts): ConnectedView => {
  const known = new Map(seen.map((one) => [one.permission, one]));
  const asked = bundlesFor(provider).filter((bundle) => bundles.includes(bundle.name));
  const rows = asked.map((bundle) => ({
    title: bundle.title,
    used: bundle.used,
    permissions: bundle.permissions.map((permission) => consentRow(permission, known.get(permissionKey(permission)))),
  }));
  return {
    organization: name,
    tenantId,
    bundles: rows,
    whole: rows.every(({ permissions }) => permissions.every(({ state }) => state === 'granted')),
    tokenCall: tokenWords(provider, lastSuccessAt),
    checkAction: `/tenants/${tenantId}/check`,
    boardHref: `/tenants#tenant-${tenantId}`,
  };
};
