# Untried: written after the Nixpkgs manual, on a machine without Nix. In a checkout: nix-build contrib/nix
{ pkgs ? import <nixpkgs> { } }:

let
  # Opened when first needed, and so not found by the linker: where to look is said at the start.
  late = with pkgs; [ curl libxml2 libmicrohttpd lz4 libplist ];
in
pkgs.stdenv.mkDerivation {
  pname = "barky";
  version = "0.2.0";
  src = ../..;

  nativeBuildInputs = with pkgs; [ autoreconfHook makeWrapper pkg-config ];
  buildInputs = late ++ (with pkgs; [ inih jansson libidn2 ncurses pcre2 sqlite utf8proc ]);

  postInstall = ''
    wrapProgram $out/bin/barky --prefix LD_LIBRARY_PATH : ${pkgs.lib.makeLibraryPath late}
  '';

  meta = {
    description = "Bookmarks and GitHub stars in the terminal";
    license = pkgs.lib.licenses.mit;
    mainProgram = "barky";
  };
}
