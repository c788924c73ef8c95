import express, { Router } from 'express';
import { z } from 'zod';
import type { LabClock } from './clock';
import type { Applications } from './directory/applications';
import { findTenant } from './directory/directory';
import type { Licences } from './directory/licences';
import { localProgramsOnly } from './web/guards';

export interface PracticeDeps {
  readonly clock: LabClock;
  readonly licences: Licences;
  readonly applications: Applications;
}

const clockWish = z.strictObject({ seconds: z.number().int().min(-1e9).max(1e9) });
const licenceWish = z.strictObject({ tenant: z.string(), without: z.array(z.enum(['xdr', 'mde'])) });
const expiryWish = z.strictObject({ clientId: z.guid().toLowerCase() });

/** `/lab/clock`, `/lab/licences`, `/lab/expiries`: states of the world that last until they are changed, for practising with `npm run doctor`. */
export const practiceRoutes = ({ clock, licences, applications }: PracticeDeps): Router => {
  const router = Router();
  router.use(['/clock', '/licences', '/expiries'], localProgramsOnly, express.json({ limit: '4kb' }));

  router.post('/clock', (req, res) => {
    const wish = clockWish.safeParse(req.body);
    if (!wish.success) return void res.status(400).json({ error: z.prettifyError(wish.error) });
    clock.shift(wish.data.seconds);
    res.status(204).end();
  });

  router.post('/licences', (req, res) => {
    const wish = licenceWish.safeParse(req.body);
    if (!wish.success) return void res.status(400).json({ error: z.prettifyError(wish.error) });
    const tenant = findTenant(wish.data.tenant);
    if (!tenant) return void res.status(400).json({ error: `There is no tenant ${wish.data.tenant}.` });
    licences.set(tenant, wish.data.without);
    res.status(204).end();
  });

  router.post('/expiries', (req, res) => {
    const wish = expiryWish.safeParse(req.body);
    if (!wish.success) return void res.status(400).json({ error: z.prettifyError(wish.error) });
    const found = applications.all().find(({ appId }) => appId === wish.data.clientId);
    if (!found) return void res.status(404).json({ error: 'No app of this client id was registered through Graph.' });
    applications.expire(found);
    res.status(204).end();
  });
  return router;
};
