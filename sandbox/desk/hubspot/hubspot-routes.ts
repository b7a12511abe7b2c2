import { type Request, type Response, Router } from 'express';
import type { HubSpotSandbox } from '../../hubspot/create-hubspot.ts';
import { HubSpotError } from '../../hubspot/errors.ts';
import { type CardUrl, cardFrame } from '../card-frame.ts';
import type { DeskPages } from '../desk-pages.ts';
import { fieldsOf, filled } from '../form.ts';
import { html } from '../html.ts';
import type { Page } from '../layout.ts';
import { ownerName, recordName } from './format.ts';
import { newLeadPage } from './new-lead-page.ts';
import { DESK_TYPES, type DeskType, recordList } from './record-list.ts';
import { recordPage } from './record-page.ts';

interface HubSpotDeskDeps {
  readonly hubspot: HubSpotSandbox;
  readonly cardUrl: CardUrl;
}

const isDeskType = (text: unknown): text is DeskType => DESK_TYPES.some((type) => type === text);

const page = (title: string, type: string, live: string | null): Page => ({
  title,
  here: 'hubspot',
  tab: `/desk/${type}`,
  live,
});
const NEW_LEAD = page('New lead', 'new', null);

/** What the first property problem says, for people. */
const problemText = (error: unknown): string => {
  if (!(error instanceof HubSpotError)) throw error;
  const first = (error.body.errors as readonly { message: string }[] | undefined)?.[0];
  return first?.message ?? String(error.body.message);
};

/** A person, and the company where one is named, as the website's form makes them; the contact's id. */
const createLead = (hubspot: HubSpotSandbox, form: Readonly<Record<string, string>>): string => {
  const { numberofemployees, ...fields } = form;
  const properties = filled(fields);
  const company = properties.company
    ? hubspot.create({
        objectType: 'companies',
        properties: filled({
          name: properties.company,
          domain: properties.email?.split('@')[1] ?? '',
          country: properties.country ?? '',
          numberofemployees: numberofemployees ?? '',
        }),
      })
    : null;
  const associations = company ? [{ objectType: 'companies', id: company.id }] : [];
  return hubspot.create({ objectType: 'contacts', properties, associations }).id;
};

/** HubSpot's contacts, companies and deals in the desk. Any first segment is theirs: must stand after other routes. */
export const hubspotRoutes = ({ hubspot, cardUrl }: HubSpotDeskDeps, pages: DeskPages): Router => {
  const router = Router();
  const { send, notFound, asOf, fairleadUrl } = pages;

  router.get('/new', (req, res) =>
    send(req, res, NEW_LEAD, newLeadPage(hubspot.portal(), { values: {}, problem: null })),
  );

  router.post('/new', (req, res) => {
    const values = fieldsOf(req);
    try {
      res.redirect(303, `/desk/contacts/${createLead(hubspot, values)}`);
    } catch (error) {
      res.status(400);
      send(req, res, NEW_LEAD, newLeadPage(hubspot.portal(), { values, problem: problemText(error) }));
    }
  });

  router.get('/:type', (req, res) => {
    const { type } = req.params;
    if (!isDeskType(type)) return notFound(req, res);
    const query = { q: String(req.query.q ?? ''), owner: String(req.query.owner ?? '') };
    const title = type[0]?.toUpperCase() + type.slice(1);
    send(req, res, page(title, type, type), recordList(hubspot.portal(), type, query));
  });

  router.get('/:type/:id', (req, res) => {
    const { type, id } = req.params;
    const portal = hubspot.portal();
    const record = isDeskType(type) ? portal.records[type].get(id) : undefined;
    if (!isDeskType(type) || !record) return notFound(req, res);
    if (record.mergedInto !== null) return res.redirect(302, `/desk/${type}/${record.mergedInto}`);
    const as = asOf(req);
    const seenBy = [...portal.owners.values()].find((owner) => owner.email === as);
    const card = cardFrame(
      cardUrl({ crm: 'hubspot', objectType: type, id, as }),
      seenBy ? ownerName(seenBy) : as,
    );
    const runs = hubspot.workflows.history(portal.id, id);
    const body = recordPage(portal, type, record, { runs, card, fairleadUrl: fairleadUrl() });
    send(req, res, page(recordName(type, record), type, `${type}/${id}`), body);
  });

  const change = (req: Request, res: Response, properties: Record<string, string>): void => {
    const { type, id } = req.params as { type: string; id: string };
    if (!isDeskType(type) || !hubspot.portal().records[type].has(id)) {
      notFound(req, res);
      return;
    }
    try {
      hubspot.update({ objectType: type, id, properties, by: asOf(req) });
      res.redirect(303, `/desk/${type}/${id}`);
    } catch (error) {
      res.status(400);
      const body = html`<div class="narrow"><p class="problem" role="alert">${problemText(error)}</p><a class="button" href="/desk/${type}/${id}">Back to the record</a></div>`;
      send(req, res, page('Not saved', type, null), body);
    }
  };

  router.post('/:type/:id', (req, res) => change(req, res, fieldsOf(req)));
  router.post('/:type/:id/owner', (req, res) =>
    change(req, res, { hubspot_owner_id: fieldsOf(req).ownerId ?? '' }),
  );
  return router;
};
