import { bundlesFor, type Bundle } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { connectPath } from '../connect/connect-form';
import { permissionKey } from '../consent-store';
import type { BudgetOutlook, OwnExperience } from '../ports';
import type { TenantFacts } from './board-facts';
import { testCall } from './check-tables.data';
import { consentRow, type ConsentRow, type Mark } from './consent-rows';
import type { ExpiryRow } from './expiry-rows';
import { judgeTenant, stateMarks, wordsOf, type Problem, type TenantState } from './judge-tenant';
import { lastAnswer, licenceOf, type Licence } from './licence';
import { moment } from './moment';
import { checkedRow, tableRows, type TableRow } from './table-rows';

export interface ConsentGroup {
  readonly title: string;
  readonly used: boolean;
  /** Not used, and nothing is known of it: its name says enough. */
  readonly silent: boolean;
  readonly rows: readonly ConsentRow[];
  /** Where an administrator allows exactly this; null: nothing is left to allow. */
  readonly href: string | null;
}

export interface OrganizationView {
  readonly name: string;
  readonly tenantId: string;
  readonly own: boolean;
  readonly connected: string;
  readonly state: TenantState;
  readonly mark: Mark;
  readonly detail: string;
  readonly problems: readonly Problem[];
  readonly consents: readonly ConsentGroup[];
  readonly licence: Licence;
  readonly tables: readonly TableRow[];
  readonly tablesSummary: string;
  readonly lastGood: string;
  readonly lastFailure: {
    readonly says: string;
    readonly code: string;
    readonly correlationId: string | null;
    readonly runHref: string | null;
  } | null;
  readonly budget: string;
  readonly testCall: TableRow | null;
  readonly checking: boolean;
  readonly checkAction: string;
  /** For the organization's own administrators. */
  readonly disconnectHref: string | null;
  /** Its details are shown from the start. */
  readonly open: boolean;
}

export interface BoardView {
  readonly rows: readonly OrganizationView[];
  readonly connectHref: string;
  readonly tableCalls: number;
  readonly expiries: readonly ExpiryRow[];
}

export interface BoardSite {
  readonly provider: Resource;
  readonly tableCalls: number;
}

interface Reader {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly roles: readonly string[];
}

const consentGroup = (bundle: Bundle, { tenant, seen: facts }: TenantFacts): ConsentGroup => {
  const known = new Map(facts.map((one) => [one.permission, one]));
  const seen = bundle.permissions.map((permission) => consentRow(permission, known.get(permissionKey(permission))));
  // What nothing uses is not amiss for being absent.
  const rows = seen.map((row): ConsentRow => (bundle.used || row.state !== 'missing' ? row : { ...row, mark: '' }));
  // Nobody is invited to allow what nothing uses, unless it was allowed before.
  const wanted = rows.some(({ state }) => state !== 'granted' && (bundle.used || state === 'withdrawn'));
  const href = !wanted ? null : connectPath({ organization: tenant.tenantId, bundles: [bundle.name] });
  const silent = !bundle.used && rows.every(({ state }) => state === 'unknown');
  return { title: bundle.title, used: bundle.used, silent, rows, href };
};

const budgetWords = (budget: BudgetOutlook | null): string => {
  if (!budget) return 'Unknown.';
  const calls = `${budget.callsLeft} of ${budget.of} calls left in this minute`;
  const worked = `${Math.round(budget.workedMs / 1000)} s of its run time used in the last quarter of an hour`;
  const left = budget.workLeftMs === null ? '' : `, ${Math.round(budget.workLeftMs / 1000)} s left of what its service allows`;
  const pause = budget.pausedMs > 0 ? ` It asked for a pause of ${Math.ceil(budget.pausedMs / 1000)} s.` : '';
  return `${calls}; ${worked}${left}.${pause}`;
};

const lastGoodWords = (facts: TenantFacts): string => {
  const { lastSuccessAt } = facts.tenant;
  const answered = lastAnswer(facts);
  const token = lastSuccessAt === null ? 'No token yet' : `Token at ${moment(lastSuccessAt)}`;
  return `${token}; ${answered === undefined ? 'its service has answered nothing of yours yet' : `its service last answered you at ${moment(answered)}`}.`;
};

