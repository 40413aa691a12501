import type {Question} from '../../../core/run/question.ts';

/** The same for as long as the same thing is asked. */
export const questionKey = (question: Question | undefined): string =>
	question
		? [
				question.host,
				question.kind,
				'item' in question ? question.item.id : '',
				'name' in question ? question.name : '',
				'sudo' in question ? String(question.sudo?.tries ?? '') : '',
				'key' in question ? question.key : '',
				'task' in question ? (question.task?.task ?? '') : '',
			].join('\n')
		: '';
