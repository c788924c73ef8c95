import { objects, type Json } from '../directory';
import { printable } from '../printable';
import type { Manifest } from './manifest';
import type { ResolvedPermission } from './wanted-permissions';

/** What has to be written, and the same in words. What its owner added is kept. */
export interface Changes {
  readonly patch: Json;
  readonly words: readonly string[];
}

type Part = (current: Json, wanted: Manifest) => Changes;

const none: Changes = { patch: {}, words: [] };
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const plain =
  (name: 'displayName' | 'signInAudience', label: string): Part =>
  (current, wanted) =>
    current[name] === wanted[name]
      ? none
      : { patch: { [name]: wanted[name] }, words: [`${label}: ${printable(current[name] ?? 'none')} -> ${printable(wanted[name])}`] };

const publicClient: Part = (current) =>
  current['isFallbackPublicClient'] === true
    ? { patch: { isFallbackPublicClient: false }, words: ['public client flows: on -> off'] }
    : none;

const tags: Part = (current, wanted) => {
  const missing = wanted.tags.filter((tag) => !texts(current['tags']).includes(tag));
  if (missing.length === 0) return none;
  return { patch: { tags: [...texts(current['tags']), ...missing] }, words: missing.map((tag) => `add tag ${tag}`) };
};

const web: Part = (current, wanted) => {
  const own = object(current['web']);
  const known = texts(own['redirectUris']);
  const missing = wanted.web.redirectUris.filter((uri) => !known.includes(uri));
  const grants = object(own['implicitGrantSettings']);
  const implicit = grants['enableIdTokenIssuance'] === true || grants['enableAccessTokenIssuance'] === true;
  const ownLogout = own['logoutUrl'] ?? null;
  const logoutUrl = wanted.web.logoutUrl ?? ownLogout;
  const words = [
    ...missing.map((uri) => `add redirect URI ${uri}`),
    ...(ownLogout === logoutUrl ? [] : [`front-channel logout URL: ${printable(ownLogout ?? 'none')} -> ${printable(logoutUrl)}`]),
    ...(implicit ? ['implicit grant: on -> off'] : []),
  ];
  if (words.length === 0) return none;
  // What Graph derives from the rest is not written back.
  const { redirectUriSettings: _derived, ...kept } = own;
  return { patch: { web: { ...kept, ...wanted.web, logoutUrl, redirectUris: [...known, ...missing] } }, words };
};

const roles: Part = (current, wanted) => {
  const known = objects(current['appRoles']);
  const missing = wanted.appRoles.filter((role) => !known.some((one) => one['value'] === role.value || one['id'] === role.id));
  if (missing.length === 0) return none;
  return { patch: { appRoles: [...known, ...missing] }, words: missing.map(({ value }) => `add app role ${value}`) };
};

const claims: Part = (current, wanted) => {
  const own = object(current['optionalClaims']);
  const known = objects(own['idToken']);
  const missing = wanted.optionalClaims.idToken.filter(({ name }) => !known.some((claim) => claim['name'] === name));
  if (missing.length === 0) return none;
  const patch = { optionalClaims: { ...own, idToken: [...known, ...missing] } };
  return { patch, words: missing.map(({ name }) => `add ID token claim ${name}`) };
};

const directoryRoles: Part = (current, wanted) => {
  const own = String(current['groupMembershipClaims'] ?? 'None');
  const held = own.split(',').map((word) => word.trim());
  if (held.some((word) => word === 'All' || word === wanted.groupMembershipClaims)) return none;
  const next = [...held.filter((word) => word !== 'None' && word !== ''), wanted.groupMembershipClaims].join(', ');
  return { patch: { groupMembershipClaims: next }, words: ['add ID token claim wids (directory roles)'] };
};

const simpleParts: readonly Part[] = [
  plain('displayName', 'name'),
  plain('signInAudience', 'who may sign in'),
  publicClient,
  tags,
  web,
  roles,
  claims,
  directoryRoles,
];

interface Access {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly Json[];
}

const accesses = (current: Json): readonly Access[] =>
  objects(current['requiredResourceAccess']).map((one) => ({
    resourceAppId: String(one['resourceAppId']),
    resourceAccess: objects(one['resourceAccess']),
  }));

const permissionChanges = (current: Json, permissions: readonly ResolvedPermission[]): Changes => {
  const known = accesses(current);
  const has = ({ resourceAppId, id, type }: ResolvedPermission): boolean =>
    known.some(
      (one) => one.resourceAppId === resourceAppId && one.resourceAccess.some((line) => line['id'] === id && line['type'] === type),
    );
  const missing = permissions.filter((one) => !has(one));
  if (missing.length === 0) return none;
  const apis = [...new Set([...known, ...missing].map(({ resourceAppId }) => resourceAppId))];
  const next = apis.map((resourceAppId) => ({
    resourceAppId,
    resourceAccess: [
      ...known.filter((one) => one.resourceAppId === resourceAppId).flatMap(({ resourceAccess }) => resourceAccess),
      ...missing.filter((one) => one.resourceAppId === resourceAppId).map(({ id, type }) => ({ id, type })),
    ],
  }));
  return { patch: { requiredResourceAccess: next }, words: missing.map(({ label }) => `add permission ${label}`) };
};

/** What differs between an app registration and what it should be; nothing that it has besides is taken away. */
export const changesBetween = (current: Json, wanted: Manifest, permissions: readonly ResolvedPermission[]): Changes => {
  const all = [...simpleParts.map((part) => part(current, wanted)), permissionChanges(current, permissions)];
  return { patch: Object.assign({}, ...all.map(({ patch }) => patch)) as Json, words: all.flatMap(({ words }) => words) };
};

/** Things that are there and not ours to remove: somebody should look at them. */
export const leftovers = (current: Json, wanted: Manifest): readonly string[] => {
  const uris = texts(object(current['web'])['redirectUris']).filter((uri) => !wanted.web.redirectUris.includes(uri));
  return uris.map((uri) => `Also registered, and kept: redirect URI ${printable(uri)}. Remove it in the portal if nothing uses it.`);
};
