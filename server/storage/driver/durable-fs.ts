import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = NodeFS['init'];
type Options = Parameters<Init>[1];
type Module = Parameters<NonNullable<Options['preRun']>[number]>[0];

interface NodeFileOperations {
  fsync?: (stream: { readonly nfd?: number | null }) => number;
}

let calls = 0;

/** How often this thread's database has asked for a file to be on the disk. */
export const fsyncCalls = (): number => calls;

const hook = (module: Module): void => {
  const { stream_ops: operations } = module.NODEFS as unknown as { stream_ops: NodeFileOperations };
  operations.fsync = (stream) => {
    calls++;
    if (typeof stream.nfd === 'number') fsyncSync(stream.nfd);
    return 0;
  };
};

/**
 * PGlite's file system with a working fsync. Emscripten's NODEFS has no such operation and answers every fsync with
 * success, so that a commit would not survive a loss of power. It leans on Emscripten's internals; the start checks
 * that the hook is called, and refuses to go on when it is not.
 */
export class DurableFS extends NodeFS {
  override async init(...[pglite, options]: Parameters<Init>): ReturnType<Init> {
    return super.init(pglite, { ...options, preRun: [...(options.preRun ?? []), hook] });
  }
}
