import { Router } from 'express';
import { z } from 'zod';
import type { Calls } from './calls';
import { findTenant } from './directory/directory';
import { tenants } from './directory/tenants.data';
import { drillProblem, drillSchema } from './drills';
import type { IdentityDeps } from './identity/identity-deps';
import { sameOriginForms } from './web/guards';
import { html } from './web/html';
import { sendPage } from './web/page';
import { homePage } from './home-page';

const armForm = drillSchema.extend({
  times: z.coerce.number().int().min(1).max(1000),
  tenant: z.string().transform((text) => (text === '' ? undefined : text)),
});

/** The lab's own page and its three forms. */
export const homeRoutes = ({ registrations, grants, sessions, drills }: IdentityDeps, calls: Calls): Router => {
  const router = Router();
  const home = '/';
  const registeredApps = () =>
    registrations
      .all()
      .filter(({ clientId, publicClient }) => clientId !== registrations.builtIn.clientId && !publicClient)
      .map(({ name, clientId }) => ({ name, clientId, tenants: tenants.filter((tenant) => grants.for(clientId).connected(tenant)) }));

  router.get(home, async (req, res) => {
    const body = homePage({
      applicationName: registrations.builtIn.name,
      clientId: registrations.builtIn.clientId,
      tenants: tenants.map((tenant) => ({ tenant, connected: grants.connected(tenant) })),
      registered: registeredApps(),
      signedIn: (await sessions.read(req)).map(({ username }) => username),
      armed: drills.list(),
      calls: calls.list().slice(-50).reverse(),
    });
    sendPage(res, { title: 'Home', body, wide: true });
  });

  router.post('/lab-home/withdraw', sameOriginForms, (req, res) => {
    const { tenant: named, client } = req.body as Record<string, unknown>;
    const tenant = findTenant(String(named));
    const app = client === undefined ? registrations.builtIn : registrations.find(String(client));
    if (tenant && app) grants.for(app.clientId).withdraw(tenant);
    res.redirect(303, home);
  });

  router.post('/lab-home/arm', sameOriginForms, (req, res) => {
    const parsed = armForm.safeParse(req.body);
    const problem = parsed.success ? drillProblem(parsed.data) : z.prettifyError(parsed.error);
    if (!parsed.success || problem !== undefined) {
      return sendPage(res, {
        title: 'Not armed',
        status: 400,
        body: html`<h1>The drill was not armed</h1>
          <p>${problem}</p>`,
      });
    }
    const { tenant, ...drill } = parsed.data;
    const known = tenant === undefined ? undefined : findTenant(tenant);
    drills.arm({ ...drill, ...(known ? { tenant: known.id } : {}) });
    res.redirect(303, home);
  });

  router.post('/lab-home/disarm', sameOriginForms, (_req, res) => {
    drills.clear();
    res.redirect(303, home);
  });
  return router;
};
