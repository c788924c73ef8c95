/** A secret as a directory keeps it: enough to recognise it. */
export interface RegisteredSecret {
  /** SHA-256, base64url. */
  readonly digest: string;
  /** Milliseconds since 1970; absent: it does not expire. */
  readonly until?: number;
}

/** A certificate whose key may sign the app's assertions. */
export interface RegisteredCertificate {
  readonly pem: string;
  readonly until?: number;
}

/** An app registration, as its owner filled it in. */
export interface Registration {
  readonly clientId: string;
  readonly name: string;
  readonly secrets: readonly RegisteredSecret[];
  readonly certificates: readonly RegisteredCertificate[];
  readonly redirectUris: readonly string[];
  readonly frontChannelLogoutUri?: string;
  /** Runs where no secret can be kept, so it proves itself by nothing and may use the device code flow. */
  readonly publicClient: boolean;
  /** The id of the only tenant whose people may sign in; absent: any tenant's. */
  readonly onlyTenant?: string;
  /** The values of the app roles that it declares; absent: every role that is assigned. */
  readonly appRoles?: readonly string[];
  /** Whether its ID tokens carry `wids`. */
  readonly tellsDirectoryRoles: boolean;
  /** The permissions that the registration lists, as grant names: what `.default` means. */
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

/** Named as in Microsoft's original page for partners. */
export const applicationName = 'WdatpEcosystemPartner';
