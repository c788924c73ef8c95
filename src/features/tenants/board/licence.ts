import { resourceApps } from '../../../identity/permissions.data';
import type { Resource } from '../../../identity/resources.data';
import type { TenantFacts } from './board-facts';
import type { Mark } from './consent-rows';
import { huntConsent, licenceWords } from './judge-tenant';
import { moment } from './moment';

/** Whether the organization has the services that Quarry asks: nothing says so but their answers. */
export interface Licence {
  readonly state: 'present' | 'partly' | 'missing' | 'unknown';
  readonly mark: Mark;
  readonly detail: string;
}

const apiOf = (permission: string): string => resourceApps[permission.slice(0, permission.indexOf('/')) as Resource].name;

/** When its hunting service last answered this person, whatever was asked. */
export const lastAnswer = ({ hunting, checks }: TenantFacts): number | undefined => {
  const answered = checks.filter(({ outcome }) => outcome === 'rows' || outcome === 'empty').map(({ at }) => at);
  const times = hunting.lastGood ? [hunting.lastGood.at, ...answered] : answered;
  return times.length === 0 ? undefined : Math.max(...times);
};

export const licenceOf = (facts: TenantFacts, provider: Resource): Licence => {
  const hunt = huntConsent(facts, provider);
  const code = (seen: { readonly code: string | null }): string => (seen.code === null ? '' : ` (${seen.code})`);
  if (hunt?.state === 'no-service')
    return { state: 'missing', mark: 'bad', detail: `${licenceWords} Seen at ${moment(hunt.seenAt)}${code(hunt)}.` };
  const answered = lastAnswer(facts);
  const works = answered === undefined ? '' : `Its hunting service answered you at ${moment(answered)}. `;
  const lacking = facts.seen.find(({ state }) => state === 'no-service');
  if (lacking) {
    const detail = `${works}It has no ${apiOf(lacking.permission)}: seen at ${moment(lacking.seenAt)}${code(lacking)}.`;
    return { state: 'partly', mark: 'warn', detail };
  }
  if (answered === undefined) return { state: 'unknown', mark: '', detail: 'No call of yours has been answered yet; a check tells.' };
  return { state: 'present', mark: 'good', detail: works.trim() };
};
