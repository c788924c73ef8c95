/** The APIs that Quarry acts on with delegated rights, as the identity service names them. */
export type Resource = 'graph' | 'xdr' | 'mde';

/** One scope a resource for hunting; a token of it carries every permission of the resource that was consented to. */
export const huntingScopes: Readonly<Record<Resource, string>> = {
  graph: 'https://graph.microsoft.com/ThreatHunting.Read.All',
  xdr: 'https://api.security.microsoft.com/AdvancedHunting.Read',
  mde: 'https://api.securitycenter.microsoft.com/AdvancedQuery.Read',
};
