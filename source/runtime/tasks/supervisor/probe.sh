# Whether tasks outlive a connection here.
probe() {
	[ -r /proc/self/stat ] || refuse 'it has no /proc'
	for program in setsid mkfifo mktemp dd; do
		command -v $program >/dev/null || refuse "it has no $program program"
	done
	umask 077
	make_root || refuse "no private folder for tasks can be made, neither $usual nor $spare"
	new=$(mktemp -d "$root/.new.XXXXXX") && printf '%4096s\n' '' >"$new/space" || give_up "nothing can be written to $root"
	rm -rf "$new"
	if ! outlives_logout && ! apart "handrail-probe-$$" true; then
		me=$(id -un)
		refuse "all that $me runs is ended when $me logs out; to keep it: loginctl enable-linger $me, as root"
	fi
	reply durable
}
