import { drawBlock } from './blocks.js';
import { element } from './mrkdwn.js';

/** Draws what the app has published on somebody's Home tab. `post` asks the stand-in to press a button there. */
export const drawHome = (place, { user, home }, post) => {
  const failed = element('p', { class: 'failed', role: 'alert' });
  const pressIn = (block) => async (actionId, pressed) => {
    pressed.disabled = true;
    const result = await post('press-home', { user: user.id, blockId: block.block_id, actionId });
    pressed.disabled = false;
    failed.textContent = result.shown ?? result.error ?? '';
  };
  const blocks = (home?.view.blocks ?? []).map((block) =>
    drawBlock(block, { zone: user.tz, press: pressIn(block) }),
  );
  const empty = element('p', { class: 'empty' }, 'The app has published nothing here.');
  place.replaceChildren(...(home === null ? [empty] : blocks), failed);
};
