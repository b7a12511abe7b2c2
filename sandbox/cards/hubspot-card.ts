import express, { type Request, type Response, Router } from 'express';
import { cardPage } from '../../hubspot-app/preview/card-page.ts';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import { OBJECT_TYPE_NAMES, OBJECT_TYPES } from '../hubspot/object-types.ts';
import type { Owner } from '../hubspot/types.ts';
import type { CardBundle } from './card-bundles.ts';
import type { createHubSpotProxy } from './hubspot-proxy.ts';

interface HubSpotCardDeps {
  readonly hubspot: HubSpotSandbox;
  readonly proxy: ReturnType<typeof createHubSpotProxy>;
  /** Answers with the page, or with the one that waits for the bundle. */
  readonly show: (res: Response, draw: (bundle: CardBundle) => string) => void;
}

/** The address of a record's card as a person of the account sees it, below where the cards are mounted. */
export const hubspotCardPath = (userId: number, objectType: string, id: string): string =>
  `/hubspot/${userId}?${new URLSearchParams({ objectType, objectId: id })}`;

const typeIdOf = (name: unknown): string => {
  const known = OBJECT_TYPE_NAMES.find((one) => one === name);
  return OBJECT_TYPES[known ?? 'contacts'].typeId;
};

/** The HubSpot card in a page of its own, and HubSpot's proxy for what it asks. */
export const hubspotCard = ({ hubspot, proxy, show }: HubSpotCardDeps): Router => {
  const router = Router();

  const person = (req: Request, res: Response): Owner | undefined => {
    const found = [...hubspot.portal().owners.values()].find(
      (owner) => owner.userId !== null && String(owner.userId) === req.params.userId,
    );
    if (!found) res.status(404).send('There is no such person.');
    return found;
  };

  router.get('/:userId', (req, res) => {
    const owner = person(req, res);
    if (!owner) return;
    const { userId, email, firstName, lastName } = owner;
    show(res, (bundle) =>
      cardPage(bundle, {
        fetchUrl: `${req.baseUrl}/${userId}/fetch`,
        objectTypeId: typeIdOf(req.query.objectType),
        objectId: Number(req.query.objectId),
        portalId: hubspot.portal().id,
        user: { id: Number(userId), email, firstName, lastName, locale: 'en' },
      }),
    );
  });

  router.use('/:userId/fetch', express.text({ type: () => true, limit: '1mb' }), async (req, res) => {
    const owner = person(req as Request, res);
    if (!owner) return;
    const caller = {
      portalId: hubspot.portal().id,
      userId: Number(owner.userId),
      userEmail: owner.email,
    };
    const body = typeof req.body === 'string' ? req.body : '';
    const outcome = await proxy(req.method, req.url, body, caller);
    if (!outcome.ok) return void res.status(502).json({ category: 'BAD_GATEWAY', message: outcome.why });
    const type = outcome.headers['content-type'];
    res
      .status(outcome.status)
      .type(typeof type === 'string' ? type : 'application/json')
      .send(outcome.body);
  });
  return router;
};
