import { App, AuthorizationError, ExpressReceiver, HTTPModuleFunctions } from '@slack/bolt';
import { type Application, Router } from 'express';
import type { Logger } from 'pino';
import type { Queries } from '../server/assignments/queries.ts';
import type { SlackHomes, SlackMessages } from '../server/assignments/slack-ports.ts';
import type { UseCases } from '../server/assignments/use-cases.ts';
import { type Clock, systemClock } from '../server/base/clock.ts';
import { authorize } from './authorize.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackClients } from './clients.ts';
import { failureHandler } from './failure-handler.ts';
import { isSlacks } from './is-slacks.ts';
import { awaySubmitted } from './listeners/away-submitted.ts';
import { awaySwitch } from './listeners/away-switch.ts';
import { claimLead } from './listeners/claim-lead.ts';
import { declineSubmitted } from './listeners/decline-submitted.ts';
import { everythingElse } from './listeners/everything-else.ts';
import { homeOpened } from './listeners/home-opened.ts';
import { leadsCommand } from './listeners/leads-command.ts';
import { openDecline } from './listeners/open-decline.ts';
import type { ListenerParts } from './listeners/parts.ts';
import { uninstalled } from './listeners/uninstalled.ts';
import type { SlackConnections, SlackSettings } from './ports.ts';
import { dropRepeats } from './repeats.ts';
import { timestampGuard } from './timestamp-guard.ts';

const PATH = '/slack/events';

export interface SlackParts {
  /** Our Express app, before any body parser is mounted: Bolt checks the signature over the raw bytes. */
  readonly app: Application;
  readonly useCases: Pick<UseCases, 'claim' | 'decline' | 'setAway'>;
  readonly queries: Pick<Queries, 'offerCard' | 'repHome'>;
  readonly messages: Pick<SlackMessages, 'find'>;
  readonly homes: SlackHomes;
  readonly connections: SlackConnections;
  readonly clients: SlackClients;
  readonly settings: SlackSettings;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Answers Slack at `POST /slack/events`: buttons, forms, commands and events, on our own Express app. */
export const mountSlack = (parts: SlackParts): void => {
  const { app: express, settings, log } = parts;
  const logger = boltLogger(log);
  // As strict about the address as our own app: Bolt's own router takes others, before which no guard would stand.
  const router = Router({ caseSensitive: true, strict: true });
  router.use(PATH, timestampGuard(parts.clock ?? systemClock));
  const receiver = new ExpressReceiver({
    app: express,
    router,
    signingSecret: settings.signingSecret,
    endpoints: PATH,
    logger,
    processEventErrorHandler: async (failed) => {
      const { body } = failed.request as { body?: unknown };
      if (failed.error instanceof AuthorizationError || isSlacks(body))
        return HTTPModuleFunctions.defaultProcessEventErrorHandler(failed);
      // Nobody's fault here: it is no request of Slack's.
      failed.response.writeHead(400).end();
      return true;
    },
  });
  const app = new App({
    receiver,
    logger,
    authorize: authorize(parts.connections),
    convoStore: false,
    extendedErrorHandler: true,
    clientOptions: { slackApiUrl: settings.apiUrl, allowAbsoluteUrls: false },
  });
  app.use(dropRepeats());
  app.error(failureHandler(log, settings.apiUrl));
  listen(app, { ...parts, clock: parts.clock ?? systemClock });
};

const listen = (app: App, parts: ListenerParts): void => {
  claimLead(app, parts);
  openDecline(app, parts);
  declineSubmitted(app, parts);
  leadsCommand(app, parts);
  homeOpened(app, parts);
  awaySwitch(app, parts);
  awaySubmitted(app, parts);
  uninstalled(app, parts);
  everythingElse(app);
};
