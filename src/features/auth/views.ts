export interface SignedOutView {
  readonly signInHref: string;
}

export const signedOutView = (): SignedOutView => ({ signInHref: '/auth/signin' });
