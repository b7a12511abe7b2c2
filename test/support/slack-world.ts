import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import pino from 'pino';
import {
  createSlackSandbox,
  type SlackSandbox,
  type SlackSandboxOptions,
} from '../../sandbox/slack/create-slack-sandbox.ts';
import type { Json, SlackMessage, SlackUser } from '../../sandbox/slack/model.ts';
import type {
  ConnectionInfo,
  Delivery,
  DeliveryBody,
  DeliveryResult,
} from '../../server/assignments/ports.ts';
import type { SlackHome, SlackHomes, SlackMessages } from '../../server/assignments/slack-ports.ts';
import { createSlackClients } from '../../slack/clients.ts';
import { createSlackDirectory } from '../../slack/directory.ts';
import { mountSlack } from '../../slack/mount-slack.ts';
import { BOT_SCOPES } from '../../slack/scopes.ts';
import { createSlackSender } from '../../slack/sender.ts';
import { createCardsInMemory } from './slack-cards.ts';
import { createOffers, type Offers, TENANT } from './slack-offers.ts';

const SECRET = 'test-signing-secret';
const TOKEN = 'xoxb-test';
export const TEAM = 'T0FAIRLEAD';

const person = (id: string, name: string, tz: string): SlackUser => ({
  id,
  name: name.toLowerCase(),
  realName: name,
  email: `${name.toLowerCase()}@example.com`,
  tz,
  deleted: false,
});

export const PEOPLE = [
  person('U1', 'Dana', 'America/New_York'),
  person('U2', 'Sam', 'Europe/London'),
  person('U3', 'Jo', 'Europe/Berlin'),
  { ...person('U4', 'Max', 'Europe/Berlin'), deleted: true },
] as const;

const REPS = new Map([
  ['U1', { id: 'dana', name: 'Dana' }],
  ['U2', { id: 'sam', name: 'Sam' }],
  ['U4', { id: 'max', name: 'Max' }],
]);
export const [DANA, SAM, MAX] = [...REPS.values()] as [
  { id: string; name: string },
  { id: string; name: string },
  { id: string; name: string },
];

/** Fairlead's Slack part against the stand-in, both over HTTP, with offers kept in memory. */
export interface SlackWorld {
  readonly slack: SlackSandbox;
  readonly slackUrl: string;
  readonly fairleadUrl: string;
  readonly offers: Offers;
  readonly messages: SlackMessages;
  readonly connection: ConnectionInfo;
  readonly settings: Record<string, unknown>;
  readonly openHomes: ReadonlyMap<string, SlackHome>;
  readonly uninstalls: number[];
  readonly refusedTokens: string[];
  readonly directory: ReturnType<typeof createSlackDirectory>;
  readonly deliver: (body: DeliveryBody, id?: string) => Promise<DeliveryResult>;
  readonly card: (
    assignmentId: string,
    repId: string,
    slackUserId: string,
    id?: string,
    until?: number,
  ) => Promise<DeliveryResult>;
  readonly refresh: (assignmentId: string) => Promise<DeliveryResult>;
  /** Draws a rep's Home again. */
  readonly home: (repId: string, slackUserId: string) => Promise<DeliveryResult>;
  readonly remind: (
    assignmentId: string,
    repId: string,
    slackUserId: string,
    id?: string,
  ) => Promise<DeliveryResult>;
  /** The blocks on a person's Home tab. */
  readonly shown: (user: string) => readonly Json[];
  /** Presses a button on somebody's Home: the nth of its name. */
  readonly pressHome: (user: string, actionId: string, nth?: number) => Promise<Record<string, unknown>>;
  /** What a person sees in their conversation with the app, oldest first. */
  readonly seen: (user: string) => Promise<readonly SlackMessage[]>;
  readonly control: (path: string, body: unknown) => Promise<Record<string, unknown>>;
  readonly press: (user: string, message: SlackMessage, actionId: string) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

const listen = async (app: Express): Promise<{ server: Server; url: string }> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const stop = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
};

const json = async (url: string, body?: unknown): Promise<unknown> => {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await fetch(url, init)).json();
};

const blocksOfHome = (slack: SlackSandbox, user: string): readonly Json[] =>
  (slack.state.views.find((one) => one.type === 'home' && one.user === user)?.view.blocks ?? []) as Json[];

const buttonNames = (block: Json): readonly unknown[] =>
  [...((block.elements ?? []) as Json[]), ...(block.accessory ? [block.accessory as Json] : [])].map(
    (one) => one.action_id,
  );

type Options = Partial<Pick<SlackSandboxOptions, 'now' | 'install' | 'eventRetries' | 'channels'>>;

