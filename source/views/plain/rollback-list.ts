import {formatDuration} from '../../core/text/duration.ts';
import {visibleLine} from '../../core/text/filter.ts';

type Option = {
	host: string;
	name: string;
	title: string;
	available: string;
	evidence: string;
	loses: string | null;
	takes: number | null;
	reboot: boolean;
	risk: string;
	recommended: boolean;
};

/** The ways back, the recommended order kept, each with what it costs. */
export function rollbackList(options: Option[]): string {
	if (options.length === 0) return 'The runbook has no rollback option for this host.\n';
	return options.map(text).join('');
}

function text(option: Option): string {
	const costs = [
		option.takes !== null && `takes ${formatDuration(option.takes * 1000)}`,
		option.loses !== null && `loses ${option.loses}`,
		option.reboot && 'reboots',
		option.risk,
	].filter(Boolean);
	const mark = option.recommended ? '  <- recommended' : '';
	return [
		`${option.host}: ${visibleLine(option.title)} (${option.name})${mark}`,
		`    available: ${option.available}${option.evidence && `, ${visibleLine(option.evidence)}`}`,
		`    ${visibleLine(costs.join(', '))}`,
		'',
	].join('\n');
}
