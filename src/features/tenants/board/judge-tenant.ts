import { aadstsFailure, adviceFor } from '../../../identity/aadsts';
import { bundlesFor } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import { connectPath } from '../connect/connect-form';
import { permissionKey, type SeenConsent } from '../consent-store';
import type { TenantFacts } from './board-facts';
import type { Mark } from './consent-rows';
import { moment } from './moment';

export type TenantState = 'works' | 'reconnect' | 'no licence' | 'trouble' | 'not used yet' | 'not connected';

export const stateMarks: Readonly<Record<TenantState, Mark>> = {
  works: 'good',
  reconnect: 'bad',
  'no licence': 'bad',
  trouble: 'warn',
  'not used yet': '',
  'not connected': 'warn',
};

/** Something that is wrong, what mends it, and where. */
export interface Problem {
  readonly mark: Mark;
  readonly says: string;
  readonly remedy: string;
  readonly link: { readonly href: string; readonly label: string } | null;
  readonly code: string | null;
  /** Of the identity service's or the hunting service's call. */
  readonly correlationId: string | null;
}

/** What a kept code means: Entra's numbers in the words of the sign-in's own table. */
export const wordsOf = (code: string): string => {
  const aadsts = Number(/^entra-(\d+)$/.exec(code)?.[1]);
  const failure = Number.isNaN(aadsts) ? undefined : aadstsFailure(aadsts);
  return failure === undefined ? 'The identity service gave no token for this organization.' : adviceFor({ failure, aadsts }).says;
};

export const licenceWords =
  'This organization has no Microsoft Defender for Endpoint or Defender XDR licence, or its Defender portal was never opened.';

/** What was seen of the one permission that hunting needs. */
export const huntConsent = ({ seen }: TenantFacts, provider: Resource): SeenConsent | undefined => {
  const [hunt] = bundlesFor(provider).flatMap(({ name, permissions }) => (name === 'hunt' ? permissions : []));
  return hunt && seen.find(({ permission }) => permission === permissionKey(hunt));
};

const consentLink = ({ tenant }: TenantFacts) => ({
  href: connectPath({ organization: tenant.tenantId, bundles: ['hunt'] }),
  label: 'The administrator’s consent page for this organization',
});

interface Loss {
  readonly since: number;
  readonly code: string | null;
  readonly correlationId?: string | null | undefined;
}

/** What told that the consent is gone, the surest first. */
const lossOf = (facts: TenantFacts, provider: Resource): Loss | undefined => {
  const { withdrawal, tenant } = facts;
  const seen = huntConsent(facts, provider);
  const refused = seen?.state === 'withdrawn' || seen?.state === 'missing' ? { ...seen, since: seen.seenAt } : undefined;
  const failed = tenant.lastFailure ? { ...tenant.lastFailure, since: tenant.lastFailure.at } : undefined;
  if (!withdrawal) return refused ?? failed;
  return { ...withdrawal, correlationId: refused?.correlationId ?? failed?.correlationId };
};

const withdrawn = (facts: TenantFacts, provider: Resource): Problem | undefined => {
  const loss = lossOf(facts, provider);
  if (!loss) return undefined;
  return {
    mark: 'bad',
    says: `Its consent was withdrawn or is missing: refused since ${moment(loss.since)}.`,
    remedy: 'One of its administrators reads the page behind this link and agrees again. They need no account here; the link can be sent.',
    link: consentLink(facts),
    code: loss.code,
    correlationId: loss.correlationId ?? null,
  };
};

const unlicensed = (facts: TenantFacts, provider: Resource): Problem | undefined => {
  const seen = huntConsent(facts, provider);
  if (seen?.state !== 'no-service') return undefined;
  return {
    mark: 'bad',
    says: `${licenceWords} Seen at ${moment(seen.seenAt)}.`,
    remedy: 'One of its administrators checks the licence, opens security.microsoft.com once with it, and agrees again behind this link.',
    link: consentLink(facts),
    code: seen.code,
    correlationId: seen.correlationId,
  };
};

/** Codes of runs for which somebody else must act; the others pass or are the query's. */
const troubles = new Set([
  'forbidden',
  'sign-in-again',
  'consent-missing',
  'no-such-service',
  'service-failed',
  'connection-lost',
  'throttled',
  'unreadable-answer',
]);

const failing = (facts: TenantFacts): Problem | undefined => {
  const { lastFailure, lastGood } = facts.hunting;
  if (!lastFailure || (lastGood && lastGood.at > lastFailure.at)) return undefined;
  if (!troubles.has(lastFailure.code) && !lastFailure.code.startsWith('entra-')) return undefined;
  return {
    mark: 'warn',
    says: `Your latest call failed at ${moment(lastFailure.at)}.`,
    remedy: lastFailure.message,
    link: lastFailure.code === 'consent-missing' ? consentLink(facts) : { href: `/hunting/runs/${lastFailure.runId}`, label: 'That run' },
    code: lastFailure.code,
    correlationId: lastFailure.requestId,
  };
};

/** The last thing the person asked was a check, and nothing answered. */
const unanswered = ({ checks, hunting: { lastGood } }: TenantFacts): Problem | undefined => {
  const ended = checks.filter(({ outcome }) => outcome !== 'waiting');
  const latest = ended.toSorted((a, b) => b.at - a.at)[0];
  if (!latest || latest.at <= (lastGood?.at ?? 0)) return undefined;
  if (ended.some(({ outcome }) => outcome === 'rows' || outcome === 'empty')) return undefined;
  return {
    mark: 'warn',
    says: `Nothing that you checked answered at ${moment(latest.at)}.`,
    remedy: 'Check again in a few minutes. Where it says refused, your Defender role there is missing; else its service is in trouble.',
    link: null,
    code: latest.code,
    correlationId: latest.requestId,
  };
};

const paused = ({ budget }: TenantFacts): Problem | undefined =>
  budget && budget.pausedMs > 0
    ? {
        mark: 'warn',
        says: 'Its service asked Quarry to wait.',
        remedy: `Calls go on by themselves in ${Math.ceil(budget.pausedMs / 1000)} seconds.`,
        link: null,
        code: 'throttled',
        correlationId: null,
      }
    : undefined;

export interface Judgement {
  readonly state: TenantState;
  readonly problems: readonly Problem[];
}

/** The one word for an organization, and everything that is wrong with it, the gravest first. */
export const judgeTenant = (facts: TenantFacts, provider: Resource): Judgement => {
  const licence = unlicensed(facts, provider);
  const consent = licence ? undefined : withdrawn(facts, provider);
  const trouble = licence || consent ? undefined : (failing(facts) ?? unanswered(facts));
  const problems = [licence, consent, trouble, paused(facts)].filter((problem) => problem !== undefined);
  if (licence) return { state: 'no licence', problems };
  if (consent) return { state: 'reconnect', problems };
  if (trouble) return { state: 'trouble', problems };
  return { state: facts.tenant.lastSuccessAt === null ? 'not used yet' : 'works', problems };
};
