import type { Request, Response } from 'express';
import { signedInUser } from '../../http/current-user';
import { parseQuery } from '../../http/forms';
import { renderPage } from '../../http/render';
import { roleNeeded } from '../../http/roles';
import { scopeOf } from './policy';
import { auditView, type Reading } from './present';
import { recordJson } from './record-json';
import { auditAddress, queryStringOf, searchOf, type AuditAddress } from './schema';
import type { Trail } from './trail';
import type { ChainVerdict } from './verify';

export interface AuditHandlerOptions {
  readonly trail: Trail;
  readonly check: (chain: string) => Promise<ChainVerdict>;
  readonly clock: () => number;
}

const perPage = 50;
const summaryMs = 30 * 86_400_000;

const isFormAddress = (req: Request): boolean => Object.values(req.query).includes('');

/** One check of a chain at a time: whoever asks meanwhile gets the same answer. */
const createOneCheck = (check: AuditHandlerOptions['check']) => {
  const running = new Map<string, Promise<ChainVerdict>>();
  return (chain: string): Promise<ChainVerdict> => {
    const known = running.get(chain);
    if (known) return known;
    const checking = check(chain).finally(() => running.delete(chain));
    running.set(chain, checking);
    return checking;
  };
};

/** The trail as its readers see it: every handler reads within the scope of the person who asks. */
export const createAuditHandlers = ({ trail, check, clock }: AuditHandlerOptions) => {
  const oneCheck = createOneCheck(check);

  const read = async (req: Request, address: AuditAddress): Promise<Reading> => {
    const user = signedInUser(req);
    const scope = scopeOf(user);
    const own = trail.within(scope);
    const found = await own.page(searchOf(address), { before: address.before, limit: perPage + 1 });
    const records = found.records.slice(0, perPage);
    const more = found.records.length > perPage;
    const runs = [...new Set(records.map(({ run_id }) => run_id).filter((id) => id !== null))];
    const nameless = records.filter(({ actor_name }) => actor_name === null).map(({ actor_object_id }) => actor_object_id);
    const [queries, names] = [await own.queries(runs), await own.names([...new Set(nameless.filter((id) => id !== null))])];
    const summary = await own.summary(clock() - summaryMs);
    // A page that is not full ended where the search did.
    const older = more ? (records.at(-1)?.seq ?? null) : found.reached;
    return { user, scope, address, records, older, whole: more || found.reached === null, queries, names, summary };
  };

  const show = async (req: Request, res: Response, reading: Reading): Promise<void> =>
    renderPage(res, 'audit/index', { title: 'Audit', view: auditView(reading), wide: true });

  return {
    index: async (req: Request, res: Response): Promise<void> => {
      const address = parseQuery(auditAddress, req);
      if (isFormAddress(req)) return res.redirect(303, `/audit${queryStringOf(address)}`);
      return show(req, res, await read(req, address));
    },
    indexJson: async (req: Request, res: Response): Promise<void> => {
      const { scope, records, older, whole, summary } = await read(req, parseQuery(auditAddress, req));
      const { tenantId, person } = scope;
      res.set('Cache-Control', 'no-store');
      res.json({
        tenantId,
        everybody: person === null,
        last30Days: summary,
        records: records.map(recordJson),
        older,
        searchedTo: whole ? null : older,
      });
    },
    /** `POST /audit/check`: the chain from its first record to its last. */
    check: async (req: Request, res: Response): Promise<void> => {
      const user = signedInUser(req);
      if (scopeOf(user).person !== null) throw roleNeeded('administrator', user.tenantName);
      const verdict = await oneCheck(user.tenantId);
      return show(req, res, { ...(await read(req, {})), verdict });
    },
  };
};

export type AuditHandlers = ReturnType<typeof createAuditHandlers>;
