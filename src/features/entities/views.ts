import { defanged, type Entity } from './entity';
import { entityNames, pivots } from './pivots.data';

/** `views/pages/entities/show.ejs`. */
export interface EntityView {
  readonly kind: string;
  readonly value: string;
  readonly defanged: string;
  readonly pivots: readonly { readonly title: string; readonly query: string; readonly href: string }[];
  readonly portalHref: string | null;
}

const portalPath: Readonly<Record<Entity['kind'], (value: string) => string>> = {
  devices: (value) => `/machines/v2/${value}`,
  files: (value) => `/file/${value}/`,
  users: (value) => `/user?${value.includes('@') ? 'upn' : 'aad'}=${value}&tab=overview`,
  domains: (value) => `/domains/overview?urlDomain=${value}`,
  ips: (value) => `/ip/${value}/overview`,
  alerts: (value) => `/alerts/${value}`,
};

const portal = ({ kind, value }: Entity, tenantId: string): string => {
  const url = new URL(portalPath[kind](value), 'https://security.microsoft.com');
  url.searchParams.set('tid', tenantId);
  return url.href;
};

/** An entity's questions, each ready in the query form; Microsoft's own page is offered where the cloud answers. */
export const entityView = (entity: Entity, { tenantId, cloud }: { readonly tenantId: string; readonly cloud: boolean }): EntityView => ({
  kind: entityNames[entity.kind],
  value: entity.value,
  defanged: defanged(entity),
  pivots: pivots[entity.kind].map(({ title, query }) => {
    const text = query.replaceAll('{value}', entity.value);
    return { title, query: text, href: `/hunting?${new URLSearchParams({ query: text }).toString()}` };
  }),
  portalHref: cloud ? portal(entity, tenantId) : null,
});
