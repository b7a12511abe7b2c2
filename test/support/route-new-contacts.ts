import type { Workflow } from '../../sandbox/hubspot/workflow-types.ts';

/** A HubSpot workflow that asks Fairlead about every new contact, with the properties it is told of it. */
export const routeNewContacts = (properties: readonly string[]): Workflow => ({
  id: 5001,
  name: 'Route new leads',
  active: true,
  objectType: 'contacts',
  enrolOn: 'created',
  where: [],
  actions: [
    {
      kind: 'custom_action',
      name: 'Assign with Fairlead',
      definitionId: 7001,
      version: 1,
      path: '/hubspot/actions/assign-lead',
      properties: [...properties],
      inputFields: { wait: 'no' },
    },
  ],
});
