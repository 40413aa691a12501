import {useEffect, useReducer, useState} from 'react';
import type {Session} from '../../../runtime/engine/session.ts';
import {Live} from './live.ts';

/** What a session shows; drawn anew whenever that says so. */
export function useLive(session: Session, columns: number): Live {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	const [live] = useState(() => new Live(session, columns, redraw));
	useEffect(() => () => live.close(), [live]);
	useEffect(() => live.resize(columns), [live, columns]);
	return live;
}
