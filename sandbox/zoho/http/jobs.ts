import type { Scheduler } from '../../scheduler.ts';

export interface JobCounts {
  readonly Total_Count: number;
  readonly Converted_Count: number;
  readonly Not_Converted_Count: number;
  readonly Failed_Count: number;
}

interface Job {
  counts: JobCounts | null;
}

/** How long a mass operation takes to be done. */
const WORK_MS = 300;

/** Work that is scheduled and done soon after. */
export const createJobs = (scheduler: Scheduler) => {
  const jobs = new Map<string, Job>();
  return {
    schedule: (id: string, work: () => JobCounts): void => {
      const job: Job = { counts: null };
      jobs.set(id, job);
      scheduler.after(WORK_MS, () => {
        job.counts = work();
      });
    },
    /** undefined: there is no such job. */
    status: (id: string): (Partial<JobCounts> & { readonly Status: string }) | undefined => {
      const job = jobs.get(id);
      if (!job) return undefined;
      return job.counts ? { Status: 'COMPLETED', ...job.counts } : { Status: 'SCHEDULED' };
    },
  };
};

export type Jobs = ReturnType<typeof createJobs>;
