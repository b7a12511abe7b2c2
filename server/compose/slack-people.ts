import type { SlackDirectory } from '../../slack/directory.ts';
import type { DirectoryReader, Person } from '../assignments/directory-ports.ts';

/** The reps a Slack workspace knows: Slack can only be asked about one address at a time. */
export const createSlackPeople = (directory: SlackDirectory): DirectoryReader => ({
  vendor: 'slack',
  read: async (connection, repEmails) => {
    const people: Person[] = [];
    for (const email of repEmails) {
      const member = await directory.byEmail(connection.id, email);
      if (member)
        people.push({
          kind: 'user',
          externalId: member.id,
          email,
          name: member.name,
          ...(member.timezone !== null && { details: { timezone: member.timezone } }),
        });
    }
    return people;
  },
});
