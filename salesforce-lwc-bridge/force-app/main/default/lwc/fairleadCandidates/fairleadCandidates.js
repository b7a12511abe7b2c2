import { api, LightningElement } from 'lwc';
import { codeText, fill, text } from 'c/fairleadText';
import { initialsOf } from 'c/fairleadView';

const SHOWN_AT_FIRST = 6;

/** Everybody who was weighed: the chosen one, and why not each other. */
export default class FairleadCandidates extends LightningElement {
    text = text;
    @api candidates = [];

    isWhole = false;

    get rows() {
        const shown = this.isWhole ? this.candidates : this.candidates.slice(0, SHOWN_AT_FIRST);
        return shown.map((candidate) => ({
            ...candidate,
            key: `${candidate.pool}/${candidate.rep}`,
            label: codeText(candidate.code),
            initials: initialsOf(candidate.name),
            rowClass: candidate.code === 'chosen' ? 'row row_chosen' : 'row'
        }));
    }

    get isEmpty() {
        return this.candidates.length === 0;
    }

    get hasMore() {
        return !this.isWhole && this.candidates.length > SHOWN_AT_FIRST;
    }

    get moreLabel() {
        return fill(text.showAll, this.candidates.length);
    }

    handleMore() {
        this.isWhole = true;
    }
}
