import type { TenantId } from '../../http/current-user';
import type { IdentityError } from '../../identity/identity-error';
import { huntingScopes, type Resource } from '../../identity/resources.data';
import type { ConsentState, ConsentStore } from './consent-store';

export interface AskedToken {
  readonly resource: Resource;
  readonly scope?: string;
}

type Told = Pick<IdentityError, 'failure' | 'aadsts' | 'code' | 'correlationId'>;

/** The organization has no principal of the API, or no subscription to it. */
const withoutService = new Set([500011, 650052, 50001]);

/** Consent that is not there, whoever asks; the others of its kind may concern this person alone. */
const withoutConsent = new Set([65001, 700016, 700011]);

const keyOf = ({ resource, scope = huntingScopes[resource] }: AskedToken): string =>
  `${resource}/${scope.slice(scope.lastIndexOf('/') + 1)}`;

/** Keeps what a refused token says of the organization: its consent or its licence, and nothing of what concerns the person alone. */
export const noteRefusal =
  (consents: Pick<ConsentStore, 'of' | 'refused'>) =>
  async (tenantId: TenantId, asked: AskedToken, { aadsts, code, correlationId }: Told): Promise<void> => {
    if (aadsts === undefined) return;
    const permission = keyOf(asked);
    const note = (state: ConsentState): Promise<void> => consents.refused(tenantId, permission, { state, code, correlationId });
    if (withoutService.has(aadsts)) return note('no-service');
    if (!withoutConsent.has(aadsts)) return;
    const before = (await consents.of(tenantId)).find((seen) => seen.permission === permission)?.state;
    return note(before === 'granted' || before === 'withdrawn' ? 'withdrawn' : 'missing');
  };
