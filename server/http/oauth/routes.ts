import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import type { VendorRoute } from '../vendor-route.ts';
import { answersQuery, beginInstall, vendorParams } from './begin-install.ts';
import { finishInstall, returnQuery } from './finish-install.ts';

const page = z.unknown();

/** Where administrators go to connect an account, and come back to. Slack's addresses are those its listing names. */
export const OAUTH_ROUTES: readonly VendorRoute[] = [
  {
    method: 'get',
    path: '/oauth/{vendor}/install',
    summary: 'Connect an account: sends a signed-in administrator to the vendor’s page',
    security: 'browserSession',
    params: vendorParams,
    query: answersQuery,
    reply: page,
    handler: beginInstall,
  },
  {
    method: 'get',
    path: '/slack/install',
    summary: 'Connect a Slack workspace',
    security: 'browserSession',
    reply: page,
    handler: () => (_request, response) => response.redirect(302, '/oauth/slack/install'),
  },
  {
    method: 'get',
    path: '/oauth/{vendor}/callback',
    summary: 'The browser comes back from the vendor’s page, with a code that serves once',
    security: 'installState',
    params: vendorParams,
    query: returnQuery,
    reply: page,
    handler: (parts) => (request, response, next) => {
      const { vendor } = parseInput(vendorParams, request.params, '/path');
      return finishInstall(vendor, parts)(request, response, next);
    },
  },
  {
    method: 'get',
    path: '/slack/oauth_redirect',
    summary: 'The browser comes back from Slack, with a code that serves once',
    security: 'installState',
    query: returnQuery,
    reply: page,
    handler: (parts) => finishInstall('slack', parts),
  },
];
