import { z } from 'zod';
import { writable, type WritableApplication } from '../directory/application';
import { badRequest } from './directory-call';

/** The body of a write, or why it is refused. */
export const readApplication = (body: unknown): WritableApplication => {
  const parsed = writable.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  const place = path === '' ? 'Invalid request body' : `Invalid value specified for property '${path}'`;
  throw badRequest(`${place}: ${issue?.message}.`);
};

export const readNewApplication = (body: unknown): WritableApplication & { displayName: string } => {
  const { displayName, ...content } = readApplication(body);
  if (displayName === undefined) throw badRequest('Property displayName is required.');
  return { ...content, displayName };
};

const passwordWish = z.object({
  passwordCredential: z
    .object({ displayName: z.string().max(256).nullable().default(null), endDateTime: z.iso.datetime({ offset: true }).optional() })
    .prefault({}),
});

export const readPasswordWish = (body: unknown): { readonly displayName: string | null; readonly endDateTime?: string | undefined } => {
  const parsed = passwordWish.safeParse(body ?? {});
  if (!parsed.success) throw badRequest('The passwordCredential is not valid.');
  return parsed.data.passwordCredential;
};
