import { dateTimeText } from '../dates.ts';
import { paramMissing, ZohoError } from '../errors.ts';
import { type Channel, channelView } from '../notifications/channels.ts';
import { type Call, type Endpoint, NOTHING, ok, type Reply } from './call.ts';

type Asked = Readonly<Record<string, unknown>>;

const watched = ({ body }: Call): readonly Asked[] => {
  if (!Array.isArray(body.watch) || body.watch.length === 0)
    throw new ZohoError('MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'watch',
      json_path: '$.watch',
    });
  return body.watch as readonly Asked[];
};

const eventsView = (channel: Channel, call: Call) =>
  channel.events.map((event) => {
    const [module = ''] = event.split('.', 1);
    return {
      channel_expiry: dateTimeText(channel.expiresAt, call.org.timezone),
      resource_uri: call.resourceUri(module),
      resource_id: '1',
      resource_name: module,
      channel_id: channel.channelId,
      notification_condition: [],
    };
  });

/** Each channel for itself: 202 where every one was refused. */
const each = (
  call: Call,
  status: number,
  message: string,
  change: (asked: Asked, row: number) => Channel,
): Reply => {
  const results = watched(call).map((asked, row) => {
    try {
      const channel = change(asked, row);
      return { status: 'success', code: 'SUCCESS', message, details: { events: eventsView(channel, call) } };
    } catch (error) {
      if (error instanceof ZohoError) return error.body;
      throw error;
    }
  });
  return { status: results.some((one) => one.status === 'success') ? status : 202, body: { watch: results } };
};

const enable = (call: Call): Reply =>
  each(call, 201, 'Successfully subscribed for actions-watch of the given module', (asked, row) =>
    call.channels.enable(call.org, call.session.userId, asked, row),
  );

const replace = (call: Call): Reply =>
  each(call, 200, 'Successfully updated the subscribe details', (asked, row) =>
    call.channels.replace(call.org, call.session.userId, asked, row),
  );

const patch = (call: Call): Reply =>
  each(call, 200, 'Successfully updated the subscribe details', (asked, row) =>
    call.channels.patch(call.org, asked, row),
  );

const disable = (call: Call): Reply => {
  const ids = call.query.get('channel_ids');
  if (!ids) throw paramMissing('channel_ids');
  const results = ids.split(',').map((id, row) => {
    try {
      call.channels.remove(call.org, id, row);
      return {
        status: 'success',
        code: 'SUCCESS',
        message: 'Successfully un-subscribed from actions-watch',
        details: { channel_id: id },
      };
    } catch (error) {
      if (error instanceof ZohoError) return error.body;
      throw error;
    }
  });
  return { status: results.some(({ status }) => status === 'success') ? 200 : 202, body: { watch: results } };
};

const list = (call: Call): Reply => {
  const [wanted, module] = [call.query.get('channel_id'), call.query.get('module')];
  const rows = call.channels
    .alive(call.org)
    .filter(({ channelId }) => wanted === null || channelId === wanted)
    .flatMap((channel) => channelView(channel, call.org, call.resourceUri))
    .filter(({ resource_name }) => module === null || resource_name === module);
  if (rows.length === 0) return NOTHING;
  return ok({ watch: rows, info: { per_page: 200, page: 1, count: rows.length, more_records: false } });
};

const watch = (method: string, kind: string, run: Endpoint['run']): Endpoint => ({
  method,
  path: /^\/actions\/watch$/,
  kind: `watch.${kind}`,
  scope: [
    'notifications',
    method === 'GET' ? 'READ' : method === 'DELETE' ? 'DELETE' : method === 'POST' ? 'CREATE' : 'UPDATE',
  ],
  run,
});

export const WATCH_ENDPOINTS: readonly Endpoint[] = [
  watch('GET', 'list', list),
  watch('POST', 'enable', enable),
  watch('PUT', 'replace', replace),
  watch('PATCH', 'patch', patch),
  watch('DELETE', 'disable', disable),
];
