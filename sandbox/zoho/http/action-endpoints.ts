import { invalidPathId, mandatory, paramMissing, tooMany, ZohoError } from '../errors.ts';
import { fullName, type Org, tableOf } from '../org.ts';
import { knownModule } from '../records/context.ts';
import { convertLead } from '../records/convert-lead.ts';
import { updateRow } from '../records/write-rows.ts';
import type { Row } from '../types.ts';
import { type Call, type Endpoint, ok, type Reply, required, writing } from './call.ts';
import { eachRow, rowsOf } from './row-results.ts';

const MOST_CONVERTED = 50;

const idIn = (value: unknown): string | undefined => {
  const id = (value as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
};

/** A user who may be given records. Throws INVALID_DATA. */
const checkUser = (org: Org, id: string | undefined, api_name: string): string => {
  if (id === undefined) throw mandatory(api_name, 0);
  if (org.users.get(id)?.status !== 'active')
    throw new ZohoError('INVALID_DATA', 'invalid data', { api_name, json_path: `$.data[0].${api_name}` });
  return id;
};

const named = (row: Row | null, field: string) => row && { name: String(row[field] ?? ''), id: row.id };

const convert = (call: Call): Reply => {
  const [asked = {}] = rowsOf(call);
  const ownerId = idIn(asked.assign_to);
  if (ownerId !== undefined) checkUser(call.org, ownerId, 'assign_to');
  return writing(call, (context) => {
    const deal = asked.Deals as Readonly<Record<string, unknown>> | undefined;
    const made = convertLead(context, call.at.id ?? '', {
      ...(ownerId !== undefined && { ownerId }),
      ...(deal && { deal }),
    });
    return ok({
      data: [
        {
          code: 'SUCCESS',
          details: {
            Contacts: named(made.contact, 'Full_Name'),
            Deals: named(made.deal, 'Deal_Name'),
            Accounts: named(made.account, 'Account_Name'),
          },
          message: 'The record has been converted successfully',
          status: 'success',
        },
      ],
    });
  });
};

const listError = (code: string, api_name: string): ZohoError =>
  new ZohoError(code, code === 'MANDATORY_NOT_FOUND' ? 'required field not found' : 'invalid data', {
    api_name,
    json_path: `$.${api_name}`,
  });

/** Converts some later: who of them could be converted is only told as a count. */
const massConvert = (call: Call): Reply => {
  const { ids } = call.body;
  if (!Array.isArray(ids) || ids.length === 0) throw listError('MANDATORY_NOT_FOUND', 'ids');
  if (ids.length > MOST_CONVERTED) throw tooMany(MOST_CONVERTED, { api_name: 'ids', json_path: '$.ids' });
  const unknown = ids.find((id) => typeof id !== 'string' || !tableOf(call.org, 'Leads').has(id));
  if (unknown !== undefined) throw listError('INVALID_DATA', 'ids');
  const ownerId =
    call.body.assign_to === undefined
      ? undefined
      : checkUser(call.org, idIn(call.body.assign_to), 'assign_to');
  const jobId = call.org.ids.next();
  call.jobs.schedule(jobId, () =>
    writing(call, (context) => {
      const counts = { Total_Count: ids.length, Converted_Count: 0, Not_Converted_Count: 0, Failed_Count: 0 };
      for (const id of ids as readonly string[])
        try {
          convertLead(context, id, ownerId === undefined ? {} : { ownerId });
          counts.Converted_Count += 1;
        } catch (error) {
          if (!(error instanceof ZohoError)) throw error;
          counts[error.code === 'ID_ALREADY_CONVERTED' ? 'Not_Converted_Count' : 'Failed_Count'] += 1;
        }
      return counts;
    }),
  );
  return ok({
    code: 'SCHEDULED',
    details: { job_id: jobId },
    message: 'mass convert scheduled successfully.',
    status: 'success',
  });
};

const jobStatus = (call: Call): Reply => {
  const status = call.jobs.status(required(call, 'job_id'));
  if (!status) throw new ZohoError('INVALID_DATA', 'invalid data', { param_name: 'job_id' });
  return ok({ data: [status] });
};

/** Gives records away; open activities go along, which an update does not do. */
const changeOwner = (call: Call): Reply => {
  const module = knownModule(call.org, call.at.module ?? '').api_name;
  const ownerId = checkUser(call.org, idIn(call.body.owner), 'owner');
  const ids = call.at.id === undefined ? call.body.ids : [call.at.id];
  if (!Array.isArray(ids)) throw paramMissing('ids');
  return writing(call, (context) => {
    const reply = eachRow(ids as readonly string[], 200, (id, index) => {
      if (!tableOf(call.org, module).has(id)) throw invalidPathId();
      updateRow(context, module, id, { Owner: { id: ownerId } }, index);
      for (const task of tableOf(call.org, 'Tasks').values())
        if (idIn(task.What_Id) === id && task.Status !== 'Completed')
          updateRow(context, 'Tasks', task.id, { Owner: { id: ownerId } });
      return {
        code: 'SUCCESS',
        details: { id },
        message: 'owner is successfully updated',
        status: 'success',
      };
    });
    return { ...reply, status: 202 };
  });
};

const assignmentRules = (call: Call): Reply => {
  const module = knownModule(call.org, required(call, 'module'));
  const rule = module.api_name === 'Leads' ? call.org.automation.assignmentRule : null;
  if (!rule) return { status: 204, body: null };
  const owner = call.org.users.get(rule.entries.at(-1)?.ownerId ?? '');
  return ok({
    assignment_rules: [
      {
        id: '1',
        name: rule.name,
        api_name: rule.name.replaceAll(' ', '_'),
        module: { api_name: 'Leads', id: '1' },
        default_assignee: owner && { name: fullName(owner), id: owner.id },
        description: null,
      },
    ],
  });
};

export const ACTION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: /^\/Leads\/(?<id>\d+)\/actions\/convert$/,
    kind: 'leads.convert',
    scope: ['modules.Leads', 'CREATE'],
    credits: () => 5,
    heavy: () => true,
    run: convert,
  },
  {
    method: 'POST',
    path: /^\/Leads\/actions\/mass_convert$/,
    kind: 'leads.mass_convert',
    scope: ['mass_convert.leads', 'CREATE'],
    credits: () => 5,
    heavy: () => true,
    run: massConvert,
  },
  {
    method: 'GET',
    path: /^\/Leads\/actions\/mass_convert$/,
    kind: 'leads.mass_convert_status',
    scope: ['mass_convert.leads', 'READ'],
    run: jobStatus,
  },
  {
    method: 'POST',
    path: /^\/(?<module>[A-Z]\w*)(\/(?<id>\d+))?\/actions\/change_owner$/,
    kind: 'records.change_owner',
    scope: ['modules.{module}', 'UPDATE'],
    run: changeOwner,
  },
  {
    method: 'GET',
    path: /^\/settings\/automation\/assignment_rules$/,
    kind: 'settings.assignment_rules',
    scope: ['settings.assignment_rules', 'READ'],
    run: assignmentRules,
  },
];
