cancel() {
	look
	forget_unless_begun
	tries=0
	while [ "$is" = running ] && [ ! -s "$folder/group" ] && [ $tries -lt 50 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
		look
	done
	strays='' leading=''
	# Processes of root may be hidden from the user.
	if has_group || { runs_as_root && as_root "kill -0 -${group:-none}"; }; then leading=-$group; fi
	# A daemon that it has started may live on once it has ended.
	[ "$is" = ended ] || has_strays
	if [ "$rebooted" = yes ] || [ -z "$leading$strays" ]; then
		reply gone
		return
	fi
	mv "$folder/goes-on" "$folder/cancelled" 2>/dev/null
	if has_strangers; then
		if as_root "kill -$1 $leading $strays"; then
			reply sent
			return
		fi
		# sudo passes TERM on to what it runs, but nobody passes on KILL.
		[ "$1" != KILL ] || refuse 'processes of root are among it, and sudo runs no shell here that could end them'
	fi
	for process in $strays; do kill "-$1" "$process" 2>/dev/null; done
	[ -z "$leading" ] || kill "-$1" "$leading" 2>/dev/null || refuse "the signal $1 could not be sent to process group $group"
	reply sent
}

runs_as_root() {
	[ -d "$folder" ] && . "$folder/settings" && [ -n "$sudo" ]
}

# Whether a process among them is not the user's to end.
has_strangers() {
	if runs_as_root; then return 0; fi
	for process in $(grep -ls "^[0-9]* (.*) [^ZX] [0-9]* ${leading#-} " /proc/[0-9]*/stat) $strays; do
		process=${process#/proc/}
		process=${process%/stat}
		kill -0 "$process" 2>/dev/null || [ ! -e "/proc/$process" ] || return 0
	done
	return 1
}

as_root() {
	[ -d "$folder" ] && . "$folder/settings" && [ -n "$sudo" ]
}

# Whether a process of the group is not the user's to end.
has_strangers() {
	if runs_as_root; then return 0; fi
	for file in $(grep -ls "^[0-9]* (.*) [^ZX] [0-9]* $group " /proc/[0-9]*/stat); do
		process=${file#/proc/}
		kill -0 "${process%/stat}" 2>/dev/null || return 0
	done
	return 1
}

as_root() {
	if [ -x "$folder/bin/sudo" ]; then
		"$folder/bin/sudo" -- sh -c "$1"
	else
		sudo -n -- sh -c "$1"
	fi </dev/null >/dev/null 2>&1
}
