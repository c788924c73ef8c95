import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import type { LabMounts, LabServiceFactory } from '../lab-context';
import type { LabData } from '../telemetry/lab-data';
import { telemetryRoutes } from '../telemetry/telemetry-routes';
import { dialects, type Dialect } from './dialect';
import { createHuntingHandler } from './hunting-handler';

/** The lab's advanced hunting in its three dialects, answered over the lab's telemetry. */
export const huntingService =
  (data: LabData): LabServiceFactory =>
  ({ gate, settings, now }): LabMounts => {
    const spoolFolder = join(settings.dataDir, 'spool');
    const routes = (dialect: Dialect): Router => {
      const router = Router({ caseSensitive: false });
      const handler = createHuntingHandler(dialect, { data, spoolFolder, now });
      const demand = {
        service: 'hunting',
        audience: dialect.audience,
        delegated: [dialect.delegated],
        application: [dialect.application],
      } as const;
      for (const path of dialect.path) router.post(path, gate(demand, handler));
      return router;
    };
    return {
      graph: routes(dialects.graph),
      xdr: routes(dialects.xdr),
      mde: routes(dialects.mde),
      lab: telemetryRoutes(data),
      prepare: data.prepare,
      stop: async () => {
        await data.stop();
        rmSync(spoolFolder, { recursive: true, force: true });
      },
    };
  };
