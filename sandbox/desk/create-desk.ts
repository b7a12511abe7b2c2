import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import type { StandIn } from '../stand-in.ts';
import type { CardUrl } from './card-frame.ts';
import { crmRoutes } from './crm/crm-routes.ts';
import { createDeskEvents } from './desk-events.ts';
import { AS_COOKIE, createDeskPages } from './desk-pages.ts';
import { fieldsOf } from './form.ts';
import { ownerName } from './hubspot/format.ts';
import { hubspotRoutes } from './hubspot/hubspot-routes.ts';
import type { Frame, Link, Place } from './layout.ts';
import { switchesRoutes } from './switches/switches-routes.ts';

interface DeskDeps {
  /** Whose company it is: its people use the desk. Its pages are of their own kind. */
  readonly hubspot: HubSpotSandbox;
  /** The CRMs. */
  readonly standIns: readonly StandIn[];
  /** Is no CRM: of its pages the desk has the switches only. */
  readonly slack: StandIn;
  /** Where a HubSpot record's card is shown from. */
  readonly cardUrl: CardUrl;
  /** Where people open Fairlead. */
  readonly fairleadUrl: () => string;
}

const YEAR_MS = 365 * 24 * 3_600_000;

interface Pages {
  readonly lists: readonly Link[];
  readonly newPath: string | null;
}

/** Pages of their own kind: those that are no list of one object. */
const OWN_PAGES: Readonly<Record<string, Pages>> = {
  hubspot: {
    lists: [
      { path: '/desk/contacts', label: 'Contacts' },
      { path: '/desk/companies', label: 'Companies' },
      { path: '/desk/deals', label: 'Deals' },
    ],
    newPath: '/desk/new',
  },
  slack: { lists: [{ path: '/slack', label: 'Workspace' }], newPath: null },
};

const pagesOf = ({ slug, desk }: StandIn): Pages => {
  if (desk) return { lists: [{ path: `/desk/${slug}`, label: desk.title }], newPath: `/desk/${slug}/new` };
  return OWN_PAGES[slug] ?? { lists: [], newPath: null };
};

const placeOf = (standIn: StandIn): Place => {
  const { slug, name } = standIn;
  const { lists, newPath } = pagesOf(standIn);
  const tabs = [...lists, { path: `/desk/${slug}/switches`, label: 'Switches' }];
  return { slug, label: name, tabs, newPath };
};

/** The CRMs as their people see them: lists, records, forms for new leads, switches; live. Mounted at /desk. */
export const createDesk = ({ hubspot, standIns, slack, cardUrl, fairleadUrl }: DeskDeps) => {
  const router = Router();
  const events = createDeskEvents();
  const frameNow = (): Omit<Frame, 'as'> => {
    const portal = hubspot.portal();
    const people = [...portal.owners.values()].filter((owner) => owner.userId !== null);
    return {
      name: portal.name,
      places: standIns.filter(({ desk }) => desk?.present() ?? true).map(placeOf),
      slack: placeOf(slack),
      people: people.map((owner) => [owner.email, ownerName(owner)] as const),
      fairleadUrl: fairleadUrl(),
    };
  };
  const pages = createDeskPages(frameNow);

  router.use('/assets', express.static(fileURLToPath(new URL('assets', import.meta.url)), { maxAge: '1m' }));
  router.use(express.urlencoded({ extended: false }));
  router.get('/stream', events.stream);
  router.get('/', (_req, res) => res.redirect(302, '/desk/contacts'));
  router.get('/hubspot', (_req, res) => res.redirect(302, '/desk/contacts'));
  router.post('/as', (req, res) => {
    const options = { maxAge: YEAR_MS, sameSite: 'lax', httpOnly: true, path: '/desk' } as const;
    res.cookie(AS_COOKIE, fieldsOf(req).as, options);
    res.redirect(303, req.headers.referer ?? '/desk/contacts');
  });

  const stops = [hubspot.onChange((_portalId, { objectType, id }) => events.note(objectType, [id]))];
  for (const standIn of [...standIns, slack]) {
    const { slug, desk } = standIn;
    router.use(`/${slug}/switches`, switchesRoutes(standIn, pages));
    if (!desk) continue;
    router.use(`/${slug}`, crmRoutes(desk, pages));
    stops.push(desk.onChange((ids) => events.note(slug, ids)));
  }
  router.use(hubspotRoutes({ hubspot, cardUrl }, pages));

  return {
    router,
    close: (): void => {
      for (const stop of stops) stop();
      events.close();
    },
  };
};
