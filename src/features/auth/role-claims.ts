import { allRoles, type Role, type RoleFacts } from '../../http/roles';

/** Directory roles whose holders decide on applications for the whole tenant: they can give Quarry its consent, and every role. */
const administeringRoles: ReadonlySet<string> = new Set([
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
]);

/** `Quarry.Hunter`, `hunter` and `HUNTER` are one role; what is not ours is none. */
const roleOf = (value: string): Role | undefined => {
  const word = value
    .trim()
    .toLowerCase()
    .replace(/^quarry\./, '');
  return allRoles.find((role) => role === word);
};

/** The claims `roles` and `wids` of a validated ID token, in our terms. */
export const roleFactsOf = (identity: { readonly appRoles: readonly string[]; readonly directoryRoles: readonly string[] }): RoleFacts => {
  const held = new Set(identity.appRoles.map(roleOf));
  return {
    assigned: allRoles.filter((role) => held.has(role)),
    directoryAdministrator: identity.directoryRoles.some((id) => administeringRoles.has(id.toLowerCase())),
  };
};
