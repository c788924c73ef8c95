import { Router } from 'express';
import type { LabServiceFactory } from '../../src/lab/lab-context';

/** A service of the lab as small as one can be: it says who called, in a body long enough to be cut. */
export const aSmallService: LabServiceFactory = ({ gate }) => {
  const graph = Router();
  graph.post(
    '/v1.0/security/runHuntingQuery',
    gate(
      { audience: 'graph', service: 'hunting', delegated: ['ThreatHunting.Read.All'], application: ['ThreatHunting.Read.All'] },
      (call, _req, res) => {
        res.json({
          tenant: call.caller.tenant.key,
          person: call.caller.person?.objectId ?? null,
          cut: call.cut,
          filling: 'x'.repeat(1000),
        });
      },
    ),
  );
  const mde = Router();
  mde.get(
    '/api/indicators',
    gate(
      { audience: 'mde', service: 'defender', delegated: ['Ti.ReadWrite'], application: ['Ti.ReadWrite', 'Ti.ReadWrite.All'] },
      (_call, _req, res) => {
        res.write('{"value":');
        res.end('[]}');
      },
    ),
  );
  return { graph, mde };
};
