import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signV3 } from '../support/hubspot-signature.ts';
import {
  ACTION,
  actionBody,
  openService,
  PORTAL,
  PUBLIC,
  SECRET,
  setUp,
  type TestService,
  TUESDAY,
} from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service, { portal: true });
  await service.hubspot(ACTION, actionBody('cb')).expect(200);
});
afterAll(() => service.close());

const who = `portalId=${PORTAL}&userId=9001`;
const get = (query: string, headers?: Record<string, string>) => {
  const path = `/hubspot/assignments?${query}`;
  return service.anyone.get(path).set(headers ?? signV3(SECRET, 'GET', PUBLIC + path, '', TUESDAY));
};
const press = (path: string, body: unknown) => service.hubspot(`/hubspot/assignments/${path}?${who}`, body);

describe('the card on a HubSpot record', () => {
  test.each(['contact', '0-1', 'CONTACT'])('is found by the object type %s', async (objectType) => {
    const { body, status } = await get(`objectType=${objectType}&objectId=904&${who}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ok: true,
      card: { standing: { state: 'assigned' }, may: { claim: false } },
    });
  });

  test('says what came of a button, once per request', async () => {
    const { body } = await get(`objectType=contact&objectId=904&${who}`);
    const { assignment } = body.card.standing;
    const pressed = await press(`${assignment}/reassign`, { rep: 'sam', requestId: 'r1' });
    expect(pressed.body).toMatchObject({ ok: false, error: { code: 'not_allowed' }, card: { standing: {} } });
    const claimed = await press(`${assignment}/claim`, { requestId: 'r2' });
    expect(claimed.body).toMatchObject({ ok: false, error: { code: 'not_a_rep' } });
    const nothing = await press('asg_x/claim', { requestId: 'r3' });
    expect(nothing.body).toMatchObject({ ok: false, error: { code: 'not_found' }, card: { standing: null } });
  });

  test.each([
    ['unsigned', {}, 401, 'invalid_signature'],
    [
      'signed for another person',
      signV3(SECRET, 'GET', `${PUBLIC}/hubspot/assignments?userId=1`, '', TUESDAY),
      401,
      'invalid_signature',
    ],
  ] as const)('is refused %s', async (_what, headers, status, code) => {
    const { body } = await get(`objectType=contact&objectId=904&${who}`, headers);
    expect(body).toMatchObject({ status, code });
  });

  test.each([
    ['objectType=ticket&objectId=1', '/query/objectType'],
    ['objectType=contact&objectId=x', '/query/objectId'],
    ['objectType=contact', '/query/objectId'],
  ])('%s is refused', async (query, field) => {
    const { body } = await get(`${query}&${who}`);
    expect(body).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field }] });
  });

  test.each([
    ['claim', {}, '/requestId'],
    ['claim', { requestId: 'x', rep: 'dana' }, '/rep'],
    ['decline', { requestId: 'x' }, '/reason'],
    ['reassign', { requestId: 'x' }, '/rep'],
  ])('%s of %o is refused', async (kind, body, field) => {
    const answer = await press(`asg_1/${kind}`, body);
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field }] });
  });

  test('of an account nobody connected', async () => {
    const { body } = await get('objectType=contact&objectId=904&portalId=1&userId=1');
    expect(body).toMatchObject({ status: 404, code: 'not_found' });
  });
});
