import type { Rep } from './reps.ts';

const NOBODY: readonly string[] = Object.freeze([]);

/** Who is in a team: rep ids in id order, the same list at every call. A team nobody is in is empty. */
export const teamLookUp = (reps: readonly Rep[]): ((team: string) => readonly string[]) => {
  const teams = new Map<string, string[]>();
  for (const { id, teams: names } of reps)
    for (const name of names) teams.set(name, [...(teams.get(name) ?? []), id]);
  for (const members of teams.values()) members.sort();
  return (team) => teams.get(team) ?? NOBODY;
};
