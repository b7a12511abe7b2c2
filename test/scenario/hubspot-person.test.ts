import { beforeAll, expect, test, vi } from 'vitest';
import { hubspot, OWNER_IDS, PORTAL } from './crms/hubspot.ts';
import { eachScenarioWorld } from './scenario-world.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };

interface Answer {
  readonly id: string;
  readonly written: string;
  readonly rep: { readonly id: 'anna' | 'ben' };
  readonly record?: { readonly objectType: string; readonly recordId: string };
}

eachScenarioWorld('a lead and the contact it is about', hubspot, (world) => {
  beforeAll(async () => {
    const { document } = await world().api<{ document: { intake: object } }>('GET', '/api/v1/policy');
    await world().api('PUT', '/api/v1/policy', {
      ...document,
      intake: { ...document.intake, owned: 'route' },
    });
  });

  const contactOf = (email: string): string => {
    const [id] = world().account.withEmail(email);
    if (id === undefined) throw new Error(`There is no contact ${email}`);
    return id;
  };
  const enter = async (email: string): Promise<Answer> => {
    const person = { name: 'Cal Ler', email };
    const { id } = await world().api<Answer>('POST', '/api/v1/leads', {
      fields: { country: 'US', email },
      person,
    });
    return vi.waitFor(async () => {
      const found = await world().api<Answer>('GET', `/api/v1/decisions/${id}`);
      expect(found).toMatchObject({ written: 'done', record: { objectType: 'lead' } });
      return found;
    }, PATIENCE);
  };
  /** Pushed, and everything that comes of it has been decided. */
  const settled = async (): Promise<void> => {
    const id = world().account.arrive({ email: `after.${crypto.randomUUID()}@example.org`, country: 'US' });
    await vi.waitFor(
      async () => expect(await world().standing(id)).toMatchObject({ state: 'assigned', written: 'done' }),
      PATIENCE,
    );
  };

  test('the contact’s push, late or early, makes no second lead even where owned records are routed', async () => {
    const before = await world().charged();
    world().account.pushes?.('lost');
    const late = await enter('late@example.org');
    world().account.pushes?.('well');
    world().account.setCountry(contactOf('late@example.org'), 'DE');
    const early = await enter('early@example.org');
    await settled();
    expect((await world().charged()) - before).toBe(3);
    for (const [email, { rep, record }] of [
      ['late@example.org', late],
      ['early@example.org', early],
    ] as const) {
      expect(await world().decisions(contactOf(email))).toBe(1);
      expect(world().account.ownerOf(contactOf(email))).toBe(rep.id);
      expect(await world().standing(contactOf(email))).toEqual(await world().standing(record!.recordId));
    }
  }, 60_000);

  test('both follow a new owner, and the lead outlives its contact', async () => {
    const email = 'given@example.org';
    const { rep, record } = await enter(email);
    const other = rep.id === 'anna' ? 'ben' : 'anna';
    const lead = () => {
      const at = { portalId: PORTAL, objectType: 'leads', id: record!.recordId };
      return world().sandbox.hubspot.record(at).properties;
    };
    expect(lead().hubspot_owner_id).toBe(OWNER_IDS[rep.id]);
    world().account.giveTo(contactOf(email), other);
    await vi.waitFor(async () => {
      expect(await world().standing(record!.recordId)).toMatchObject({ state: 'assigned', rep: other });
      expect(lead().hubspot_owner_id).toBe(OWNER_IDS[other]);
    }, PATIENCE);
    world().account.remove(contactOf(email));
    await settled();
    expect(await world().standing(record!.recordId)).toMatchObject({ state: 'assigned', rep: other });
  }, 60_000);

  test('a person who is wiped out takes the lead along, and what is known of them', async () => {
    const email = 'wiped@example.org';
    const { id, record } = await enter(email);
    world().sandbox.hubspot.privacyDelete({ portalId: PORTAL, id: contactOf(email) });
    // Nothing leads from the record to what was decided any more.
    await vi.waitFor(async () => expect(await world().standing(record!.recordId)).toBeNull(), PATIENCE);
    expect(JSON.stringify(await world().api('GET', `/api/v1/decisions/${id}/explanation`))).not.toContain(
      email,
    );
  }, 60_000);
});
