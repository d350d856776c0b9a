# Untried: written after Homebrew's documentation, on a machine without it.
class Barky < Formula
  desc "Bookmarks and GitHub stars in the terminal"
  homepage "https://example.org/barky" # where this tree came from
  url "file:///tmp/barky-0.2.0.tar.gz" # what `make dist` made
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "curl"
  depends_on "inih"
  depends_on "jansson"
  depends_on "libidn2"
  depends_on "libmicrohttpd"
  depends_on "libplist"
  depends_on "libxml2"
  depends_on "lz4"
  depends_on "ncurses"
  depends_on "pcre2"
  depends_on "sqlite"
  depends_on "utf8proc"

  def install
    system "./configure", *std_configure_args
    system "make", "install"
  end

  test do
    system bin/"barky", "--db", testpath/"b.db", "add", "--offline", "https://example.org"
    assert_equal "https://example.org\n", shell_output("#{bin}/barky --db #{testpath}/b.db list --format '{url}\\n'")
  end
end
