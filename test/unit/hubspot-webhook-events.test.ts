import { describe, expect, it } from 'vitest';
import { parsePush } from '../../server/crm/hubspot/webhook-events.ts';

const pushed = (changed: Record<string, unknown>) => ({
  eventId: 100,
  subscriptionId: 7,
  portalId: 62515,
  appId: 1,
  occurredAt: 1700000000000,
  attemptNumber: 0,
  objectId: 904,
  objectTypeId: '0-1',
  ...changed,
});

const parse = (...events: unknown[]) => {
  const parsed = parsePush(events);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
};

const creation = pushed({ subscriptionType: 'object.creation' });

describe('pushes become hints', () => {
  it('a creation, a restore, a change of associations or of a property says the record changed', () => {
    for (const subscriptionType of ['object.creation', 'object.restore', 'object.propertyChange'])
      expect(
        parse(pushed({ subscriptionType, propertyName: 'country', propertyValue: 'US' })).events,
      ).toMatchObject([
        {
          kind: 'record_changed',
          portalId: '62515',
          objectType: 'contact',
          recordId: '904',
          at: 1700000000000,
        },
      ]);
    const association = {
      subscriptionType: 'object.associationChange',
      objectId: undefined,
      objectTypeId: undefined,
    };
    expect(parse(pushed({ ...association, fromObjectId: 5, fromObjectTypeId: '0-2' })).events).toMatchObject([
      { kind: 'record_changed', objectType: 'company', recordId: '5' },
    ]);
  });

  it('property values, which are personal data, are not carried along', () => {
    const push = pushed({
      subscriptionType: 'object.propertyChange',
      propertyName: 'email',
      propertyValue: 'a@b.c',
    });
    expect(JSON.stringify(parse(push).events)).not.toContain('a@b.c');
  });

  it('a change of owner carries the owner; an empty one means nobody', () => {
    const owner = (propertyValue: string) =>
      parse(
        pushed({
          subscriptionType: 'contact.propertyChange',
          propertyName: 'hubspot_owner_id',
          propertyValue,
        }),
      );
    expect(owner('41629779').events).toMatchObject([{ kind: 'owner_changed', ownerId: '41629779' }]);
    expect(owner('').events).toMatchObject([{ kind: 'owner_changed', ownerId: null }]);
  });

  it('a merge ends each merged record and changes the survivor', () => {
    const merge = {
      subscriptionType: 'object.merge',
      objectId: 9,
      primaryObjectId: 1,
      mergedObjectIds: [2, 3],
      newObjectId: 9,
    };
    const { events } = parse(pushed(merge));
    expect(events.map(({ recordId, kind }) => [recordId, kind])).toEqual([
      ['2', 'record_gone'],
      ['3', 'record_gone'],
      ['1', 'record_gone'],
      ['9', 'record_changed'],
    ]);
    expect(events[0]).toMatchObject({ mergedInto: '9' });
    expect(new Set(events.map(({ dedupe }) => dedupe)).size).toBe(4);
  });

  it('a merge into an existing record leaves that record standing', () => {
    const { events } = parse(
      pushed({ subscriptionType: 'contact.merge', primaryObjectId: 904, mergedObjectIds: [2] }),
    );
    expect(events.map(({ recordId, kind }) => [recordId, kind])).toEqual([
      ['2', 'record_gone'],
      ['904', 'record_changed'],
    ]);
  });

  it('deletion, privacy deletion and a user', () => {
    expect(parse(pushed({ subscriptionType: 'object.deletion' })).events).toMatchObject([
      { kind: 'record_gone', mergedInto: null },
    ]);
    const erase = pushed({ subscriptionType: 'contact.privacyDeletion', objectTypeId: undefined });
    expect(parse(erase).events).toMatchObject([{ kind: 'erase', objectType: 'contact' }]);
    const user = pushed({
      subscriptionType: 'object.propertyChange',
      objectTypeId: '0-115',
      propertyName: 'hs_working_hours',
    });
    expect(parse(user).events).toMatchObject([{ kind: 'user_changed', recordId: '904' }]);
  });
});

describe('repeats, mixtures and rubbish', () => {
  it('the key ignores the attempt, and differs for another property, moment or event', () => {
    const key = (changed: object) => parse({ ...creation, ...changed }).events[0]?.dedupe;
    expect(key({ attemptNumber: 3 })).toBe(key({}));
    expect(new Set([key({}), key({ occurredAt: 1 }), key({ eventId: 101 }), key({ portalId: 1 })]).size).toBe(
      4,
    );
  });

  it('portals and kinds may be mixed; what is of no use is counted, not refused', () => {
    const parsed = parse(
      creation,
      pushed({ subscriptionType: 'object.creation', portalId: 2 }),
      pushed({ subscriptionType: 'object.creation', objectTypeId: '0-5' }),
      pushed({ subscriptionType: 'conversation.creation', objectTypeId: undefined }),
      { nonsense: true },
      null,
    );
    expect(parsed.events.map(({ portalId }) => portalId)).toEqual(['62515', '2']);
    expect(parsed.ignored).toBe(4);
  });

  it('a body that is no array is refused', () => {
    for (const body of [{}, null, 'x', creation]) expect(parsePush(body).ok).toBe(false);
  });
});
