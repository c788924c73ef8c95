import { Router } from 'express';
import { AppError } from '../../errors';
import { signedInUser } from '../../http/current-user';
import { renderPage } from '../../http/render';
import { requireRole } from '../../http/roles';
import { entityKinds, readEntity, type EntityKind } from './entity';
import { entityNames } from './pivots.data';
import { entityView } from './views';

const noSuch = (kind: EntityKind): AppError =>
  new AppError({
    kind: 'not-found',
    code: 'no-such-entity',
    publicMessage: `The address does not name a ${entityNames[kind].toLowerCase()} as the logs write one.`,
  });

/** `GET /devices/:id`, `/files/:hash`, `/users/:id`, `/domains/:name`, `/ips/:ip`, `/alerts/:id`: where to look next. */
export const entityRoutes = ({ cloud }: { readonly cloud: boolean }): Router => {
  const router = Router();
  for (const kind of entityKinds) {
    router.get(`/${kind}/:value`, requireRole('viewer'), (req, res) => {
      const entity = readEntity(kind, String(req.params['value']));
      if (!entity) throw noSuch(kind);
      const { tenantId } = signedInUser(req);
      return renderPage(res, 'entities/show', {
        view: entityView(entity, { tenantId, cloud }),
        title: `${entityNames[kind]} ${entity.value}`,
      });
    });
  }
  return router;
};
