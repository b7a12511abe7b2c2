import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
});
afterAll(() => service.close());

const path = (rep: string, more = '') => `/api/v1/reps/${rep}/offboarding${more}`;

test('a rep leaves after a look at it, and comes back', async () => {
  const fields = { country: 'US' };
  const lead = async (name: string) =>
    (
      await service
        .api('post', '/api/v1/leads')
        .send({ fields, person: { name, email: `${name}@acme.example` } })
        .expect(200)
    ).body;
  const leads = [await lead('a'), await lead('b')];
  const dana = leads.find(({ rep }) => rep.id === 'dana')!;
  await service.api('get', path('dana')).expect(404);
  await service.api('get', path('nobody', '/plan')).expect(404);
  const plan = (await service.api('get', path('dana', '/plan')).expect(200)).body;
  expect(plan).toMatchObject({
    rep: { id: 'dana', name: 'Dana Whitfield' },
    moves: [
      {
        assignment: dana.assignment,
        pool: { id: 'all', name: 'Everybody' },
        to: { id: 'sam', name: 'Sam Okafor' },
        because: 'account_known',
      },
    ],
    totals: [{ rep: { id: 'sam' }, more: 1, open: 1 }],
    namedIn: ['pool Everybody', 'pool Enterprise'],
  });
  await service
    .api('post', path('dana'))
    .send({ moves: [{ assignment: dana.assignment, to: 'nobody' }] })
    .expect(422);
  await service.api('post', path('dana')).send({ moves: 'all' }).expect(400);
  const left = (await service.api('post', path('dana')).send({}).expect(200)).body;
  expect(left).toMatchObject({
    state: 'done',
    by: 'key:bootstrap',
    moves: [{ to: { id: 'sam' }, state: 'moved' }],
  });
  expect(
    (await service.api('get', '/api/v1/reps').expect(200)).body.map(({ id }: { id: string }) => id),
  ).toEqual(['sam']);
  const story = async () =>
    (await service.api('get', `/api/v1/decisions/${dana.id}/explanation`).expect(200)).body.story.at(-1).text;
  expect(await story()).toBe('Dana Whitfield left, so it went to Sam Okafor.');
  await service.api('post', path('dana')).send({}).expect(404);
  const undone = (await service.api('post', `/api/v1/offboardings/${left.id}/undo`).expect(200)).body;
  expect(undone).toMatchObject({ state: 'undone', moves: [{ state: 'back' }] });
  expect(await story()).toBe('Back with Dana Whitfield, who stays after all; before Sam Okafor.');
  await service.api('post', `/api/v1/offboardings/${left.id}/undo`).expect(409);
  expect((await service.api('get', path('dana')).expect(200)).body).toEqual(undone);
});
