import { parse } from 'csv-parse/sync';
import type { Scheduler } from '../../scheduler.ts';
import { notFound, refused, SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { nextId, type Org } from '../org.ts';
import { createTransaction } from '../rows/transaction.ts';
import { updateRow } from '../rows/update-row.ts';
import { externalField, upsertRow } from '../rows/upsert-row.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { ObjectDef } from '../schema/object.ts';
import { fieldNamed, objectNamed } from '../schema/objects.ts';
import type { Actor } from '../types.ts';

type State = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
type Line = Readonly<Record<string, string>>;

/** What a job is made with. */
export interface JobRequest {
  readonly object: string;
  readonly operation: 'update' | 'upsert';
  readonly externalIdFieldName: string | null;
}

interface Done {
  readonly line: Line;
  readonly id: string;
  readonly created: boolean;
}

interface Job extends JobRequest {
  readonly id: string;
  readonly actor: Actor;
  state: State;
  csv: string | null;
  errorMessage: string | null;
  waiting: Line[];
  readonly successful: Done[];
  readonly failed: { readonly line: Line; readonly error: string }[];
}

/** How long a job waits before it starts, and how long each two hundred rows take. Milliseconds. */
export interface BulkPace {
  readonly startMs: number;
  readonly chunkMs: number;
}

const CHUNK = 200;

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const toCsv = (columns: readonly string[], rows: readonly Line[]): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((row) => `${row.map(quoted).join(',')}\n`)
    .join('');

const ended = ({ state }: Job): boolean => ['JobComplete', 'Failed', 'Aborted'].includes(state);

/** Jobs of the Bulk API 2.0 of one org: rows are written in the background, each for itself. */
export const createBulkJobs = (org: Org, scheduler: Scheduler, rowFault: WriteContext['rowFault']) => {
  const jobs = new Map<string, Job>();
  let pace: BulkPace = { startMs: 50, chunkMs: 5 };

  const jobWith = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw notFound();
    return job;
  };

  const objectOf = ({ object }: JobRequest): ObjectDef => {
    const found = objectNamed(object, org);
    if (!found?.writable) throw refused('INVALIDENTITY', `Invalid entity: ${object}`);
    return found;
  };

  const fail = (job: Job, message: string): void => {
    job.state = 'Failed';
    job.errorMessage = message;
  };

  /** A column that is no field fails the job before any row is written. */
  const readRows = (job: Job): void => {
    const object = objectOf(job);
    const lines = parse(job.csv ?? '', { columns: true, skip_empty_lines: true }) as Line[];
    const columns = Object.keys(lines[0] ?? {});
    const unknown = columns.find((name) => fieldNamed(object, name, org) === undefined);
    const key = job.operation === 'update' ? 'Id' : (job.externalIdFieldName ?? '');
    if (unknown !== undefined) fail(job, `InvalidBatch : Field name not found : ${unknown}`);
    else if (!columns.includes(key)) fail(job, `InvalidBatch : ${key} not found in the header`);
    else {
      job.waiting = lines;
      job.state = 'InProgress';
    }
  };

  /** An empty value leaves the field alone; #N/A empties it. */
  const valuesOf = (line: Line, key: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(line)
        .filter(([name, value]) => name !== key && value !== '')
        .map(([name, value]) => [name, value === '#N/A' ? null : value]),
    );

  const writeLine = (job: Job, context: WriteContext, line: Line): Done => {
    const object = objectOf(job);
    if (job.operation === 'update') {
      const id = toId18(line.Id);
      if (!id?.startsWith(object.prefix)) throw refused('MALFORMED_ID', `bad id ${line.Id}`, ['Id']);
      updateRow(context, object, id, valuesOf(line, 'Id'));
      return { line, id, created: false };
    }
    const field = externalField(context, object, job.externalIdFieldName ?? '');
    const value = line[field.name] ?? '';
    if (value === '') throw refused('MISSING_ARGUMENT', `${field.name} not specified`);
    return { line, ...upsertRow(context, object, field, value, valuesOf(line, field.name)) };
  };

  const writeSome = (job: Job): void => {
    const tx = createTransaction(org);
    const context: WriteContext = {
      org,
      tx,
      actor: job.actor,
      autoAssign: false,
      allowDuplicates: false,
      rowFault,
    };
    for (const line of job.waiting.splice(0, CHUNK)) {
      const mark = tx.mark();
      try {
        job.successful.push(writeLine(job, context, line));
      } catch (error) {
        tx.rollbackTo(mark);
        if (!(error instanceof SalesforceError)) throw error;
        job.failed.push({
          line,
          error: `${error.code}:${error.message}:${(error.fields ?? []).join(', ')} --`,
        });
      }
    }
    tx.commit();
  };

  const work = (job: Job): void => {
    if (job.state !== 'InProgress') return;
    writeSome(job);
    if (job.waiting.length === 0) job.state = 'JobComplete';
    else scheduler.after(pace.chunkMs, () => work(job));
  };

  const start = (job: Job): void => {
    if (job.state !== 'UploadComplete') return;
    readRows(job);
    work(job);
  };

  const results = (id: string): Job => {
    const job = jobWith(id);
    if (ended(job)) return job;
    throw refused('INVALIDJOBSTATE', `Job is in state ${job.state}: it has no results yet`);
  };
  const columnsOf = (job: Job): readonly string[] => (job.csv ?? '').split('\n', 1)[0]?.split(',') ?? [];

  return {
    make: (request: JobRequest, actor: Actor): Job => {
      const object = objectOf(request);
      if (request.operation === 'upsert') {
        const field = fieldNamed(object, request.externalIdFieldName ?? '', org);
        if (!field?.externalId)
          throw refused('INVALIDJOB', 'externalIdFieldName must name an external id of the object');
      }
      const job: Job = {
        ...request,
        id: nextId(org, '750'),
        actor,
        state: 'Open',
        csv: null,
        errorMessage: null,
        waiting: [],
        successful: [],
        failed: [],
      };
      jobs.set(job.id, job);
      return job;
    },
    job: jobWith,
    /** Source: one upload for each job, while it is open. */
    upload: (id: string, csv: string): void => {
      const job = jobWith(id);
      if (job.state !== 'Open' || job.csv !== null)
        throw refused('INVALIDJOBSTATE', 'Data was uploaded already, or the job is closed');
      if (csv.includes('\r')) throw refused('CLIENT_ERROR', 'LineEnding is invalid on user data');
      job.csv = csv;
    },
    setState: (id: string, state: string): Job => {
      const job = jobWith(id);
      if (state === 'UploadComplete' && job.state === 'Open') {
        job.state = 'UploadComplete';
        scheduler.after(pace.startMs, () => start(job));
      } else if (state === 'Aborted' && !ended(job)) job.state = 'Aborted';
      else throw refused('INVALIDJOBSTATE', `A job in state ${job.state} cannot become ${state}`);
      return job;
    },
    successful: (id: string): string => {
      const job = results(id);
      const rows = job.successful.map(({ line, id: sf__Id, created }) => ({
        ...line,
        sf__Id,
        sf__Created: String(created),
      }));
      return toCsv(['sf__Id', 'sf__Created', ...columnsOf(job)], rows);
    },
    failed: (id: string): string => {
      const job = results(id);
      const rows = job.failed.map(({ line, error }) => ({ ...line, sf__Id: '', sf__Error: error }));
      return toCsv(['sf__Id', 'sf__Error', ...columnsOf(job)], rows);
    },
    unprocessed: (id: string): string => {
      const job = results(id);
      const never =
        job.state === 'Failed' ? (parse(job.csv ?? '', { columns: true }) as Line[]) : job.waiting;
      return toCsv(columnsOf(job), never);
    },
    setPace: (change: Partial<BulkPace>): void => {
      pace = { ...pace, ...change };
    },
  };
};

export type BulkJobs = ReturnType<typeof createBulkJobs>;
