/** The app registration, as its owner filled it in. */
export interface Registration {
  readonly clientId: string;
  readonly name: string;
  readonly secret: string;
  /** Certificates (PEM) whose keys may sign the app's assertions. */
  readonly certificates: readonly string[];
  readonly redirectUris: readonly string[];
  readonly frontChannelLogoutUri?: string;
}

/** Named as in Microsoft's original page for partners. */
export const applicationName = 'WdatpEcosystemPartner';
