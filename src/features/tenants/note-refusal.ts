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

/** The organization does not know the app, whoever asks. */
const withoutApp = new Set([700016, 700011]);

/** Nobody gave this person the consent; others may have it. The rest of its kind says nothing of the organization at all. */
const lacksConsent = 65001;

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
    if (!lacksService && !withoutApp.has(aadsts) && aadsts !== lacksConsent) return;
    const before = new Map((await consents.of(tenantId)).map((seen) => [seen.permission, seen.state]));
    const stateOf = (permission: string): ConsentState =>
      ['granted', 'withdrawn'].includes(before.get(permission) ?? '') ? 'withdrawn' : 'missing';
    for (const permission of keysOf(asked)) {
      // What another person was seen to hold is not gone because this one lacks it; a withdrawal is found and noted elsewhere.
      if (aadsts === lacksConsent && before.get(permission) === 'granted') continue;
      const state = lacksService ? 'no-service' : stateOf(permission);
      await consents.refused(tenantId, permission, { state, code, correlationId });
    }
  };
