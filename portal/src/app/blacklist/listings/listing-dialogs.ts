import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import type { Api } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { answerForm, openForm, replyForm } from './dispute-forms';
import {
  decideForm,
  evidenceForm,
  protectForm,
  reasonForm,
  removeForm,
  reviewForm,
  serveForm,
  statementForm,
} from './listing-forms';

export type DialogName =
  | 'evidence'
  | 'serve'
  | 'decide'
  | 'withdraw'
  | 'return'
  | 'remove'
  | 'statement'
  | 'protect'
  | 'review'
  | 'dispute'
  | 'reply'
  | 'answer';

/** The form behind each dialog of a listing; `on` is the dispute that it is about. */
export function formOf(
  name: DialogName,
  api: Api,
  listing: Listing,
  about: { on: string; isSteward: boolean },
): Form {
  switch (name) {
    case 'evidence':
      return evidenceForm(api, listing);
    case 'serve':
      return serveForm(api, listing);
    case 'decide':
      return decideForm(api, listing);
    case 'withdraw':
    case 'return':
      return reasonForm(api, listing, name);
    case 'remove':
      return removeForm(api, listing);
    case 'statement':
      return statementForm(api, listing);
    case 'protect':
      return protectForm(api, listing);
    case 'review':
      return reviewForm(api, listing);
    case 'dispute':
      return openForm(api, listing);
    case 'reply':
      return replyForm(api, listing, about.on, about.isSteward);
    default:
      return answerForm(api, listing, about.on);
  }
}
