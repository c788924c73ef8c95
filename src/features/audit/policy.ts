import type { SignedInUser } from '../../http/current-user';
import { hasRole } from '../../http/roles';
import type { Scope } from './scope';

/** Administrators read their organization's whole trail, whoever acted; anybody else what they did themselves. */
export const scopeOf = (user: SignedInUser): Scope => ({
  tenantId: user.tenantId,
  person: hasRole(user, 'administrator') ? null : user.objectId,
});
