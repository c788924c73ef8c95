import express, { Router } from 'express';
import { z } from 'zod';
import type { Calls } from './calls';
import { findAccount, findTenant } from './directory/directory';
import type { AppRoles } from './directory/app-roles';
import type { Grants } from './directory/grants';
import type { Revocations } from './directory/revocations';
import { drillProblem, drillSchema, type Drills } from './drills';
import type { SigningKeys } from './identity/signing-keys';
import { roleRoutes } from './role-routes';
import { localProgramsOnly } from './web/guards';

export interface ControlDeps {
  readonly drills: Drills;
  readonly calls: Calls;
  readonly keys: SigningKeys;
  readonly grants: Grants;
  readonly roles: AppRoles;
  readonly revocations: Revocations;
}

/** `/lab/drills`, `/lab/calls` and their neighbours: how an operator and tests steer the lab and see what reached it. */
export const controlRoutes = ({ drills, calls, keys, grants, roles, revocations }: ControlDeps): Router => {
  const router = Router();
  router.use(localProgramsOnly, express.json({ limit: '16kb' }));
  router.use(roleRoutes(roles));

  router.post('/drills', (req, res) => {
    const parsed = drillSchema.safeParse(req.body);
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    const { tenant, ...drill } = parsed.data;
    const problem = drillProblem(drill);
    if (problem) return void res.status(400).json({ error: problem });
    const found = tenant === undefined ? undefined : findTenant(tenant);
    if (tenant !== undefined && !found) return void res.status(400).json({ error: `There is no tenant ${tenant}.` });
    drills.arm({ ...drill, ...(found ? { tenant: found.id } : {}) });
    res.status(201).json({ armed: drills.list() });
  });
  router.get('/drills', (_req, res) => void res.json({ armed: drills.list() }));
  router.delete('/drills', (_req, res) => {
    drills.clear();
    res.status(204).end();
  });

  router.get('/calls', (_req, res) => void res.json(calls.list()));
  router.delete('/calls', (_req, res) => {
    calls.clear();
    res.status(204).end();
  });

  /** A new signing key; `forget` stops publishing the old ones, as after a compromise. */
  router.post('/keys', async (req, res) => {
    const parsed = z.strictObject({ forget: z.boolean().default(false) }).safeParse(req.body ?? {});
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    res.status(201).json({ kid: await keys.roll(parsed.data) });
  });

  /** The administrator's withdrawal: the app is removed from the tenant, as under Enterprise applications. */
  router.delete('/consents/:tenant', (req, res) => {
    const tenant = findTenant(req.params.tenant);
    if (!tenant) return void res.status(404).json({ error: `There is no tenant ${req.params.tenant}.` });
    const client = req.query['client_id'];
    if (typeof client === 'string') grants.for(client.toLowerCase()).withdraw(tenant);
    else grants.withdraw(tenant);
    res.status(204).end();
  });

  /** Ends every token of a person, as a change of password does; they sign in again. */
  router.post('/revocations', async (req, res) => {
    const account = findAccount(String((req.body as { account?: unknown } | undefined)?.account));
    if (!account) return void res.status(400).json({ error: 'Name an account of the lab: {"account":"..."}.' });
    await revocations.revoke(account.username);
    res.status(204).end();
  });
  return router;
};
