import type { Request } from 'express';
import { single, type Parameters } from './authorize-request';
import { StsError } from './sts-error';

/** The body of a token request, each parameter once. */
export const tokenParameters = (req: Request): ((name: string) => string | undefined) => {
  if (req.method !== 'POST') throw new StsError(900561, ['POST', req.method]);
  if (req.headers.origin !== undefined) throw new StsError(9002326, [req.headers.origin]);
  if (!req.is('application/x-www-form-urlencoded')) throw new StsError(9002313);
  const body = (req.body ?? {}) as Parameters;
  if (body.resource !== undefined) throw new StsError(901002);
  return (name) => single(body, name);
};

/** A parameter that the grant cannot do without. */
export const demand = (parameter: (name: string) => string | undefined, name: string): string => {
  const value = parameter(name);
  if (value === undefined) throw new StsError(900144, [name]);
  return value;
};
