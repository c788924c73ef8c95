import { identityScopes, resources, type Permission, type Resource } from './resources.data';

/** What is asked of one resource: permission names, and the URI by which the client named it. */
export interface ResourceScopes {
  readonly resource: Resource;
  /** The URI as written; undefined for the bare names that mean Graph. */
  readonly uri: string | undefined;
  readonly values: readonly string[];
  /** `.default` was asked: everything that is consented for this resource. */
  readonly everything: boolean;
}

export interface RequestedScopes {
  readonly identity: readonly string[];
  readonly resources: readonly ResourceScopes[];
}

export type ScopeProblem =
  | { readonly problem: 'unknown'; readonly scope: string }
  | { readonly problem: 'resource'; readonly scope: string }
  | { readonly problem: 'mixed-default'; readonly scope: string };

const graph = resources[0] as Resource;

/** `User.Read` means Graph; `https://resource/Permission` names a resource by one of its URIs. */
const locate = (scope: string): { resource: Resource; uri: string | undefined; value: string } | undefined => {
  const slash = scope.lastIndexOf('/');
  if (slash < 0) return { resource: graph, uri: undefined, value: scope };
  const uri = scope.slice(0, slash);
  const resource = resources.find((candidate) => candidate.uris.some((known) => known.toLowerCase() === uri.toLowerCase()));
  return resource && { resource, uri, value: scope.slice(slash + 1) };
};

const known = (permissions: readonly Permission[], value: string): Permission | undefined =>
  permissions.find((permission) => permission.value.toLowerCase() === value.toLowerCase());

/** What can be asked for in a person's name, whether or not the lab's own registration lists it. */
const offered = ({ delegated, others = [] }: Resource): readonly Permission[] => [...delegated, ...others];

const add = (found: Map<Resource, ResourceScopes>, located: { resource: Resource; uri: string | undefined; value: string }): void => {
  const before = found.get(located.resource) ?? { resource: located.resource, uri: located.uri, values: [], everything: false };
  const permission = known(offered(located.resource), located.value)?.value;
  found.set(located.resource, {
    ...before,
    values: permission === undefined || before.values.includes(permission) ? before.values : [...before.values, permission],
    everything: before.everything || permission === undefined,
  });
};

/** Reads a scope parameter; the first scope that cannot be granted here is the problem. */
export const parseScopes = (text: string): RequestedScopes | ScopeProblem => {
  const identity = new Set<string>();
  const found = new Map<Resource, ResourceScopes>();
  for (const scope of text.split(' ').filter((part) => part !== '')) {
    const own = known(identityScopes, scope);
    const located = own ? undefined : locate(scope);
    if (own) identity.add(own.value);
    else if (!located) return { problem: 'resource', scope };
    else if (located.value !== '.default' && !known(offered(located.resource), located.value)) return { problem: 'unknown', scope };
    else add(found, located);
  }
  const mixed = [...found.values()].find(({ everything, values }) => everything && values.length > 0);
  if (mixed) return { problem: 'mixed-default', scope: text };
  return { identity: [...identity], resources: [...found.values()] };
};

/** The names of grants: `openid` for the sign-in's own, `graph/User.Read` for a resource's. `listed`: what the app's registration lists. */
export const grantNames = (scopes: RequestedScopes, listed: readonly string[]): string[] => [
  ...scopes.identity,
  ...scopes.resources.flatMap(({ resource: { audience }, values, everything }) =>
    everything ? listed.filter((name) => name.startsWith(`${audience}/`)) : values.map((value) => `${audience}/${value}`),
  ),
];

/** The permission behind a grant's name, for the consent page. */
export const describeGrant = (name: string): (Permission & { readonly resource?: string }) | undefined => {
  const [audience, value = ''] = name.split('/');
  const resource = resources.find((candidate) => candidate.audience === audience);
  if (!resource) return known(identityScopes, name);
  const permission = known(offered(resource), value) ?? known(resource.application, value);
  return permission && { ...permission, resource: resource.name };
};

/** Every delegated permission that the lab's own registration lists, as grant names. */
export const registeredGrants = (): string[] =>
  resources.flatMap(({ audience, delegated }) => delegated.map(({ value }) => `${audience}/${value}`));

/** What a console may ask of Graph in an operator's name. */
export const directoryGrants = (): string[] => (graph.others ?? []).map(({ value }) => `${graph.audience}/${value}`);
