import { z } from 'zod';

/** A query beyond this is not typed by anybody; the services take 10,000 characters and more. */
const longestQuery = 64_000;

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]).filter((item) => item !== ''));

const timespan = z
  .string()
  .trim()
  .max(100)
  .transform((text) => (text === '' ? 'P30D' : text));

/** The query form as it is posted. */
export const huntForm = z.object({
  query: z
    .string({ error: 'Write a query first.' })
    .max(longestQuery, `A query may have at most ${longestQuery} characters.`)
    .refine((text) => text.trim() !== '', 'Write a query first.'),
  timespan: timespan.default('P30D'),
  tenants: list.default([]),
  once: z.string().max(100).optional(),
});

/** What an address may fill into the form. It never runs anything. */
export const formAddress = z.object({
  query: z.string().max(longestQuery).default(''),
  timespan: timespan.default('P30D'),
  tenants: list.default([]),
  run: z.string().max(64).optional(),
  /** A cell of that run whose value becomes a condition: `<column position>.<is|not>.<value in wire form>`. */
  add: z.string().max(8_000).optional(),
});

export const refineForm = z.object({ query: huntForm.shape.query });

export const historyAddress = z.object({ before: z.coerce.number().int().positive().optional() });

export const exportAddress = z.object({ formulas: z.enum(['safe', 'raw']).default('safe') });
