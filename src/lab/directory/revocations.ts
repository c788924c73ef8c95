import { setTimeout as delay } from 'node:timers/promises';

/** Moments before which a person's tokens hold no more, as after a change of password or an administrator's revocation. */
export const createRevocations = (now: () => Date) => {
  const until = new Map<string, number>();
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return Object.freeze({
    /**
     * Ends every token that the person has by now. Tokens know their second, no less: it resolves in the next one, so that a token
     * that is asked for afterwards is good.
     */
    revoke: async (username: string): Promise<void> => {
      until.set(username, seconds());
      await delay(1000 - (now().getTime() % 1000));
    },
    /** Whether a token that was issued to the person in that second has been revoked. */
    isRevoked: (username: string, issuedAt: number): boolean => issuedAt <= (until.get(username) ?? -1),
  });
};

export type Revocations = ReturnType<typeof createRevocations>;
