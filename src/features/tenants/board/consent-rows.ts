import { resourceApps, type Permission } from '../../../identity/permissions.data';
import type { SeenConsent } from '../consent-store';
import { moment } from './moment';

export type Mark = 'good' | 'warn' | 'bad' | '';

/** One permission in one organization, for a table. */
export interface ConsentRow {
  readonly name: string;
  readonly api: string;
  readonly kind: 'delegated' | 'application';
  readonly state: 'granted' | 'missing' | 'withdrawn' | 'no service' | 'unknown';
  readonly mark: Mark;
  readonly detail: string;
}

const refusedBy = ({ code, correlationId }: SeenConsent): string =>
  code === null ? '' : ` (${code}${correlationId === null ? '' : `, correlation id ${correlationId}`})`;

const shown = {
  granted: ['granted', 'good', (seen: SeenConsent) => `Seen in a token at ${moment(seen.seenAt)}.`],
  missing: ['missing', 'warn', (seen: SeenConsent) => `Not among what was granted at ${moment(seen.seenAt)}${refusedBy(seen)}.`],
  withdrawn: ['withdrawn', 'bad', (seen: SeenConsent) => `Was granted; refused since ${moment(seen.seenAt)}${refusedBy(seen)}.`],
  'no-service': [
    'no service',
    'bad',
    (seen: SeenConsent) => `The organization does not have this service: seen at ${moment(seen.seenAt)}${refusedBy(seen)}.`,
  ],
} as const;

export const consentRow = ({ value, resource, kind }: Permission, seen: SeenConsent | undefined): ConsentRow => {
  const base = { name: value, api: resourceApps[resource].name, kind };
  if (kind === 'application') {
    return {
      ...base,
      state: 'unknown',
      mark: '',
      detail: 'A permission of the app itself: no person’s token shows whether it is granted.',
    };
  }
  if (!seen) return { ...base, state: 'unknown', mark: '', detail: 'No token of this service has been asked for yet.' };
  const [state, mark, detail] = shown[seen.state];
  return { ...base, state, mark, detail: detail(seen) };
};
