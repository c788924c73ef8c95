import type { SignedInUser, TenantId } from '../../http/current-user';

/** What happened to an organization's connection, for the audit trail and the log. Never a token, a code or a cookie. */
export type RecordConsent = (event: {
  readonly action: 'tenant-connected' | 'consent-asked' | 'consent-given' | 'consent-refused' | 'tenant-checked';
  readonly tenantId?: string;
  readonly objectId?: string;
  readonly code?: string;
  /** Names of bundles, with spaces between. */
  readonly bundles?: string;
}) => void;

/** What a person's own runs say of one organization. */
export interface OwnExperience {
  readonly lastGood: { readonly at: number; readonly runId: string } | null;
  readonly lastFailure: {
    readonly at: number;
    readonly runId: string;
    readonly code: string;
    readonly message: string;
    readonly requestId: string | null;
  } | null;
  readonly tables: readonly { readonly name: string; readonly at: number }[];
}

/** What an organization's service still takes from us. */
export interface BudgetOutlook {
  readonly callsLeft: number;
  readonly of: number;
  readonly pausedMs: number;
  readonly workedMs: number;
  readonly workLeftMs: number | null;
}

export type ShortAnswer =
  | { readonly ok: true; readonly rows: number; readonly requestId: string | null }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly requestId: string | null };

export interface ShortQuestion {
  readonly user: SignedInUser;
  readonly tenantId: TenantId;
  readonly query: string;
  readonly signal: AbortSignal;
}

/** How hunting goes in each organization (`src/features/hunting`). */
export interface HuntingHealth {
  seen(user: SignedInUser, tenantId: TenantId): Promise<OwnExperience>;
  /** In the order of the tenants. */
  outlook(tenantIds: readonly TenantId[]): Promise<readonly BudgetOutlook[]>;
  /** One short question with the person's own rights, out of the organization's budget; a refusal is an answer. */
  ask(question: ShortQuestion): Promise<ShortAnswer>;
}
