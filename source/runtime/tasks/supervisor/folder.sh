# On a connection: what is said, and where tasks are.

reply() {
	printf '%s\n' "$*"
}

refuse() {
	reply refused "$*"
	exit 0
}

# Passes on exactly that many bytes of standard input, or fewer where it ends before.
receive() {
	[ "$1" -ne 0 ] || return 0
	dd iflag=fullblock bs="$1" count=1 2>/dev/null && return
	# 1 from a dd that knows no such flag, which has read nothing; more where a signal ended it.
	[ $? -eq 1 ] && dd bs=1 count="$1" 2>/dev/null
}

is_private() {
	[ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || return 1
	case $(ls -ld "$1") in drwx------*) ;; *) return 1 ;; esac
}

# Sets usual and spare: where the tasks are, the second where there is no home folder to write to.
# Never below XDG_RUNTIME_DIR: it is removed at the last logout, pam_systemd(8).
set_roots() {
	uid=
	while read -r key _ value _; do
		# A shell reads byte by byte: no further than needed.
		if [ "$key" = Uid: ]; then
			uid=$value
			break
		fi
	done 2>/dev/null </proc/$$/status
	uid=${uid:-$(id -u)}
	case ${XDG_STATE_HOME-} in
	/*) usual=$XDG_STATE_HOME/handrail/tasks ;;
	*) usual=${HOME-}/.local/state/handrail/tasks ;;
	esac
	spare=/var/tmp/handrail-$uid
}

# Sets folder.
find_task() {
	case $1 in '' | .* | *[!A-Za-z0-9._-]*) refuse "not the name of a task" ;; esac
	for root in "$usual" "$spare"; do
		folder=$root/$1
		if [ -d "$folder" ] && is_private "$root"; then return 0; fi
	done
	return 1
}

# Sets root.
make_root() {
	for root in "$usual" "$spare"; do
		if [ ! -d "$root" ]; then
			# In a folder that all may write to, nothing that is there already is taken for ours.
			if [ "$root" = "$spare" ]; then mkdir -m 700 "$root"; else mkdir -p "$root"; fi 2>/dev/null
		fi
		if is_private "$root" && [ -w "$root" ]; then return 0; fi
	done
	return 1
}

# Renames before it removes, so that nobody meets half a task.
bury() {
	grave=$root/.grave.$$
	rm -rf "$grave"
	mv "$folder" "$grave" && rm -rf "$grave"
}
