# family.sh BASE FOLDER FAMILY: makes the file tree of hosts with another package manager, unless it is there already:
# the base, with dnf or zypper, an rpm database and the os-release(5) of that family. Run under flock(1).
set -eu
umask 022
base=$1 folder=$2 family=$3
[ ! -d "$folder" ] || exit 0

# Debian's dnf-plugins-core and zypper exclude each other: hence a tree for each.
case $family in
rhel)
	packages='dnf dnf-plugins-core rpm'
	installed='rocky-release bash coreutils glibc systemd openssh-server sudo dnf rpm'
	;;
suse)
	packages='zypper rpm lsof'
	installed='openSUSE-release bash coreutils glibc systemd openssh-server sudo zypper rpm'
	;;
esac

work=$folder.new
rm -rf "$work"
cp -a "$base" "$work"
sh "${0%/*}/sources.sh" >"$work/etc/apt/sources.list"
rm -f "$work/etc/resolv.conf"
cp -L /etc/resolv.conf "$work/etc/resolv.conf"
cat >"$work/etc/dpkg/dpkg.cfg.d/lab" <<'EOF'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-include=/usr/share/locale/de/*
EOF
chroot "$work" sh -eu <<EOF
export DEBIAN_FRONTEND=noninteractive
apt-get -q -o Acquire::Languages=none -o APT::Update::Error-Mode=any update
apt-get -q -y --no-install-recommends install $packages
rm -rf /etc/apt /etc/dpkg /var/lib/apt /var/lib/dpkg /var/cache/apt /etc/debian_version /usr/bin/apt* /usr/bin/dpkg* /etc/resolv.conf
EOF

# Debian's rpm keeps its database in the user's home folder.
mkdir -p "$work/etc/rpm"
echo '%_dbpath /var/lib/rpm' >"$work/etc/rpm/macros"
# Nor does it say that packages of Debian would be better.
cat >"$work/etc/popt" <<'EOF'
rpm alias -U --upgrade --force-debian
rpm alias -e --erase --force-debian
rpm alias --percent --percent --force-debian
EOF

# Empty packages, so that the database knows some of what a host consists of.
{
	printf 'Name: lab-base\nVersion: 1.0\nRelease: 1\nSummary: the base\nLicense: none\nBuildArch: noarch\n'
	printf '%%description\nThe base.\n'
	for name in $installed; do
		printf '%%package -n %s\nSummary: a part of the base\nAutoReqProv: no\n' "$name"
		case $name in
		*-release) printf 'Provides: system-release = 9\nProvides: system-release(releasever) = 9\n' ;;
		bash) printf 'Provides: /bin/sh\n' ;;
		esac
		printf '%%description -n %s\nA part of the base.\n%%files -n %s\n' "$name" "$name"
	done
} >"$work/base.spec"

chroot "$work" sh -eu <<'EOF'
rpmbuild --quiet -bb --define '_topdir /rpmbuild' base.spec
rpm -i --force-debian /rpmbuild/RPMS/noarch/*.rpm
rm -rf base.spec /rpmbuild
EOF

case $family in
rhel)
	cat >"$work/usr/lib/os-release" <<'EOF'
NAME="Rocky Linux"
VERSION="9.4 (Blue Onyx)"
ID="rocky"
ID_LIKE="rhel centos fedora"
VERSION_ID="9.4"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Rocky Linux 9.4 (Blue Onyx)"
EOF
	# As the family delivers them, dnf.conf(5).
	cat >"$work/etc/dnf/dnf.conf" <<'EOF'
[main]
gpgcheck=1
installonly_limit=3
clean_requirements_on_remove=True
best=True
skip_if_unavailable=False
EOF
	rm -f "$work"/etc/dnf/aliases.d/*
	for plugin in local copr post-transaction-actions versionlock; do
		printf '[main]\nenabled = 0\n' >"$work/etc/dnf/plugins/$plugin.conf"
	done
	ln -s dnf-3 "$work/usr/bin/yum"
	;;
suse)
	cat >"$work/usr/lib/os-release" <<'EOF'
NAME="openSUSE Leap"
VERSION="15.6"
ID="opensuse-leap"
ID_LIKE="suse opensuse"
VERSION_ID="15.6"
PRETTY_NAME="openSUSE Leap 15.6"
EOF
	mkdir -p "$work/etc/zypp"
	cat >"$work/etc/zypp/zypp.conf" <<'EOF'
[main]
multiversion = provides:multiversion(kernel)
multiversion.kernels = latest,latest-1,running
EOF
	;;
esac

mv "$work" "$folder"
# Those of older recipes.
find "${folder%/*}" -mindepth 1 -maxdepth 1 -type d -name "*-$family-*" -mtime +2 ! -path "$folder" -exec rm -rf {} +
touch "$folder"
