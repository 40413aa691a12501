import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import type {Command, Document} from '../../source/core/runbook/model.ts';
import {sectionsOf} from '../../source/core/runbook/outline.ts';
import {readDocument} from '../../source/core/runbook/read-document.ts';

const folder = new URL('../../runbooks/', import.meta.url);

export const names = readdirSync(folder).sort();

export const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
export const documentOf = (name: string): Document => readDocument(readFileSync(new URL(name, folder)), basename(name));

export const commandsOf = (name: string): Command[] =>
	sectionsOf(documentOf(name).runbook).flatMap(({content}) => content.filter(each => each.kind === 'command'));
