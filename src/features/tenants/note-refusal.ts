import type { TenantId } from '../../http/current-user';
import type { IdentityError } from '../../identity/identity-error';
import { huntingScopes, type Resource } from '../../identity/resources.data';
import { delegatedOf, permissionKey, type ConsentState, type ConsentStore } from './consent-store';

export interface AskedToken {
  readonly resource: Resource;
  readonly scope?: string;
}

type Told = Pick<IdentityError, 'failure' | 'aadsts' | 'code' | 'correlationId'>;

/** The organization has no principal of the API, or no subscription to it. */
const withoutService = new Set([500011, 650052, 50001]);

/** Consent that is not there, whoever asks; the others of its kind may concern this person alone. */
const withoutConsent = new Set([65001, 700016, 700011]);

/** The permissions that were asked for; `.default` asks for whatever of the API was granted. */
const keysOf = ({ resource, scope = huntingScopes[resource] }: AskedToken): readonly string[] => {
  const name = scope.slice(scope.lastIndexOf('/') + 1);
  return name === '.default' ? delegatedOf(resource).map(permissionKey) : [`${resource}/${name}`];
};

/** Keeps what a refused token says of the organization: its consent or its licence, and nothing of what concerns the person alone. */
export const noteRefusal =
  (consents: Pick<ConsentStore, 'of' | 'refused'>) =>
  async (tenantId: TenantId, asked: AskedToken, { aadsts, code, correlationId }: Told): Promise<void> => {
    if (aadsts === undefined) return;
    const lacksService = withoutService.has(aadsts);
    if (!lacksService && !withoutConsent.has(aadsts)) return;
    const before = new Map((await consents.of(tenantId)).map((seen) => [seen.permission, seen.state]));
    const stateOf = (permission: string): ConsentState =>
      ['granted', 'withdrawn'].includes(before.get(permission) ?? '') ? 'withdrawn' : 'missing';
    for (const permission of keysOf(asked)) {
      const state = lacksService ? 'no-service' : stateOf(permission);
      await consents.refused(tenantId, permission, { state, code, correlationId });
    }
  };
