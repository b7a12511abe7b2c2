import FairleadOffer from 'c/fairleadOffer';
import { createElement } from 'lwc';

const NOW = Date.parse('2026-11-23T15:00:00Z');
const at = (seconds) => new Date(NOW + seconds * 1000).toISOString();

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => {
    document.body.replaceChildren();
    jest.useRealTimers();
});

const show = (options) => {
    const element = createElement('c-fairlead-offer', { is: FairleadOffer });
    Object.assign(element, { startedAt: at(-60), expiresAt: at(65), mayClaim: true, mayDecline: true, ...options });
    const marks = [];
    element.addEventListener('mark', ({ detail }) => marks.push(detail));
    document.body.appendChild(element);
    return { element, marks, root: element.shadowRoot };
};

const clock = (root) => root.querySelector('.left')?.textContent;

it('counts down each second without telling a screen reader', async () => {
    const { root } = show();
    expect(clock(root)).toBe('1 min 5 sec');
    await jest.advanceTimersByTimeAsync(2000);
    expect(clock(root)).toBe('1 min 3 sec');
    expect(root.querySelector('.left').getAttribute('aria-live')).toBe('off');
});

it('is told aloud at one minute and at the end', async () => {
    const { marks, root } = show();
    await jest.advanceTimersByTimeAsync(70000);
    expect(marks.map(({ ended }) => ended)).toEqual([false, true]);
    expect(clock(root)).toBe('c.Fairlead_TimeUp');
    expect(root.querySelector('[data-claim]')).toBeNull();
});

it('goes by the clock of the service', () => {
    expect(clock(show({ clockAhead: 10000 }).root)).toBe('55 sec');
});

it('an offer whose clock has not started can be answered', () => {
    const { root } = show({ expiresAt: null });
    expect(root.textContent).toContain('c.Fairlead_NotStarted');
    expect(root.querySelector('[data-claim]')).not.toBeNull();
});

it('those it is not offered to have nothing to press', () => {
    const { root } = show({ mayClaim: false, mayDecline: false });
    expect(root.querySelector('lightning-button')).toBeNull();
});

it('stops counting when it goes', async () => {
    const { element, marks } = show();
    element.remove();
    await jest.advanceTimersByTimeAsync(70000);
    expect(marks).toEqual([]);
});
