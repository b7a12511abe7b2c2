/** A pool whose members take turns at any hour, as a policy has it. */
export const roundRobin = (id: string, name: string, ...reps: readonly string[]) => ({
  id,
  name,
  members: reps.map((rep) => ({ rep })),
  method: 'round_robin',
  availability: 'ignore',
});
