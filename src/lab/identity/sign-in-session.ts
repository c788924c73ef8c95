import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Seal } from './seal';

/** Somebody who is signed in at the lab in one browser, and the `sid` by which apps know this sign-in. */
export const signedInPerson = z.object({
  username: z.string(),
  sid: z.string(),
  authTime: z.number(),
  /** Whether a second factor was given. */
  strong: z.boolean(),
  /** The apps that got tokens in this sign-in, and of which tenant: whom to tell when it ends. */
  uses: z.array(z.object({ clientId: z.string(), tenantId: z.string() })),
});
export type SignedInPerson = z.infer<typeof signedInPerson>;
type Use = SignedInPerson['uses'][number];

export const withUse = (person: SignedInPerson, use: Use): SignedInPerson => {
  const others = person.uses.filter(({ clientId, tenantId }) => clientId !== use.clientId || tenantId !== use.tenantId);
  return { ...person, uses: [...others, use] };
};

const content = z.object({ people: z.array(signedInPerson) });

const cookie = 'quarry_lab_sign_in';
const lifetime = 24 * 3600;
const options = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

const readCookie = (req: Request): string | undefined =>
  req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1);

export const newSignIn = (username: string, now: Date): SignedInPerson => ({
  username,
  sid: randomUUID(),
  authTime: Math.floor(now.getTime() / 1000),
  strong: false,
  uses: [],
});

/** Sign-ins travel sealed in the browser's cookie, so that they survive a restart of the lab; only ended ones are remembered here. */
export const createSignInSessions = (seal: Seal) => {
  const ended = new Set<string>();

  const read = async (req: Request): Promise<readonly SignedInPerson[]> => {
    const text = readCookie(req);
    const opened = text === undefined ? undefined : await seal.open(text);
    if (!opened || !('payload' in opened)) return [];
    return content.safeParse(opened.payload).data?.people.filter(({ sid }) => !ended.has(sid)) ?? [];
  };

  const write = async (res: Response, people: readonly SignedInPerson[]): Promise<void> => {
    if (people.length === 0) return void res.clearCookie(cookie, options);
    res.cookie(cookie, await seal.seal({ people: people.slice(-8) }, lifetime), { ...options, maxAge: lifetime * 1000 });
  };

  return Object.freeze({
    read,
    /** Adds a person, or replaces what was known of them. */
    keep: async (req: Request, res: Response, person: SignedInPerson): Promise<void> => {
      const others = (await read(req)).filter(({ username }) => username !== person.username);
      await write(res, [...others, person]);
    },
    /** Ends these sign-ins: also for a copy of the cookie that comes back later. */
    end: async (req: Request, res: Response, gone: readonly SignedInPerson[]): Promise<void> => {
      for (const { sid } of gone) ended.add(sid);
      await write(res, await read(req));
    },
  });
};

export type SignInSessions = ReturnType<typeof createSignInSessions>;
