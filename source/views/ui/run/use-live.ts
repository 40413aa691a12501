import {useEffect, useReducer, useState} from 'react';
import type {Session} from '../../../runtime/engine/session.ts';
import {Live} from './live.ts';
import type {Size} from './model.ts';

/** What a session shows; drawn anew whenever that says so. */
export function useLive(session: Session, {columns, rows}: Size): Live {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	const [live] = useState(() => new Live(session, {columns, rows}, redraw));
	useEffect(() => () => live.close(), [live]);
	useEffect(() => live.resize({columns, rows}), [live, columns, rows]);
	return live;
}
