import { fill, text } from 'c/fairleadText';

/** How each standing is badged. `offeredYou` is an offer that the person who looks may claim. */
const BADGES = {
    never: { label: text.never, tone: 'quiet' },
    offeredYou: { label: text.offeredYou, tone: 'call' },
    offered: { label: text.offered, tone: 'call' },
    assigned: { label: text.assigned, tone: 'good' },
    waiting: { label: text.waiting, tone: 'late' },
    in_queue: { label: text.inQueue, tone: 'quiet' },
    closed: { label: text.closed, tone: 'quiet' }
};

/** Where the lead stands for the person who looks: a key of BADGES. */
export function standingOf(card) {
    const state = card.standing?.state ?? 'never';
    return state === 'offered' && card.may.claim ? 'offeredYou' : state;
}

export const badgeOf = (card) => BADGES[standingOf(card)] ?? { label: standingOf(card), tone: 'quiet' };

/** Names in one line: the first two, and how many more. */
export function namesOf(refs) {
    const names = refs.map(({ name }) => name);
    return names.length > 2 ? fill(text.andMore, names.slice(0, 2).join(', '), names.length - 2) : names.join(', ');
}

/** Who or what the card is headed by: the owner, the queue, those it is offered to, or nobody. */
export function holderOf(standing) {
    const { owner, queue, offeredTo } = standing;
    if (standing.state === 'offered' && offeredTo.length > 0) {
        return { name: namesOf(offeredTo), icon: offeredTo.length > 1 ? 'standard:groups' : 'standard:user', person: offeredTo.length === 1 };
    }
    if (owner) {
        return { name: owner.name, icon: 'standard:user', person: true };
    }
    if (queue) {
        return { name: queue.name, icon: 'standard:queue', person: false };
    }
    return standing.state === 'waiting'
        ? { name: text.noOwner, icon: 'standard:waits', person: false }
        : { name: text.unknownOwner, icon: 'standard:user', person: false };
}

/** The first letters of the first and the last word, as the platform writes them. */
export function initialsOf(name) {
    const words = name.trim().split(/\s+/);
    const ends = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
    return ends
        .map((word) => [...word][0] ?? '')
        .join('')
        .toLocaleUpperCase();
}

const PROBLEMS = {
    off: { heading: text.off, tone: 'quiet' },
    no_access: { heading: text.noAccess, tone: 'quiet' },
    not_permitted: { heading: text.notPermitted, detail: text.notPermittedDetail, tone: 'late' },
    not_connected: { heading: text.notConnected, detail: text.notConnectedDetail, tone: 'bad' },
    unavailable: { heading: text.down, detail: text.downDetail, tone: 'late', showsStored: true }
};

/** What to say instead of the card. */
export const problemOf = ({ problem, detail }) =>
    PROBLEMS[problem] ?? { heading: text.failed, detail, tone: 'bad', showsStored: true };

/** The controller is closed to users without the permission set; what the platform says then is from its documentation. */
const SAYS_NO_CLASS = /access to the Apex class/i;

/** The problem behind a rejected call to the controller. */
export function problemOfError(error) {
    const said = error?.body?.message ?? error?.message ?? '';
    return SAYS_NO_CLASS.test(said)
        ? { problem: 'not_permitted', detail: said }
        : { problem: 'unavailable', detail: said, stored: null };
}
