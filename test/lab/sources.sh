# Prints the sources of this machine's apt that belong to its own release, for an apt that knows no others.
. /etc/os-release
apt-get indextargets --format 'deb $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	sort -u | awk -v suite="$VERSION_CODENAME" '$3 == suite || index($3, suite "-") == 1'
