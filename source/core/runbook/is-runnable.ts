import type {Document} from './model.ts';

/** False where a finding is an error: then nothing of the document runs. */
export const isRunnable = ({findings}: Document): boolean => findings.every(({severity}) => severity !== 'error');
