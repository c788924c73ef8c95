import express, { Router } from 'express';
import { z } from 'zod';
import type { Calls } from './calls';
import { findTenant } from './directory/directory';
import { drillSchema, type Drills } from './drills';
import { localProgramsOnly } from './web/guards';

/** `/lab/drills` and `/lab/calls`: how an operator and tests steer the lab and see what reached it. */
export const controlRoutes = ({ drills, calls }: { readonly drills: Drills; readonly calls: Calls }): Router => {
  const router = Router();
  router.use(localProgramsOnly, express.json({ limit: '16kb' }));

  router.post('/drills', (req, res) => {
    const parsed = drillSchema.safeParse(req.body);
    if (!parsed.success) return void res.status(400).json({ error: z.prettifyError(parsed.error) });
    const { tenant, ...drill } = parsed.data;
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
  return router;
};
