/** At most `calls` in any `seconds`. */
export interface Quota {
  readonly calls: number;
  readonly seconds: number;
}

export interface QuotaExceeded {
  readonly quota: Quota;
  /** Whole seconds until a call fits again. */
  readonly retryAfter: number;
}

/** Counts calls of a tenant over sliding windows. A call that is refused does not count. */
export const createCallQuota = (quotas: readonly Quota[], now: () => Date) => {
  const calls = new Map<string, number[]>();
  const longest = Math.max(...quotas.map(({ seconds }) => seconds)) * 1000;
  return Object.freeze({
    /** Counts a call of `key`, or says which quota it would break. */
    take: (key: string): QuotaExceeded | undefined => {
      const at = now().getTime();
      const recent = (calls.get(key) ?? []).filter((each) => each > at - longest);
      calls.set(key, recent);
      for (const quota of quotas) {
        const inside = recent.filter((each) => each > at - quota.seconds * 1000);
        const oldest = inside[inside.length - quota.calls];
        if (oldest !== undefined) return { quota, retryAfter: Math.max(1, Math.ceil((oldest + quota.seconds * 1000 - at) / 1000)) };
      }
      recent.push(at);
      return undefined;
    },
  });
};
