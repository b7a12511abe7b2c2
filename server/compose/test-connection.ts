import { webApi } from '@slack/bolt';
import type { SlackClients } from '../../slack/clients.ts';
import type { SlackDirectory } from '../../slack/directory.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import type { Connector } from '../crm/connector.ts';

/** How a test of a connection went, in a sentence: what is wrong and what to do, where it is not `ok`. */
export interface ConnectionTest {
  readonly ok: boolean;
  readonly said: string;
}

export interface TestParts {
  readonly connectorOf: (connection: ConnectionInfo) => Connector | undefined;
  readonly slackClients: Pick<SlackClients, 'of'>;
  readonly slackDirectory: SlackDirectory;
}

/** `message`: whom to send a message in Slack, by e-mail address; null: nobody. */
export type TestConnection = (connection: ConnectionInfo, message: string | null) => Promise<ConnectionTest>;

/** Asks a vendor for something harmless, now: its people, or who the app is. Never rejects for what the vendor says. */
export const createTestConnection =
  (parts: TestParts): TestConnection =>
  async (connection, message) => {
    try {
      const connector = parts.connectorOf(connection);
      return connector === undefined
        ? await testSlack(connection, message, parts)
        : await testCrm(connection, connector);
    } catch (error) {
      return { ok: false, said: reasonOf(error) };
    }
  };

const testCrm = async (connection: ConnectionInfo, connector: Connector): Promise<ConnectionTest> => {
  const people = await connector.directory.read(connection, []);
  const persons = people.filter(({ details }) => details?.type !== 'QUEUE').length;
  const usage = connector.usage?.(connection) ?? null;
  const limit =
    usage === null ? '' : ` ${counted(usage.used)} of ${counted(usage.of)} ${usage.limit} are used.`;
  if (persons === 0)
    return {
      ok: false,
      said: `${connector.name} answers, and tells of nobody who can own leads. Give the user who connected it the right to see other users, then test again.`,
    };
  return {
    ok: true,
    said: `${connector.name} answers: ${persons} ${persons === 1 ? 'person' : 'people'} can own leads.${limit}`,
  };
};

const counted = (count: number): string => count.toLocaleString('en');

const testSlack = async (
  { id, name }: ConnectionInfo,
  message: string | null,
  { slackClients, slackDirectory }: TestParts,
): Promise<ConnectionTest> => {
  const client = await slackClients.of(id);
  const { team } = await client.auth.test();
  if (message === null) return { ok: true, said: `Slack answers as ${team ?? name}.` };
  const member = await slackDirectory.byEmail(id, message);
  if (member === null)
    return {
      ok: false,
      said: `Nobody in ${team ?? name} has the address ${message}. Use the one of your Slack profile.`,
    };
  await client.chat.postMessage({
    channel: member.id,
    text: 'A test from Fairlead: leads and their buttons will come here.',
  });
  return { ok: true, said: `A message is with ${member.name} in ${team ?? name}.` };
};

/** What Slack's own words mean to an administrator. Source: Slack's method pages. */
const SLACK_REASONS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not accept our token any more: connect the workspace again.',
  token_revoked: 'The app was removed from the workspace: connect it again.',
  token_expired: 'Slack’s token has run out and was not renewed: connect the workspace again.',
  account_inactive: 'The app was removed from the workspace: connect it again.',
  missing_scope:
    'The app may do too little in Slack: connect the workspace again and allow what it asks for.',
  restricted_action:
    'The workspace does not let apps write messages: ask whoever administers Slack to allow it.',
  messages_tab_disabled: 'The app’s messages are switched off in Slack: switch on its Messages tab.',
};

const reasonOf = (error: unknown): string => {
  if (error instanceof AppError) return error.message;
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    return SLACK_REASONS[code] ?? `Slack refused with “${code}”. Connect the workspace again if it stays so.`;
  }
  if (error instanceof webApi.WebAPIRateLimitedError)
    return `Slack asks us to wait ${error.retryAfter} s: test again then.`;
  return 'The vendor could not be reached. Test again in a minute; its own status page says whether it has troubles.';
};
