import { expect, test } from 'vitest';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { eachDatabase } from '../support/databases.ts';
import { HUBSPOT, openLaneWorld, ownerOf, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { region: { type: 'text', hubspot: 'contact.region' } },
  pools: [
    {
      id: 'all',
      members: [{ rep: 'dana' }, { rep: 'sam' }, { rep: 'jo' }],
      method: 'round_robin',
      availability: 'ignore',
      requires: [{ rep: 'skills.crm_territories', op: 'contains', lead: 'region' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};

eachDatabase('territories that a CRM has people in', (open) => {
  test('are a skill that pools may ask for; what the directory says of a rep stands', async () => {
    const { storage } = await open();
    const reps = [
      { id: 'dana', email: 'dana@example.com' },
      { id: 'sam', email: 'sam@example.com' },
      { id: 'jo', email: 'jo@example.com', skills: { crm_territories: ['Nordics'] } },
    ];
    const world = await openLaneWorld(storage, { policy: POLICY, reps });
    const people = { dana: ['EMEA'], sam: ['Nordics', 'Iberia'], jo: ['EMEA'] };
    await createRepIdentities(storage).replace(
      TENANT,
      HUBSPOT,
      Object.entries(people).map(([rep, territories]) => ({
        kind: 'owner',
        externalId: ownerOf(rep),
        email: `${rep}@example.com`,
        name: rep,
        details: { type: 'PERSON', territories },
      })),
    );
    const takers = async (region: string) => {
      const { candidates } = await world.lead({ region });
      const missing = candidates.filter(({ code }) => code === 'missing_skill').map(({ rep }) => rep);
      return Object.keys(people).filter((rep) => !missing.includes(rep));
    };
    expect(await takers('EMEA')).toEqual(['dana']);
    expect(await takers('Nordics')).toEqual(['sam', 'jo']);
    expect(await takers('LATAM')).toEqual([]);
  });
});
