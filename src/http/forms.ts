import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors';

export interface Problem {
  /** The field's name in the form; '' concerns the form as a whole. */
  readonly field: string;
  readonly message: string;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks an input (a form's body, a query string) against `schema` and reports every problem, field by field. */
export const parseInput = <T>(schema: z.ZodType<T>, input: unknown): Parsed<T> => {
  const result = schema.safeParse(input ?? {});
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.map((issue) => ({ field: issue.path.map(String).join('.'), message: issue.message })) };
};

/** The url-encoded body of `req`, checked. The handler shows the problems beside the fields and keeps what was typed. */
export const parseForm = <T>(schema: z.ZodType<T>, req: Request): Parsed<T> => parseInput(schema, req.body as unknown);

/** The query string of `req`, checked; a view's address that no page of ours wrote is an error the reader can correct. */
export const parseQuery = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = parseInput(schema, req.query);
  if (parsed.ok) return parsed.value;
  // Nobody fills these in by hand: which part is wrong helps, the checker's own words do not.
  const fields = [...new Set(parsed.problems.map(({ field }) => field.split('.', 1)[0]).filter(Boolean))].join(', ');
  const where = fields === '' ? '' : ` What it says of ${fields} cannot be read.`;
  throw new AppError({ kind: 'invalid', code: 'invalid-address', publicMessage: `This address is not one of ours.${where}` });
};
