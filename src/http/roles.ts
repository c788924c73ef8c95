import type { RequestHandler } from 'express';
import { AppError } from '../errors';
import { currentUser, requireSignIn, type SignedInUser } from './current-user';

/**
 * What a person may do in one organization:
 *
 * - `viewer`: read pages, tables, their own history and kept results
 * - `hunter`: also run, refine and export
 * - `responder`: also act on what was found
 * - `administrator`: read, and decide on the organization's connection and audit trail
 */
export const allRoles = ['viewer', 'hunter', 'responder', 'administrator'] as const;

export type Role = (typeof allRoles)[number];

const includes: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer'],
  hunter: ['viewer', 'hunter'],
  responder: ['viewer', 'hunter', 'responder'],
  administrator: ['viewer', 'administrator'],
};

/** The given roles and all that they include, in a fixed order. */
export const closeRoles = (given: Iterable<Role>): readonly Role[] => {
  const held = new Set([...given].flatMap((role) => includes[role]));
  return allRoles.filter((role) => held.has(role));
};

/** What a validated ID token of an organization says of a person's roles there. */
export interface RoleFacts {
  /** Roles of ours that the organization assigned. */
  readonly assigned: readonly Role[];
  /** Whether they administer its directory. */
  readonly directoryAdministrator: boolean;
}

const isRole = (value: unknown): value is Role => (allRoles as readonly unknown[]).includes(value);

/** Reads stored facts back; what is not understood is no role. */
export const readRoleFacts = (text: string): RoleFacts => {
  const { assigned, directoryAdministrator } = JSON.parse(text) as Partial<Record<keyof RoleFacts, unknown>>;
  return { assigned: Array.isArray(assigned) ? assigned.filter(isRole) : [], directoryAdministrator: directoryAdministrator === true };
};

/** How an organization stands with us. */
export interface TenantStanding {
  readonly connected: boolean;
  /** A token of it has once carried a role of ours. */
  readonly assignsRoles: boolean;
}

/** What everybody is in a connected organization that assigns no roles: the operator's choice. */
export type Unassigned = 'hunter' | 'viewer' | 'none';

/**
 * What somebody may do in an organization. Nothing where it is not connected; what it assigned where it assigns roles at all, so that
 * taking the last one away leaves nothing; else the operator's choice, and administrators of its directory are administrators too.
 */
export const rolesOf = (facts: RoleFacts, tenant: TenantStanding, unassigned: Unassigned): readonly Role[] => {
  if (!tenant.connected) return [];
  if (facts.assigned.length > 0 || tenant.assignsRoles) return closeRoles(facts.assigned);
  const everybody: readonly Role[] = unassigned === 'none' ? [] : [unassigned];
  return closeRoles(facts.directoryAdministrator ? [...everybody, 'administrator'] : everybody);
};

export const hasRole = (user: Pick<SignedInUser, 'roles'>, role: Role): boolean => user.roles.includes(role);

export const roleNeeded = (role: Role, organization: string): AppError =>
  new AppError({
    kind: 'forbidden',
    code: 'role-needed',
    publicMessage: `This needs the role “${role}” in ${organization}, and you do not have it. Whoever manages Quarry among the enterprise applications of ${organization} can assign it to you.`,
    action: { label: 'To the start page', href: '/' },
    detail: { role },
  });

/** A guard, and the role it asks for: what the table of routes and roles is made from. */
export type RoleGuard = RequestHandler & { readonly role: Role };

const guard = (role: Role, stranger: RequestHandler): RoleGuard => {
  const check: RequestHandler = (req, res, next) => {
    const user = currentUser(req);
    if (!user) return stranger(req, res, next);
    return hasRole(user, role) ? next() : next(roleNeeded(role, user.tenantName));
  };
  return Object.assign(check, { role });
};

/** Lets people in who hold `role` in their own organization; whoever is not signed in is treated as by `requireSignIn`. */
export const requireRole = (role: Role): RoleGuard => guard(role, requireSignIn);

/** The same for a route whose handler has an answer of its own for those who are not signed in. */
export const requireRoleOrStranger = (role: Role): RoleGuard => guard(role, (_req, _res, next) => next());
