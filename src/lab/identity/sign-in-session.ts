import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Seal } from './seal';

const person = z.object({ username: z.string(), authTime: z.number(), strong: z.boolean() });
const content = z.object({ sid: z.string(), people: z.array(person) });

/** One browser's sign-in at the lab: who is signed in, and the `sid` that apps know it by. */
export type SignInSession = z.infer<typeof content>;
export type SignedInPerson = z.infer<typeof person>;

const cookie = 'quarry_lab_sign_in';
const lifetime = 24 * 3600;

const readCookie = (req: Request): string | undefined =>
  req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1);

/** Sessions travel sealed in the browser's cookie, so that they survive a restart of the lab; only ended ones are remembered here. */
export const createSignInSessions = (seal: Seal) => {
  const ended = new Set<string>();
  const read = async (req: Request): Promise<SignInSession | undefined> => {
    const text = readCookie(req);
    const opened = text === undefined ? undefined : await seal.open(text);
    if (!opened || !('payload' in opened)) return undefined;
    const session = content.safeParse(opened.payload).data;
    return session && !ended.has(session.sid) ? session : undefined;
  };
  return Object.freeze({
    read,
    /** Adds (or renews) a person; the session keeps its `sid`. */
    signIn: async (req: Request, res: Response, fresh: SignedInPerson): Promise<SignInSession> => {
      const before = await read(req);
      const others = before?.people.filter(({ username }) => username !== fresh.username) ?? [];
      const session = { sid: before?.sid ?? randomUUID(), people: [...others, fresh].slice(-8) };
      res.cookie(cookie, await seal.seal(session, lifetime), { httpOnly: true, sameSite: 'lax', path: '/', maxAge: lifetime * 1000 });
      return session;
    },
    end: (session: SignInSession, res: Response): void => {
      ended.add(session.sid);
      res.clearCookie(cookie, { httpOnly: true, sameSite: 'lax', path: '/' });
    },
    isEnded: (sid: string): boolean => ended.has(sid),
  });
};

export type SignInSessions = ReturnType<typeof createSignInSessions>;
