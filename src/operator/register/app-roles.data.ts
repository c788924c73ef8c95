/** The app roles of Quarry. Their ids must never change: assignments in customers' tenants hang on them. */
export const appRoles = [
  {
    id: '5d1c1f0e-63b5-4c1f-9a55-0c6d7d1f1a01',
    value: 'viewer',
    displayName: 'Viewer',
    description: 'Reads what was found before: runs, kept results, tables. Asks nothing of the services.',
  },
  {
    id: '5d1c1f0e-63b5-4c1f-9a55-0c6d7d1f1a02',
    value: 'hunter',
    displayName: 'Hunter',
    description: 'Runs hunting queries, refines and exports their results. Includes Viewer.',
  },
  {
    id: '5d1c1f0e-63b5-4c1f-9a55-0c6d7d1f1a03',
    value: 'responder',
    displayName: 'Responder',
    description: 'Acts on what was found: indicators, alerts, devices. Includes Hunter.',
  },
  {
    id: '5d1c1f0e-63b5-4c1f-9a55-0c6d7d1f1a04',
    value: 'administrator',
    displayName: 'Administrator',
    description: "Decides on the organization's connection and reads its audit trail. Includes Viewer.",
  },
].map((role) => ({ ...role, allowedMemberTypes: ['User'], isEnabled: true }));
