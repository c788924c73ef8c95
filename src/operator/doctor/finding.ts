/** `warn`: works, but should be looked at; `skipped`: could not be looked at, and why. */
export type Status = 'ok' | 'warn' | 'FAIL' | 'skipped';

/** What one check found: one line for people, the same fields for programs. */
export interface Finding {
  readonly check: string;
  readonly status: Status;
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Findings of one check. */
export const named = (check: string) => ({
  ok: (says: string): Finding => ({ check, status: 'ok', says }),
  warn: (says: string, remedy: string): Finding => ({ check, status: 'warn', says, remedy }),
  fail: (says: string, remedy: string): Finding => ({ check, status: 'FAIL', says, remedy }),
  skipped: (says: string, remedy?: string): Finding => ({ check, status: 'skipped', says, ...(remedy === undefined ? {} : { remedy }) }),
});
