import express, { type Request, type Response } from 'express';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { refused, SalesforceError } from '../errors.ts';
import type { SalesforceFaults } from '../faults.ts';
import { toId18 } from '../ids.ts';
import type { Session } from '../oauth/app.ts';
import { type Conversion, convertLead } from '../rows/convert-lead.ts';
import { createTransaction } from '../rows/transaction.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { OrgApi } from './api-call.ts';
import { checkVersion } from './api-versions.ts';

/** Source: convertLead(): up to 100 leads in one call. */
const MOST_LEADS = 100;

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true });

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .exactOptional();
const leadConvert = z.strictObject({
  accountId: z.string().exactOptional(),
  contactId: z.string().exactOptional(),
  convertedStatus: z.string(),
  doNotCreateOpportunity: flag,
  leadId: z.string(),
  opportunityName: z.string().exactOptional(),
  overwriteLeadSource: flag,
  ownerId: z.string().exactOptional(),
  sendNotificationEmail: flag,
});
type LeadConvert = z.infer<typeof leadConvert>;

const envelope = z.object({
  Envelope: z.object({
    Header: z.object({
      SessionHeader: z.object({ sessionId: z.string() }),
      CallOptions: z.object({ client: z.string() }).optional(),
    }),
    Body: z.strictObject({
      convertLead: z.object({
        leadConverts: z.union([z.array(leadConvert), leadConvert.transform((one) => [one])]),
      }),
    }),
  }),
});

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const inEnvelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const fault = (code: string, message: string): string =>
  inEnvelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escaped(message)}</faultstring></soapenv:Fault>`,
  );

const element = (name: string, value: string | null): string =>
  value === null ? `<${name} xsi:nil="true"/>` : `<${name}>${escaped(value)}</${name}>`;

const errorResult = (error: unknown): string => {
  if (!(error instanceof SalesforceError)) throw error;
  const fields = (error.fields ?? []).map((field) => element('fields', field)).join('');
  return `<result>${element('accountId', null)}${element('contactId', null)}<errors>${fields}${element('message', error.message)}${element('statusCode', error.code)}</errors>${element('leadId', null)}${element('opportunityId', null)}<success>false</success></result>`;
};

const idOf = (text: string): string => {
  const id = toId18(text);
  if (id === null) throw refused('MALFORMED_ID', `malformed id ${text}`);
  return id;
};

const conversionOf = (wanted: LeadConvert): Conversion => ({
  convertedStatus: wanted.convertedStatus,
  withOpportunity: wanted.doNotCreateOpportunity !== true,
  ...(wanted.accountId === undefined ? {} : { accountId: idOf(wanted.accountId) }),
  ...(wanted.contactId === undefined ? {} : { contactId: idOf(wanted.contactId) }),
  ...(wanted.ownerId === undefined ? {} : { ownerId: idOf(wanted.ownerId) }),
  ...(wanted.opportunityName === undefined ? {} : { opportunityName: wanted.opportunityName }),
});

/** Each lead for itself: what was written for one that fails is taken back. */
const convertEach = (context: WriteContext, wanted: readonly LeadConvert[]): string =>
  wanted
    .map((one) => {
      const mark = context.tx.mark();
      try {
        const made = convertLead(context, idOf(one.leadId), conversionOf(one));
        return `<result>${element('accountId', made.accountId)}${element('contactId', made.contactId)}${element('leadId', made.leadId)}${element('opportunityId', made.opportunityId)}<success>true</success></result>`;
      } catch (error) {
        context.tx.rollbackTo(mark);
        return errorResult(error);
      }
    })
    .join('');

interface SoapDeps {
  readonly session: (token: string) => Session | undefined;
  readonly faults: SalesforceFaults;
}

/** The SOAP API, of which `convertLead` is there: REST has no like of it. */
export const createSoapHandler = ({ session, faults }: SoapDeps) => {
  const readText = express.text({ type: 'text/xml', limit: '6mb' });

  const answer = (api: OrgApi, version: string, req: Request): string => {
    checkVersion(version);
    if (typeof req.body !== 'string' || req.headers.soapaction === undefined)
      throw new SalesforceError('UNKNOWN_EXCEPTION', 'text/xml with a SOAPAction header is expected');
    const parsed = envelope.safeParse(parser.parse(req.body));
    if (!parsed.success)
      throw new SalesforceError('INVALID_TYPE', parsed.error.issues[0]?.path.join('.') ?? 'the envelope');
    const { Header, Body } = parsed.data.Envelope;
    const caller = session(Header.SessionHeader.sessionId);
    if (!caller || caller.orgId !== api.org.id)
      throw new SalesforceError(
        'INVALID_SESSION_ID',
        'Invalid Session ID found in SessionHeader: Illegal Session',
      );
    const wanted = Body.convertLead.leadConverts;
    if (wanted.length > MOST_LEADS)
      throw new SalesforceError('EXCEEDED_ID_LIMIT', `record limit reached: ${MOST_LEADS}`);
    const tx = createTransaction(api.org);
    const client = Header.CallOptions?.client ?? null;
    const results = convertEach(
      {
        org: api.org,
        tx,
        actor: { userId: caller.userId, via: 'api', client },
        autoAssign: false,
        allowDuplicates: false,
        rowFault: api.rowFault,
      },
      wanted,
    );
    tx.commit();
    return inEnvelope(`<convertLeadResponse>${results}</convertLeadResponse>`);
  };

  const send = (res: Response, status: number, body: string): void => {
    res.status(status).type('text/xml').send(body);
  };

  return (req: Request, res: Response, api: OrgApi, version: string): void => {
    const startedAt = performance.now();
    const refuse = (error: unknown): void => {
      if (!(error instanceof SalesforceError)) throw error;
      send(res, 500, fault(error.code, error.message));
    };
    const leave = api.limits.enter();
    res.on('close', () => {
      leave();
      api.stats.count({
        kind: 'soap.convertLead',
        status: res.statusCode,
        ms: performance.now() - startedAt,
        client: 'soap',
      });
    });
    faults.middleware(req, res, (failure) => {
      if (failure) return refuse(failure);
      readText(req, res, () => {
        try {
          send(res, 200, answer(api, version, req));
        } catch (error) {
          refuse(error);
        }
      });
    });
  };
};
