import { AppError } from '../../errors';
import type { TenantId } from '../../http/current-user';
import { IdentityError } from '../../identity/identity-error';
import type { TokenOwner } from './ports';
import type { WithdrawalStore } from './withdrawal-store';

/** Whom a refusal for want of consent concerns; undefined: it is not such a refusal. */
export type Concerned = 'organization' | 'person' | undefined;

/** Renews a token of that organization in another person's session; rejects as any renewal does. */
export type AskAnother = (owner: TokenOwner) => Promise<unknown>;

export interface Refused {
  readonly person: TokenOwner;
  readonly tenantId: TenantId;
  readonly error: Pick<IdentityError, 'aadsts'>;
}

/** No such application in the organization; the application is disabled there: so it is for everybody. */
const ofEverybody = new Set([700016, 7000112]);

/** Nobody gave this person the consent: the organization may have withdrawn it, or they alone may lack it. */
const lacksConsent = 65001;
export const consentCode = `entra-${lacksConsent}`;

const mostAsked = 3;

type Told = 'given' | 'refused' | 'nothing' | 'trouble';

const isWithdrawal = ({ aadsts }: Pick<IdentityError, 'aadsts'>): boolean =>
  aadsts === lacksConsent || (aadsts !== undefined && ofEverybody.has(aadsts));

/** `nothing`: that session has ended, or waits for its person; it says nothing of the consent. */
const toldBy = (error: unknown): Told => {
  if (error instanceof IdentityError) {
    if (isWithdrawal(error)) return 'refused';
    return error.failure === 'transient' ? 'trouble' : 'nothing';
  }
  return error instanceof AppError && error.kind === 'unauthenticated' ? 'nothing' : 'trouble';
};

/**
 * Tells an organization's withdrawal from one person's missing consent, by asking for a token in the session of somebody else
 * who acts there: one person's word stops nobody else. Where nobody else can be asked, nobody else is stopped by believing it.
 */
export const createWhoseConsent = (store: Pick<WithdrawalStore, 'hasReached' | 'others'>) => {
  const othersAreRefused = async ({ person, tenantId }: Refused, ask: AskAnother): Promise<boolean> => {
    for (const other of await store.others(person, tenantId, mostAsked)) {
      const told = await ask(other).then(() => 'given' as const, toldBy);
      if (told !== 'nothing') return told === 'refused';
    }
    return true;
  };

  return async (refused: Refused, ask: AskAnother): Promise<Concerned> => {
    const { person, tenantId, error } = refused;
    if (!isWithdrawal(error) || !(await store.hasReached(person, tenantId))) return undefined;
    if (error.aadsts !== lacksConsent) return 'organization';
    return (await othersAreRefused(refused, ask)) ? 'organization' : 'person';
  };
};
