/** At most so many calls in any span of so many milliseconds. */
export interface CallWindow {
  readonly calls: number;
  readonly perMs: number;
}

/** At most so long at work for a tenant in any span of so many milliseconds. */
export interface WorkWindow {
  readonly workMs: number;
  readonly perMs: number;
}

/** What a tenant's service allows, and what we allow ourselves. */
export interface BudgetRules {
  readonly windows: readonly CallWindow[];
  /** Where the service publishes how long it works for a tenant. */
  readonly work: readonly WorkWindow[];
  /** Calls at a time from this process: to one tenant, and to all. */
  readonly perTenant: number;
  readonly processWide: number;
}

const [minute, hour] = [60_000, 3_600_000];

export const defaultRules: BudgetRules = { windows: [{ calls: 45, perMs: minute }], work: [], perTenant: 2, processWide: 32 };

/** Defender for Endpoint counts the hour too, and its own minutes at work by the hour and the day. */
export const mdeRules: BudgetRules = {
  ...defaultRules,
  windows: [...defaultRules.windows, { calls: 1_500, perMs: hour }],
  work: [
    { workMs: 10 * minute, perMs: hour },
    { workMs: 3 * hour, perMs: 24 * hour },
  ],
};
