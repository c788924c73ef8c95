import { Router } from 'express';
import { discoveryDocument, instanceDocument, issuerOf, resolveAuthority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { createTrace, errorBody, StsError } from './sts-error';

/** Discovery documents, instance discovery and key sets. */
export const discoveryRoutes = ({ keys, base, now }: Pick<IdentityDeps, 'keys' | 'base' | 'now'>): Router => {
  const router = Router();
  const unknown = (tenant: string) => errorBody(new StsError(90002, [tenant]), createTrace(undefined, now()), base());

  router.get('/common/discovery/instance', (_req, res) => void res.json(instanceDocument(base())));

  router.get('/:authority/v2.0/.well-known/openid-configuration', (req, res) => {
    const authority = resolveAuthority(req.params.authority);
    if (!authority) return void res.status(400).json(unknown(req.params.authority));
    res.set('Access-Control-Allow-Origin', '*').json(discoveryDocument(base(), authority));
  });

  router.get('/:authority/discovery/v2.0/keys', (req, res) => {
    const authority = resolveAuthority(req.params.authority);
    if (!authority) return void res.status(400).json(unknown(req.params.authority));
    const issuer = authority.kind === 'tenant' ? undefined : issuerOf(base(), { kind: 'organizations', segment: 'organizations' });
    res.set('Access-Control-Allow-Origin', '*').json(keys.keySet(issuer));
  });
  return router;
};