const runFailure = ({ lastFailure }: OwnExperience): OrganizationView['lastFailure'] =>
  lastFailure && {
    says: `At ${moment(lastFailure.at)}: ${lastFailure.message}`,
    code: lastFailure.code,
    correlationId: lastFailure.requestId,
    runHref: `/hunting/runs/${lastFailure.runId}`,
  };

const lastFailureOf = ({ tenant, hunting }: TenantFacts): OrganizationView['lastFailure'] => {
  const { lastFailure } = tenant;
  if (!lastFailure || (hunting.lastFailure && hunting.lastFailure.at > lastFailure.at)) return runFailure(hunting);
  const { at, code, correlationId = null } = lastFailure;
  return { says: `At ${moment(at)}: ${wordsOf(code)}`, code, correlationId, runHref: null };
};

const organizationView = (facts: TenantFacts, reader: Reader, provider: Resource): Omit<OrganizationView, 'open'> => {
  const { tenant, checks } = facts;
  const { state, problems } = judgeTenant(facts, provider);
  const test = checks.find(({ table }) => table === testCall);
  const tables = tableRows(facts);
  const own = tenant.tenantId === reader.tenantId;
  const answering = tables.filter(({ answers }) => answers).length;
  return {
    name: tenant.name,
    tenantId: tenant.tenantId,
    own,
    connected: moment(tenant.connectedAt),
    state,
    mark: stateMarks[state],
    detail: problems[0]?.says ?? lastGoodWords(facts),
    problems,
    consents: bundlesFor(provider).map((bundle) => consentGroup(bundle, facts)),
    licence: licenceOf(facts, provider),
    tables,
    tablesSummary: tables.length === 0 ? 'None asked yet.' : `${answering} of ${tables.length} that were asked answer you.`,
    lastGood: lastGoodWords(facts),
    lastFailure: lastFailureOf(facts),
    budget: budgetWords(facts.budget),
    testCall: test ? checkedRow(test) : null,
    checking: checks.some((check) => check.outcome === 'waiting' && checkedRow(check).state === 'asked'),
    checkAction: `/tenants/${tenant.tenantId}/check`,
    disconnectHref: own && reader.roles.includes('administrator') ? `/tenants/${tenant.tenantId}/disconnect` : null,
  };
};

/** The reader's own organization before anybody connected it. */
const notConnected = ({ tenantId, tenantName }: Reader): OrganizationView => ({
  name: tenantName,
  tenantId,
  own: true,
  connected: '',
  state: 'not connected',
  mark: stateMarks['not connected'],
  detail: 'Its administrator has not connected it yet, so nothing can be hunted in it.',
  problems: [
    {
      mark: 'warn',
      says: 'Your organization is not connected.',
      remedy: 'One of its administrators reads the page behind this link and agrees. They need no account here; the link can be sent.',
      link: {
        href: connectPath({ organization: tenantId, bundles: ['hunt'] }),
        label: 'The administrator’s consent page for this organization',
      },
      code: null,
      correlationId: null,
    },
  ],
  consents: [],
  licence: { state: 'unknown', mark: '', detail: 'Nothing has been asked yet.' },
  tables: [],
  tablesSummary: 'None asked yet.',
  lastGood: 'None.',
  lastFailure: null,
  budget: 'Unknown.',
  testCall: null,
  checking: false,
  checkAction: '',
  disconnectHref: null,
  open: true,
});

/** With more than so many, only organizations in trouble are unfolded. */
const unfolded = 3;

export const boardView = (
  site: BoardSite,
  { facts, reader, expiries }: { readonly facts: readonly TenantFacts[]; readonly reader: Reader; readonly expiries: readonly ExpiryRow[] },
): BoardView => {
  const known = facts.map((one) => organizationView(one, reader, site.provider));
  const rows = known.map((row) => ({ ...row, open: known.length <= unfolded || row.checking || row.mark === 'bad' }));
  return {
    rows: rows.some(({ own }) => own) ? rows : [notConnected(reader), ...rows],
    connectHref: '/connect',
    tableCalls: site.tableCalls,
    expiries,
  };
};
