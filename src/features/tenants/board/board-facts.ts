import type { SignedInUser, TenantId } from '../../../http/current-user';
import type { Resource } from '../../../identity/resources.data';
import type { SeenConsent } from '../consent-store';
import type { BudgetOutlook, HuntingHealth, OwnExperience } from '../ports';
import type { ConnectedTenant, TenantStore } from '../store';
import type { CheckResult, CheckStore } from './check-store';

/** Everything that is known of one connected organization, for the person who looks. */
export interface TenantFacts {
  readonly tenant: ConnectedTenant;
  readonly seen: readonly SeenConsent[];
  /** Found withdrawn upstream, and not connected anew since. */
  readonly withdrawal: { readonly since: number; readonly code: string } | null;
  readonly hunting: OwnExperience;
  readonly budget: BudgetOutlook | null;
  readonly checks: readonly CheckResult[];
}

export interface BoardFactsOptions {
  readonly store: Pick<TenantStore, 'listFor' | 'consents'>;
  readonly checks: Pick<CheckStore, 'of'>;
  readonly hunting: Pick<HuntingHealth, 'seen' | 'outlook'>;
  readonly withdrawal: (tenantId: TenantId) => Promise<{ readonly since: number; readonly code: string } | undefined>;
  readonly provider: Resource;
}

/** Gathers what the health board shows: the organizations where this person may act, and no others. */
export const createBoardFacts = ({ store, checks, hunting, withdrawal }: BoardFactsOptions) => {
  const factsOf = async (user: SignedInUser, tenant: ConnectedTenant, budget: BudgetOutlook | undefined): Promise<TenantFacts> => {
    const { tenantId } = tenant;
    const [seen, withdrawn, own, checked] = await Promise.all([
      store.consents.of(tenantId),
      withdrawal(tenantId),
      hunting.seen(user, tenantId),
      checks.of(user, tenantId),
    ]);
    return { tenant, seen, withdrawal: withdrawn ?? null, hunting: own, budget: budget ?? null, checks: checked };
  };

  return async (user: SignedInUser): Promise<readonly TenantFacts[]> => {
    const tenants = await store.listFor(user);
    const budgets = await hunting.outlook(tenants.map(({ tenantId }) => tenantId));
    return Promise.all(tenants.map((tenant, index) => factsOf(user, tenant, budgets[index])));
  };
};

export type BoardFacts = ReturnType<typeof createBoardFacts>;
