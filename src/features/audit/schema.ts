import { z } from 'zod';
import { storable } from './canonical';
import type { Search } from './search';

const text = z
  .string()
  .max(500)
  // As it was kept: what a database does not take stands for itself in no record.
  .transform((value) => storable(value).trim() || undefined)
  .optional();

const day = z
  .string()
  .regex(/^$|^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => value === '' || !Number.isNaN(Date.parse(value)))
  .transform((value) => value || undefined)
  .optional();

/** The address of a view of the trail; what the form leaves empty is not looked for. */
export const auditAddress = z.object({
  person: text,
  action: text,
  text,
  run: text,
  from: day,
  to: day,
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
});

export type AuditAddress = z.infer<typeof auditAddress>;

const dayMs = 86_400_000;

/** Days are UTC, and the last one counts whole. */
export const searchOf = ({ person, action, text: words, run, from, to }: AuditAddress): Search => ({
  person,
  action,
  text: words,
  runId: run,
  from: from === undefined ? undefined : Date.parse(from),
  to: to === undefined ? undefined : Date.parse(to) + dayMs,
});

/** The address as a query string, without what is not said. */
export const queryStringOf = (address: Partial<AuditAddress>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
};
