import { paperBytes, paperFiles, uploadFile } from '../../litigation/upload';
import type { Api } from '../../session/api';
import type { FormField, FormValues } from '../../ui/form-values';
import { t } from './words';

/** As many papers as one message of a thread may carry here; the contract allows more. */
const places = ['paper1', 'paper2', 'paper3', 'paper4', 'paper5'] as const;

/** A place for a paper, and one more each time the last is taken; the rules of evidence hold. */
export function paperFields(values: FormValues): FormField[] {
  const taken = places.filter((id) => values.file(id) !== undefined).length;
  return places.slice(0, taken + 1).map((id) => ({
    id,
    kind: 'file',
    label: t('paper'),
    accept: paperFiles,
    maxBytes: paperBytes,
    optional: true,
  }));
}

/** Sends the papers one after the other; gives their ids in the order of the form. */
export async function sendPapers(api: Api, values: FormValues): Promise<string[]> {
  const uploadIds: string[] = [];
  for (const id of places) {
    const file = values.file(id);
    if (file !== undefined) uploadIds.push(await uploadFile(api, file));
  }
  return uploadIds;
}
