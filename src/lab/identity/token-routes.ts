import { Router, type Request, type Response } from 'express';
import type { LabCall } from '../calls';
import { showFault } from '../faults';
import { resolveAuthority, type Authority } from './discovery';
import type { IdentityDeps } from './identity-deps';
import { strongClaims } from './sign-in-step';
import { createTrace, errorBody, StsError, type Trace } from './sts-error';
import { createTokenGrants } from './token-grants';
import { demand, tokenParameters } from './token-request';

const statusOf = (error: StsError): number => (error.oauthError === 'invalid_client' ? 401 : 400);

/** The two faults that the identity service words itself. */
const injected = (fault: string): StsError | undefined => {
  if (fault === 'consent') return new StsError(65001);
  return fault === 'claims' ? new StsError(50076, [], { error: 'invalid_grant', claims: strongClaims }) : undefined;
};

const dialect = (trace: Trace) => {
  const body = (error: string, description: string) => ({
    error,
    error_description: description,
    trace_id: trace.traceId,
    correlation_id: trace.correlationId,
  });
  return {
    throttled: () =>
      body('temporarily_unavailable', 'AADSTS90055: The server has terminated the request because of an excessive number of requests.'),
    broken: (status: number) =>
      body(status === 504 ? 'temporarily_unavailable' : 'server_error', 'AADSTS90033: A transient error has occurred. Please try again.'),
  };
};

/** The token endpoint. `callOf` finds the ledger's entry of a request, which a fault or the tenant's name is added to. */
export const tokenRoutes = (deps: IdentityDeps, callOf: (req: Request) => LabCall | undefined): Router => {
  const redeem = createTokenGrants(deps);
  const router = Router();

  const respond = async (req: Request, authority: Authority | undefined, segment: string): Promise<unknown> => {
    if (!authority) throw new StsError(90002, [segment]);
    const read = tokenParameters(req);
    if (authority.kind === 'consumers') throw new StsError(9002332, [deps.registration.name, deps.registration.clientId]);
    const grantType = demand(read, 'grant_type');
    const client = await deps.clients.prove(
      {
        clientId: read('client_id'),
        secret: read('client_secret'),
        assertion: read('client_assertion'),
        assertionType: read('client_assertion_type'),
        authorization: req.headers.authorization,
      },
      [
        `${deps.base()}/${segment}/oauth2/v2.0/token`,
        `${deps.base()}/${authority.kind === 'tenant' ? authority.tenant.id : segment}/oauth2/v2.0/token`,
      ],
    );
    return redeem(grantType, { read, authority, client });
  };

  router.all('/:authority/oauth2/v2.0/token', async (req: Request<{ authority: string }>, res: Response) => {
    const clientRequestId = req.headers['client-request-id'] ?? req.query['client-request-id'];
    const trace = createTrace(clientRequestId, deps.now());
    const authority = resolveAuthority(req.params.authority);
    const tenantId = authority?.kind === 'tenant' ? authority.tenant.id : undefined;
    res.set({
      'Cache-Control': 'no-store, no-cache',
      Pragma: 'no-cache',
      'x-ms-request-id': trace.traceId,
      'client-request-id': trace.correlationId,
    });
    const due = deps.drills.take('identity', tenantId);
    const call = callOf(req);
    if (call && due) call.fault = due.fault;
    if (due && showFault(res, due, dialect(trace))) return;
    try {
      const error = due && injected(due.fault);
      if (error) throw error;
      res.json(await respond(req, authority, req.params.authority));
    } catch (thrown) {
      if (!(thrown instanceof StsError)) throw thrown;
      res.status(statusOf(thrown)).json(errorBody(thrown, trace, deps.base()));
    }
  });
  return router;
};
