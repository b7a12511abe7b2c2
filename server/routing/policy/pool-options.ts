import { duration } from './scalars.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** What a pool does otherwise than by default. What is absent is the default. */
export interface PoolOptions {
  readonly credit?: Credit;
  /** A lead of the pool that a person gives to another member is charged to them, and no longer to who had it. */
  readonly manual?: 'count';
  /** Who had a lead and let it go does not get it again; by default they are asked last. */
  readonly returns?: 'never';
  readonly edges?: Edges;
}

/** Whose turn it was when an offer came to nothing: `keep` gives the turn back, `charge` lets the charge stand. */
export interface Credit {
  /** By default: keep. */
  readonly decline: 'keep' | 'charge';
  /** By default: charge. */
  readonly expiry: 'keep' | 'charge';
}

/** Leads begin so many milliseconds before a shift and stop so many before its end. 0: with the shift. */
export interface Edges {
  readonly startsBefore: number;
  readonly stopsBefore: number;
}

const turn = oneOf(['keep', 'charge']).optional();
const credit = strictObject({ decline: turn, expiry: turn }).transform(
  ({ decline, expiry }): Credit => ({ decline: decline ?? 'keep', expiry: expiry ?? 'charge' }),
);

const LONGEST_EDGE = 43_200_000;
const edge = duration
  .refine(
    (milliseconds) => milliseconds <= LONGEST_EDGE,
    'is longer than PT12H; write minutes, such as PT20M',
  )
  .optional();
const edges = strictObject({ startsBefore: edge, stopsBefore: edge }).transform(
  ({ startsBefore, stopsBefore }): Edges => ({
    startsBefore: startsBefore ?? 0,
    stopsBefore: stopsBefore ?? 0,
  }),
);

/** The keys of a pool that `poolOptions` reads. */
export const poolOptionKeys = {
  credit: credit.optional(),
  manual: oneOf(['ignore', 'count']).optional(),
  returns: oneOf(['last', 'never']).optional(),
  edges: edges.optional(),
};

/** Only what differs from the defaults, so that a policy that writes them out means the same. */
export const poolOptions = (given: {
  readonly credit?: Credit | undefined;
  readonly manual?: 'ignore' | 'count' | undefined;
  readonly returns?: 'last' | 'never' | undefined;
  readonly edges?: Edges | undefined;
}): PoolOptions => ({
  ...(isUnusual(given.credit) && { credit: given.credit }),
  ...(given.manual === 'count' && { manual: given.manual }),
  ...(given.returns === 'never' && { returns: given.returns }),
  ...(hasEdges(given.edges) && { edges: given.edges }),
});

const isUnusual = (credit: Credit | undefined): credit is Credit =>
  credit !== undefined && (credit.decline === 'charge' || credit.expiry === 'keep');

const hasEdges = (edges: Edges | undefined): edges is Edges =>
  edges !== undefined && (edges.startsBefore > 0 || edges.stopsBefore > 0);
