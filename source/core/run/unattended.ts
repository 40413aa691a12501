// How an unattended run answers: a table of what its flags allow, and nothing else.
import {neededConfirmation} from './needs.ts';
import type {Question} from './question.ts';
import type {Intent} from './told.ts';

export type Allowed = {
	/** `--yes`: takes defaults, confirms what reads or changes in fences that carry attributes. */
	yes: boolean;
	/** `--confirm HOST`: names that may be typed. */
	confirm: string[];
	/** `--skip-manual REASON`. */
	skipManual: string | undefined;
	trust: boolean;
	/** Blocks that had failed before this session began: going on means to try these once more. */
	retry: Set<string>;
};

export type Reply = {tell: Intent} | Stop;
/** Where it stops: the exit code, and why. */
export type Stop = {stop: 1 | 3 | 5; why: StopReason};
export type StopReason =
	| 'trust'
	| 'identity'
	| 'fact'
	| 'input'
	| 'placeholder'
	| 'bare'
	| 'unconfirmed'
	| 'name'
	| 'manual'
	| 'choice'
	| 'failure'
	| 'unknown'
	| 'overdue'
	| 'reboot'
	| 'earlier'
	| 'refused';

export function reply(question: Question, allowed: Allowed): Reply {
	switch (question.kind) {
		case 'trust':
			return allowed.trust ? {tell: {type: 'trust'}} : stop(3, 'trust');
		case 'input': {
			const usual = question.input.default;
			const isTaken = allowed.yes && usual !== undefined && !question.input.secret;
			return isTaken ? {tell: {type: 'give-input', name: question.name, value: usual}} : stop(3, 'input');
		}
		case 'confirm':
			return confirm(question, allowed);
		case 'manual': {
			const reason = allowed.skipManual;
			return reason === undefined ? stop(3, 'manual') : {tell: {type: 'skip', block: question.item.id, reason}};
		}
		case 'choice': {
			const section = question.default;
			const isTaken = allowed.yes && section !== undefined;
			return isTaken ? {tell: {type: 'choose', block: question.item.id, section}} : stop(3, 'choice');
		}
		case 'failure': {
			const {item, block} = question;
			if (!allowed.retry.delete(item.id)) return stop(1, 'failure');
			const needs = neededConfirmation(block, false);
			const answer = confirm({...question, kind: 'confirm', needs, again: true, placeholders: []}, allowed);
			return 'stop' in answer ? stop(1, 'failure') : answer;
		}
		case 'earlier': {
			const running = question.tasks.filter(({report}) => report.is === 'running');
			if (running.some(({hasLooked}) => hasLooked)) return stop(5, 'earlier');
			// It may have ended meanwhile.
			const what = running.length > 0 ? 'look' : 'leave';
			const asked = running.length > 0 ? running : question.tasks;
			return {tell: {type: 'earlier', tasks: asked.map(({task}) => task), what}};
		}
		case 'refused':
			return stop(5, 'refused');
		case 'next':
			return {tell: {type: 'next'}};
		default:
			return stop(3, question.kind);
	}
}

function confirm(question: Extract<Question, {kind: 'confirm'}>, allowed: Allowed): Reply {
	const {block, item, needs, placeholders, host} = question;
	if (placeholders.length > 0) return stop(3, 'placeholder');
	if (!block.attributed) return stop(3, 'bare');
	if (needs === 'name') {
		if (!allowed.confirm.includes(host)) return stop(3, 'name');
		return {tell: {type: 'run', block: item.id, confirmed: 'name'}};
	}
	return allowed.yes ? {tell: {type: 'run', block: item.id, confirmed: 'y'}} : stop(3, 'unconfirmed');
}

const stop = (code: Stop['stop'], why: StopReason): Stop => ({stop: code, why});
