import { useSyncExternalStore } from 'react';
import { DecisionFeed, type FeedState } from './decision-feed.ts';

const feed = new DecisionFeed();

/** The one live feed of the page. */
export function useFeed(): FeedState & Pick<DecisionFeed, 'hold' | 'showHeld' | 'loadOlder'> {
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  return { ...state, hold: feed.hold, showHeld: feed.showHeld, loadOlder: feed.loadOlder };
}
