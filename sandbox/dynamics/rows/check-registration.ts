import { refused } from '../errors.ts';
import type { Table } from '../schema/column.ts';
import { isRef, type Values } from '../types.ts';
import type { Transaction } from './transaction.ts';

/** What the platform demands of an endpoint and of a step. Throws DynamicsError. */
export const checkRegistration = (tx: Transaction, table: Table, values: Values): void => {
  if (table.name === 'serviceendpoint') checkEndpoint(values);
  if (table.name === 'sdkmessageprocessingstep') checkStep(tx, values);
};

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/;

const checkEndpoint = ({ name, url, contract, authtype, authvalue }: Values): void => {
  if (!name) throw refused('The name of a service endpoint is required.');
  if (contract !== 8) throw refused('Only webhooks are known here: contract must be 8.');
  const address = String(url ?? '');
  if (!address.startsWith('https://') && !LOOPBACK.test(address))
    throw refused('The url of a webhook must be an absolute https address.');
  if (authtype !== 4 && authtype !== 5 && authtype !== 6)
    throw refused('authtype must be WebhookKey (4), HttpHeader (5) or HttpQueryString (6).');
  if (!authvalue) throw refused('authvalue is required.');
  if (authtype !== 4 && !String(authvalue).startsWith('<settings>'))
    throw refused('authvalue must be <settings><setting name="…" value="…"/></settings>.');
};

const checkStep = (tx: Transaction, values: Values): void => {
  const { name, sdkmessageid, sdkmessagefilterid, eventhandler, stage, mode, filteringattributes } = values;
  if (!name) throw refused('The name of a step is required.');
  if (!isRef(sdkmessageid)) throw refused('sdkmessageid is required.');
  if (!isRef(eventhandler)) throw refused('The event handler of a step is required.');
  const message = tx.get('sdkmessage', sdkmessageid.id)?.values.name;
  if (isRef(sdkmessagefilterid)) {
    const filter = tx.get('sdkmessagefilter', sdkmessagefilterid.id)?.values.sdkmessageid;
    if (!isRef(filter) || filter.id !== sdkmessageid.id)
      throw refused('The message filter does not belong to the message.');
  }
  if (stage !== 40 || mode !== 1)
    throw refused('A step of a webhook here is asynchronous (mode 1) and post-operation (stage 40).');
  if (filteringattributes && message !== 'Update') throw refused('filteringattributes are only for Update.');
};
