import type { ScenarioCrm } from '../scenario-crm.ts';
import { hubspot, OWNER_IDS, ownerOf, ownerWrites, PORTAL } from './hubspot.ts';

/** HubSpot's leads, each about a contact: the policy takes in leads alone, by a field that only they have. */
export const hubspotLeads: ScenarioCrm = {
  ...hubspot,
  name: 'HubSpot leads',
  sources: { country: 'contact.country', email: 'lead.hs_associated_contact_email' },
  open: (sandbox) => {
    const { hubspot: crm } = sandbox;
    const at = (id: string) => ({ portalId: PORTAL, objectType: 'leads', id });
    const leads = () => [...crm.portal(PORTAL).records.leads.values()];
    return {
      ...hubspot.open(sandbox),
      objectType: 'lead',
      arrive: ({ email, name = 'Visitor', country = 'US' }) => {
        const contact = crm.create({
          portalId: PORTAL,
          objectType: 'contacts',
          properties: { email, country, lastname: name },
        }).id;
        return crm.create({
          portalId: PORTAL,
          objectType: 'leads',
          properties: { hs_lead_name: name, hs_pipeline_stage: 'new-stage-id' },
          associations: [{ objectType: 'contacts', id: contact }],
        }).id;
      },
      withEmail: (email) =>
        leads()
          .filter(
            ({ properties, archivedAt }) =>
              properties.hs_associated_contact_email === email && archivedAt === null,
          )
          .map(({ id }) => id),
      setCountry: (id, country) => {
        const contact = crm.record(at(id)).properties.hs_primary_contact_id ?? '';
        crm.update({ portalId: PORTAL, objectType: 'contacts', id: contact, properties: { country } });
      },
      ownerOf: (id) => ownerOf(crm.record(at(id))),
      countryOf: (id) => {
        const contact = crm.record(at(id)).properties.hs_primary_contact_id ?? '';
        return crm.record({ ...at(contact), objectType: 'contacts' }).properties.country || null;
      },
      ownerWrites: (id) => ownerWrites(crm.record(at(id))),
      giveTo: (id, to) => void crm.changeOwner({ ...at(id), ownerId: OWNER_IDS[to] }),
      mergeInto: (id, survivor) => void crm.merge({ ...at(survivor), mergeId: id }),
      remove: (id) => crm.remove(at(id)),
      convert: (id) => void crm.convert({ portalId: PORTAL, id }),
    };
  },
};
