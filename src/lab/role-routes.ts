import { Router } from 'express';
import { z } from 'zod';
import type { AppRoles } from './directory/app-roles';
import { findAccount, findTenant, homeTenant, principalIn, type Principal } from './directory/directory';

const rolesSchema = z.strictObject({
  account: z.string(),
  /** A tenant's id or domain; the account's own when absent. */
  tenant: z.string().optional(),
  /** `roles` of the ID token, as they stand there; none: nothing is assigned. */
  roles: z.array(z.string().min(1).max(120)).max(20),
});

const principalOf = ({ account: username, tenant: name }: z.infer<typeof rolesSchema>): Principal | undefined => {
  const account = findAccount(username);
  const tenant = name === undefined ? account && homeTenant(account) : findTenant(name);
  return account && tenant && principalIn(account, tenant);
};

/** `PUT /lab/roles`: an administrator assigns the app's roles to a person; the next ID token carries them. */
export const roleRoutes = (roles: AppRoles): Router => {
  const router = Router();
  router.put('/roles', (req, res) => {
    const parsed = rolesSchema.safeParse(req.body);
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    const principal = principalOf(parsed.data);
    if (!principal) return void res.status(400).json({ error: 'Name an account of the lab, and a tenant that knows it.' });
    roles.assign(principal, parsed.data.roles);
    res.json({ account: principal.account.username, tenant: principal.tenant.id, roles: roles.of(principal) });
  });
  return router;
};
