import { aadstsAdvice, generalAdvice, type Advice } from './aadsts.data';
import type { IdentityError, IdentityFailure } from './identity-error';

export type { Advice, NextStep } from './aadsts.data';

/** What a number of known meaning says about the flow; undefined for one that is not in the table. */
export const aadstsFailure = (aadsts: number): IdentityFailure | undefined => aadstsAdvice.get(aadsts)?.failure;

/** The plain words and the one next step for `error`: its number's own where that fits the failure, else the general ones. */
export const adviceFor = (error: Pick<IdentityError, 'failure' | 'aadsts'>): Advice => {
  const byNumber = error.aadsts === undefined ? undefined : aadstsAdvice.get(error.aadsts);
  if (byNumber?.failure === error.failure) return byNumber;
  return { failure: error.failure, ...generalAdvice[error.failure] };
};
