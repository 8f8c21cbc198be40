import { ImportState } from '@recourse/proto/web/cases/v1/imports';
import { t } from './words';

/** The steps of the wizard, in the language now. */
export function importSteps(): { id: string; name: string }[] {
  return [
    { id: 'file', name: t('file') },
    { id: 'mapping', name: t('mapping') },
    { id: 'check', name: t('check') },
    { id: 'result', name: t('result') },
  ];
}

const stepByState: Readonly<Record<ImportState, number>> = {
  [ImportState.UNSPECIFIED]: 0,
  [ImportState.ANALYSING]: 0,
  [ImportState.MAPPING]: 1,
  [ImportState.CHECKING]: 2,
  [ImportState.CHECKED]: 2,
  [ImportState.COMMITTING]: 3,
  [ImportState.COMMITTED]: 3,
  [ImportState.UNDOING]: 3,
  [ImportState.UNDONE]: 3,
  [ImportState.CANCELLED]: 3,
  [ImportState.FAILED]: 3,
};

/** Which step an import stands at. */
export function stepOf(state: ImportState): number {
  return stepByState[state];
}

/** States in which the server is at work and the page shows progress. */
export function isWorking(state: ImportState): boolean {
  const working: readonly ImportState[] = [
    ImportState.ANALYSING,
    ImportState.CHECKING,
    ImportState.COMMITTING,
    ImportState.UNDOING,
  ];
  return working.includes(state);
}
