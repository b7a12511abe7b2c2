import { dateTimeText } from '../dates.ts';
import { invalidParam, invalidPathId } from '../errors.ts';
import { fullName, type Org, type ZohoUser } from '../org.ts';
import { ownerView } from '../records/write-rows.ts';
import { installingUser } from '../seed.ts';
import { type Call, type Endpoint, NOTHING, ok, pageOf, paging, type Reply } from './call.ts';

const TYPES: Readonly<Record<string, (user: ZohoUser) => boolean>> = {
  ActiveUsers: ({ status }) => status !== 'disabled',
  ActiveConfirmedUsers: ({ status }) => status === 'active',
  DeactiveUsers: ({ status }) => status === 'disabled',
  NotConfirmedUsers: ({ status }) => status === 'unconfirmed',
  ConfirmedUsers: ({ status }) => status !== 'unconfirmed',
};

const role = (user: ZohoUser) => ({ name: user.role, id: '1' });

const userView = (org: Org, user: ZohoUser) => {
  const shift = [...org.shifts.values()].find(({ userIds }) => userIds.includes(user.id));
  const manager = user.reportingTo === null ? null : ownerView(org, user.reportingTo);
  return {
    id: user.id,
    email: user.email,
    first_name: user.first_name,
    last_name: user.last_name,
    full_name: fullName(user),
    status: user.status === 'disabled' ? 'disabled' : 'active',
    confirm: user.status !== 'unconfirmed',
    role: role(user),
    profile: { name: 'Standard', id: '2' },
    time_zone: user.timezone,
    zuid: user.id.slice(-8),
    Isonline: false,
    category: 'regular_user',
    ...(shift && { $current_shift: { name: shift.name, id: shift.id } }),
    ...(manager && { Reporting_To: { name: manager.name, id: manager.id } }),
  };
};

const users = (call: Call): Reply => {
  const { org, session, query } = call;
  const type = query.get('type') ?? 'ActiveUsers';
  const fits = type === 'CurrentUser' ? ({ id }: ZohoUser) => id === session.userId : TYPES[type];
  if (!fits) throw invalidParam('type');
  const found = [...org.users.values()].filter(fits);
  if (found.length === 0) return NOTHING;
  const { data, info } = pageOf(found, paging(call));
  return ok({ users: data.map((user) => userView(org, user)), info });
};

const user = ({ org, at }: Call): Reply => {
  const found = org.users.get(at.id ?? '');
  return found ? ok({ users: [userView(org, found)] }) : NOTHING;
};

const unavailability = (call: Call): Reply => {
  const { org } = call;
  const rows = [...org.away.values()];
  if (rows.length === 0) return NOTHING;
  const { data, info } = pageOf(rows, paging(call));
  return ok({
    users_unavailability: data.map(({ id, userId, from, to }) => {
      const { name } = ownerView(org, userId);
      return {
        id,
        user: { name, id: userId, zuid: userId.slice(-8) },
        from: dateTimeText(Date.parse(from), org.timezone),
        to: dateTimeText(Date.parse(to), org.timezone),
        all_day: false,
        title: 'Away',
        comments: null,
        service: 'crm',
        tp_calendar_id: '',
        tp_event_id: '',
      };
    }),
    info,
  });
};

/** The list tells of each shift without its hours and people; they are asked for one by one. */
const shifts = ({ org, at }: Call): Reply => {
  const all = [...org.shifts.values()].filter(({ id }) => at.id === undefined || id === at.id);
  if (all.length === 0 && at.id !== undefined) throw invalidPathId(3);
  return ok({
    shift_hours: all.map(({ id, name, timezone, days, from, to, userIds, breaks = [] }) => ({
      id,
      name,
      timezone,
      same_as_everyday: true,
      shift_days: days,
      daily_timing: at.id === undefined ? [] : [from, to],
      custom_timing: [],
      break_hours:
        at.id === undefined
          ? []
          : breaks.map((pause, index) => ({
              id: `${id}${index}`,
              break_days: days,
              same_as_everyday: true,
              daily_timing: [pause.from, pause.to],
              custom_timing: [],
            })),
      holidays: [],
      users_count: userIds.length,
      users:
        at.id === undefined
          ? []
          : userIds.flatMap((userId) => {
              const found = org.users.get(userId);
              if (!found) return [];
              const { name: called, email } = ownerView(org, userId);
              return [
                {
                  role: role(found),
                  name: called,
                  id: userId,
                  email,
                  zuid: userId.slice(-8),
                  effective_from: null,
                },
              ];
            }),
    })),
    shift_count: { total_shift_with_user: all.length, total_shift: all.length },
  });
};

const territories = (call: Call): Reply => {
  const rows = [...call.org.territories.values()];
  if (rows.length === 0) return NOTHING;
  const { data, info } = pageOf(rows, paging(call));
  return ok({
    territories: data.map(({ id, name }) => ({
      id,
      name,
      api_name: name.replaceAll(' ', '_'),
      description: null,
      permission_type: 'read_write_delete',
      manager: { name: fullName(installingUser(call.org)), id: installingUser(call.org).id },
      reporting_to: { name: call.org.name, id: call.org.id },
    })),
    info,
  });
};

const territoryUsers = (call: Call): Reply => {
  const found = call.org.territories.get(call.at.id ?? '');
  if (!found) throw invalidPathId(2);
  const members = found.userIds.flatMap((id) => call.org.users.get(id) ?? []);
  if (members.length === 0) return NOTHING;
  const { data, info } = pageOf(members, paging(call));
  return ok({ users: data.map((one) => userView(call.org, one)), info });
};

const groupsOfUser = (call: Call): Reply => {
  const { org, at } = call;
  if (!org.users.has(at.id ?? '')) throw invalidPathId(1);
  const rows = [...org.groups.values()].filter(({ userIds }) => userIds.includes(at.id ?? ''));
  if (rows.length === 0) return NOTHING;
  const { data, info } = pageOf(rows, paging(call));
  const { id: by } = installingUser(org);
  const { name: called } = ownerView(org, by);
  const made = dateTimeText(org.now(), org.timezone);
  return ok({
    user_groups: data.map(({ id, name }) => ({
      id,
      name,
      description: '',
      created_time: made,
      modified_time: made,
      created_by: { name: called, id: by },
      modified_by: { name: called, id: by },
    })),
    info,
  });
};

const get = (path: RegExp, kind: string, part: string, run: Endpoint['run']): Endpoint => ({
  method: 'GET',
  path,
  kind,
  scope: [part, 'READ'],
  run,
});

export const PEOPLE_ENDPOINTS: readonly Endpoint[] = [
  get(/^\/users$/, 'users.list', 'users', users),
  get(/^\/users\/(?<id>\d+)$/, 'users.read', 'users', user),
  {
    ...get(/^\/users\/(?<id>\d+)\/actions\/associated_groups$/, 'users.groups', 'users', groupsOfUser),
    alsoReads: 'settings.user_groups',
  },
  get(
    /^\/settings\/users_unavailability$/,
    'settings.unavailability',
    'settings.users_unavailability',
    unavailability,
  ),
  get(
    /^\/settings\/business_hours\/shift_hours(\/(?<id>\d+))?$/,
    'settings.shifts',
    'settings.business_hours',
    shifts,
  ),
  get(/^\/settings\/territories$/, 'settings.territories', 'settings.territories', territories),
  get(
    /^\/settings\/territories\/(?<id>\d+)\/users$/,
    'settings.territory_users',
    'settings.territories',
    territoryUsers,
  ),
];
