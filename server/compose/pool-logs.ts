import { isMap, parseDocument, stringify } from 'yaml';
import type { GoLiveParts } from '../assignments/first-steps/go-live.ts';

/** A policy's text with just some pools for the log only; comments and order stay as people wrote them. */
export const poolLogs: GoLiveParts['texts'] = {
  withPoolsLogged: ({ text, document }, pools) => {
    const parsed = parseDocument(text ?? stringify(document));
    const list = parsed.toJS() as { readonly pools?: readonly { readonly id: string }[] };
    list.pools?.forEach(({ id }, i) => {
      const pool: unknown = parsed.getIn(['pools', i]);
      if (!isMap(pool)) return;
      if (pools.includes(id)) pool.set('log', 'only');
      else pool.delete('log');
    });
    return parsed.toString({ lineWidth: 110 });
  },
  parse: (text) => parseDocument(text).toJS(),
};
