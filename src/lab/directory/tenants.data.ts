/** The lab's organizations. Their ids are fixed, so that what an app keeps about them survives a restart of the lab. */
export interface Tenant {
  readonly id: string;
  /** The folder of LAB_DATA, and how the telemetry names it. */
  readonly key: 'contoso' | 'fabrikam';
  readonly name: string;
  readonly domain: string;
  /** Whether its administrator had consented to the app before the lab was first started. */
  readonly connected: boolean;
}

export const tenants: readonly Tenant[] = [
  { id: '29111d4a-3437-4659-b483-7396f1644aed', key: 'contoso', name: 'Contoso', domain: 'contoso.example', connected: true },
  { id: 'd55c210d-8a1d-4018-9a2a-c20a6dfc0d90', key: 'fabrikam', name: 'Fabrikam', domain: 'fabrikam.example', connected: false },
];
