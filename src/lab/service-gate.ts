import type { Request, RequestHandler, Response } from 'express';
import type { Caller, Demand, TokenVerdict, TokenVerifier } from './access-tokens';
import type { Calls, LabCall } from './calls';
import type { Drills, DueFault, LabService } from './drills';
import { showFault } from './faults';
import { serviceDialect, type ServiceDialect } from './service-errors';

/** A call that got through: who calls, and a fault that the service itself has to act out. */
export interface ServiceCall {
  readonly caller: Caller;
  /** End the result at a row limit, as a real service's cut does. */
  readonly cut: boolean;
  /** The ledger's id of the call, and what the answer names as its request id. */
  readonly requestId: string;
}

export interface GateDemand extends Demand {
  /** The service whose drills this route suffers and under which the ledger keeps it. */
  readonly service: Exclude<LabService, 'identity'>;
  /** What the service says of a token without the permission, where it has words of its own. */
  readonly forbidden?: { readonly code: string; readonly message: string };
}

export type ServiceHandler = (call: ServiceCall, req: Request, res: Response) => Promise<void> | void;

export interface GateDeps {
  readonly verify: TokenVerifier;
  readonly drills: Drills;
  readonly calls: Calls;
  readonly base: () => string;
}

type Refusal = Exclude<TokenVerdict, { readonly ok: true }>;

const challenge = (base: string, more = ''): string => `Bearer realm="", authorization_uri="${base}/common/oauth2/authorize"${more}`;

/** A claims challenge asks for a token that is newer than this moment. */
const claimsChallenge = (): string =>
  Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } } })).toString(
    'base64',
  );

interface Passage {
  readonly req: Request;
  readonly res: Response;
  readonly dialect: ServiceDialect;
  readonly base: string;
  readonly forbidden: GateDemand['forbidden'];
}

const refuse = ({ res, dialect, base, forbidden: own }: Passage, { problem, detail }: Pick<Refusal, 'problem' | 'detail'>): void => {
  const forbidden = problem === 'forbidden' || problem === 'consent';
  if (!forbidden) res.set('WWW-Authenticate', challenge(base, problem === 'missing' ? '' : ', error="invalid_token"'));
  const words = own ? dialect.error(own.code, own.message) : dialect.forbidden(detail);
  res.status(forbidden ? 403 : 401).json(forbidden ? words : dialect.unauthorized(detail));
};

/** Acts out an armed fault. Returns true when the call is over. */
const suffer = (passage: Passage, due: DueFault): boolean => {
  const { res, dialect, base } = passage;
  if (due.fault === 'consent') refuse(passage, { problem: 'consent', detail: dialect.withdrawn });
  else if (due.fault === 'claims') {
    res.set('WWW-Authenticate', challenge(base, `, error="insufficient_claims", claims="${claimsChallenge()}"`));
    res.status(401).json(dialect.unauthorized('Continuous access evaluation resulted in challenge with result: InteractionRequired'));
  } else return showFault(res, due, dialect);
  return true;
};

/**
 * The door of every service route: enters the call in the ledger, verifies its token, acts out armed drills and refuses in the service's
 * own dialect. Only a permitted call reaches the handler. A drill counts only calls that carry a good token.
 */
export const createServiceGate =
  ({ verify, drills, calls, base }: GateDeps) =>
  (demand: GateDemand, handle: ServiceHandler): RequestHandler[] => [
    calls.record(demand.service),
    async (req, res) => {
      const entry = calls.of(req) as LabCall;
      const { requestId } = entry;
      const dialect = serviceDialect(demand.audience, requestId, req.headers['client-request-id']);
      const passage = { req, res, dialect, base: base(), forbidden: demand.forbidden };
      res.set({ 'request-id': requestId, 'Cache-Control': 'no-store' });
      const verdict = await verify(req.headers.authorization, demand);
      entry.tenant = (verdict.ok ? verdict.caller.tenant.id : verdict.tenantId) ?? null;
      if (!verdict.ok) return refuse(passage, verdict);
      const due = drills.take(demand.service, entry.tenant ?? undefined);
      if (due) entry.fault = due.fault;
      if (due && suffer(passage, due)) return;
      return handle({ caller: verdict.caller, cut: due?.fault === 'cut', requestId }, req, res);
    },
  ];

export type ServiceGate = ReturnType<typeof createServiceGate>;
