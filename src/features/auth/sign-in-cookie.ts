import type { Request, Response } from 'express';
import { secretValue } from './digest';

/** The short-lived cookie that ties a sign-in to the browser that started it; all tabs of the browser share it. */
export interface SignInCookie {
  read(req: Request): string | undefined;
  /** The browser's value, made when it has none; it lives ten minutes from now. */
  renew(req: Request, res: Response): string;
}

export const signInLifetimeMs = 10 * 60 * 1000;

const valueOf = (header: string | undefined, name: string): string | undefined => {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  // Two cookies of one name: another host on our domain tossed one in, and neither can be trusted.
  return values.length === 1 && /^[A-Za-z0-9_-]{43}$/.test(values[0] ?? '') ? values[0] : undefined;
};

export const createSignInCookie = ({ secure }: { secure: boolean }): SignInCookie => {
  const name = secure ? '__Host-quarry-signin' : 'quarry-signin';
  const read = (req: Request): string | undefined => valueOf(req.get('cookie'), name);
  return {
    read,
    renew: (req, res) => {
      const value = read(req) ?? secretValue();
      res.cookie(name, value, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: signInLifetimeMs });
      return value;
    },
  };
};
