# Answers one question after another, lines MARKER VERB WORDS, each with a line MARKER end behind it.
serve() {
	while read -r marker words; do
		# Plain words; a verb of its own may end only itself.
		# shellcheck disable=SC2086
		(obey $words) </dev/null
		reply "$marker" end
	done
}

obey() {
	verb=$1
	case $verb in
	start) shift && start "$@" && follow 0 ;;
	attend) shift && attend "$@" ;;
	list | probe | ask_sudo | serve) "$verb" ;;
	try_password) shift && try_password "$@" ;;
	follow | ask | left | handed | input | keys | waits | cancel | resize | reap)
		find_task "$2" || folder=$usual/$2
		shift 2
		"$verb" "$@"
		;;
	*) refuse "no such verb: $verb" ;;
	esac
}

case $0 in
*/supervisor)
	folder=${0%/supervisor}
	"$@"
	;;
*)
	# Lengths are counted in bytes, and what programs say is read: in no other language than this.
	export LC_ALL=C LANGUAGE=
	set_roots
	obey "$@"
	;;
esac
