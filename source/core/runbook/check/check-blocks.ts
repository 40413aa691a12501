import {createNameCheck} from '../draft/names.ts';
import type {Settled} from '../draft/settle.ts';
import {readingRoles} from '../draft/settle-fence.ts';
import type {Command, Section} from '../model.ts';
import {blocksOf, isWalked, sectionsOf, undoOf} from '../outline.ts';

/** Says what is wrong with single blocks and their names. */
export function checkBlocks({runbook, report, settling}: Settled) {
	const checkName = createNameCheck(report);
	for (const section of sectionsOf(runbook)) {
		let hasCommand = false;
		for (const block of blocksOf(section)) {
			if (block.kind !== 'choice' && block.name !== undefined) checkName(section.id, block.name, block);
			if (block.kind !== 'command') continue;
			if (block.gauge) checkName('gauge=', block.gauge.name, block);
			if (block.role === 'undo' && !hasCommand) report('undo-of-nothing', block.place);
			if (isWalked(block)) hasCommand = true;
			checkRisk(block);
			checkUndo(section, block);
		}
	}

	function checkRisk({role, risk, place}: Command) {
		if (readingRoles.includes(role) && risk !== 'reads') report('risk-of-reading', place, role, risk);
	}

	function checkUndo(section: Section, block: Command) {
		if (!block.undoAtEnd || undoOf(section, block.id)) return;
		report('undo-missing', settling.places.get(block)?.get('undo') ?? block.place);
	}
}
