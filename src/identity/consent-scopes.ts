import { bundlesFor, resourceApps, signInScopes, type Bundle, type BundleName, type Permission } from './permissions.data';
import type { Resource } from './resources.data';

export const bundleNames = ['hunt', 'indicators', 'response', 'timeline'] as const satisfies readonly BundleName[];

export const findBundle = (provider: Resource, name: BundleName): Bundle => {
  const bundle = bundlesFor(provider).find((candidate) => candidate.name === name);
  if (!bundle) throw new Error(`No bundle is called ${name}.`);
  return bundle;
};

/** The scope by which a token that carries `permission` is asked for. */
export const scopeOf = ({ resource, value }: Pick<Permission, 'resource' | 'value'>): string => `${resourceApps[resource].uri}/${value}`;

/** A permission of the app itself is granted by `.default` alone, which covers all that the registration lists for its API. */
export const needsEverything = ({ permissions }: Bundle): boolean => permissions.some(({ kind }) => kind === 'application');

/**
 * The `scope` of an admin consent request: exactly the permissions of `bundles`. undefined for a choice that one request cannot
 * carry: `.default` never stands beside named scopes, and one request takes one API's `.default`.
 */
export const consentScope = (bundles: readonly Bundle[]): string | undefined => {
  if (!bundles.some(needsEverything)) {
    const named = bundles.flatMap(({ permissions }) => permissions).map(scopeOf);
    return named.length === 0 ? undefined : [...signInScopes, ...new Set(named)].join(' ');
  }
  const resources = new Set(bundles.flatMap(({ permissions }) => permissions).map(({ resource }) => resource));
  const [only] = resources;
  return bundles.length === 1 && resources.size === 1 && only ? `${resourceApps[only].uri}/.default` : undefined;
};

/** Which of `permissions` the `scope` of a token's answer names: with or without the API in front, in any case. */
export const grantedOf = (permissions: readonly Permission[], scopes: readonly string[]): readonly Permission[] => {
  const held = new Set(scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()));
  return permissions.filter(({ value, kind }) => kind === 'delegated' && held.has(value.toLowerCase()));
};