export const openSlackWorld = async (options: Options = {}): Promise<SlackWorld> => {
  const urls = { slack: '', fairlead: '' };
  const slack = createSlackSandbox({
    appUrl: () => urls.fairlead,
    baseUrl: () => `${urls.slack}/slack`,
    signingSecret: SECRET,
    install: { token: TOKEN, scopes: [...BOT_SCOPES] },
    users: PEOPLE,
    eventRetries: [0, 0, 0],
    ...options,
  });
  const standIn = await listen(express().use('/slack', slack.router).use('/control/slack', slack.control));
  urls.slack = standIn.url;
  const settings: Record<string, unknown> = {};
  const connection: ConnectionInfo = {
    id: 'con_1',
    tenantId: TENANT,
    vendor: 'slack',
    externalId: TEAM,
    name: 'Harbour',
    status: 'active',
    settings,
  };
  const log = pino({ level: 'silent' });
  const [refusedTokens, uninstalls]: [string[], number[]] = [[], []];
  const tokens = {
    get: async () => slack.state.tokens.at(-1)?.token ?? '',
    refused: async (_id: string, token: string) => void refusedTokens.push(token),
  };
  const slackSettings = { signingSecret: SECRET, apiUrl: `${standIn.url}/slack/api/` };
  const clients = createSlackClients({ tokens, settings: slackSettings, log });
  const offers = createOffers(new Map([...REPS.values()].map((rep) => [rep.id, rep.name])));
  const messages = createCardsInMemory();
  const openHomes = new Map<string, SlackHome>();
  const homes: SlackHomes = {
    opened: async (home) => void openHomes.set(home.repId, home),
    forget: async ({ repId }) => void openHomes.delete(repId),
  };
  const app = express();
  const connections = {
    find: async (_vendor: 'slack', teamId: string) => (teamId === TEAM ? connection : null),
    repOf: async (_connection: ConnectionInfo, user: string) => REPS.get(user) ?? null,
    uninstalled: async (_connection: ConnectionInfo, at: number) => void uninstalls.push(at),
  };
  mountSlack({
    app,
    useCases: offers.useCases,
    queries: offers.queries,
    messages,
    homes,
    connections,
    clients,
    settings: slackSettings,
    log,
  });
  const fairlead = await listen(app);
  urls.fairlead = fairlead.url;
  const sender = createSlackSender({ clients, messages, homes, queries: offers.queries });
  let delivered = 0;
  const deliver = async (
    body: DeliveryBody,
    id = `dlv_${++delivered}`,
    until = Date.now() + 60_000,
  ): Promise<DeliveryResult> => {
    const rest = {
      id,
      tenantId: TENANT,
      connectionId: connection.id,
      assignmentId: null,
      version: 1,
      key: id,
      attempts: 1,
      createdAt: 0,
      failures: 0,
    };
    const [result] = await sender.send(connection, [{ ...body, ...rest } as Delivery], until);
    if (result === undefined) throw new Error('The sender gave no result.');
    return result;
  };
  const control = async (path: string, body: unknown) =>
    (await json(`${standIn.url}/control/slack/${path}`, body)) as Record<string, unknown>;
  return {
    slack,
    slackUrl: standIn.url,
    fairleadUrl: fairlead.url,
    offers,
    messages,
    connection,
    settings,
    openHomes,
    uninstalls,
    refusedTokens,
    directory: createSlackDirectory(clients),
    deliver,
    card: (assignmentId, repId, slackUserId, id, until) =>
      deliver({ kind: 'slack_card', body: { repId, slackUserId, assignmentId } }, id, until),
    refresh: (assignmentId) => deliver({ kind: 'slack_refresh', body: { assignmentId } }),
    home: (repId, slackUserId) => deliver({ kind: 'slack_home', body: { repId, slackUserId } }),
    remind: (assignmentId, repId, slackUserId, id) =>
      deliver({ kind: 'slack_reminder', body: { repId, slackUserId, assignmentId } }, id),
    shown: (user) => blocksOfHome(slack, user),
    pressHome: (user, actionId, nth = 0) => {
      const block = blocksOfHome(slack, user).filter((one) => buttonNames(one).includes(actionId))[nth];
      return control('press-home', { user, blockId: block?.block_id, actionId });
    },
    seen: async (user) => {
      const { channels } = (await json(`${standIn.url}/control/slack/messages?user=${user}`)) as {
        channels: { messages: SlackMessage[] }[];
      };
      return channels.flatMap((channel) => channel.messages);
    },
    control,
    press: (user, message, actionId) =>
      control('press', { user, channel: message.channel, ts: message.ts, actionId }),
    close: async () => {
      slack.close();
      await stop(fairlead.server);
      await stop(standIn.server);
    },
  };
};
